// The body of one field program: the ops over lanes that its roots need, down to what is in memory. Before: roots;
// after: instructions in the order of the expression table, and stores.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "compile/placement.hpp"
#include "compile/slots.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// What a program computes, ascending, and what it loads instead.
struct Body {
  std::vector<std::uint32_t> computed;
  std::map<std::uint32_t, ir::PlaneIx> loaded;  // by expression
};

/// What the builders of all programs look things up in.
struct BodyContext {
  const ir::ExprTable& exprs;
  const Placement& placement;
  const std::vector<std::uint32_t>& state_numbers;
  const Slots& slots;
  std::vector<std::uint32_t>& values;  ///< by expression: its value in the program that is being built
};

void build_body(const BodyContext& context, const Body& body, const std::vector<Root>& roots,
                ir::FieldProgram& program);

/// Where in memory a value is that other lanes read.
ir::Operand memory_operand(const BodyContext& context, ir::ExprId value);

}  // namespace oscilla::compile
