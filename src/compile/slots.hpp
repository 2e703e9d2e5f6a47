// The scalar half of a program: a 64-bit slot for every live expression that is not a field, and the instructions that
// fill them. Constants come first and are never written, then time, inputs, states, then results.
#pragma once

#include <array>
#include <vector>

#include "compile/liveness.hpp"
#include "compile/lower.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

class Slots {
 public:
  /// Adds slots, start values, time slots and scalar instructions to `program`.
  Slots(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
        ir::Program& program);

  /// The slot of a live expression of cardinality zero or one.
  ir::SlotIx of(ir::ExprId id) const { return of_expr_[id.v]; }
  /// The slot that component `c` of a signal's state is read from.
  ir::SlotIx of_state(std::uint32_t state, std::uint8_t c) const { return of_state_[state][c]; }
  /// The stage of each scalar instruction; ascending.
  const std::vector<std::uint16_t>& scalar_stages() const { return scalar_stages_; }

 private:
  ir::SlotIx add(ir::Program& program, double start, ir::ExprId origin);
  void add_constants(const Lowered& lowered, const Liveness& live, ir::Program& program);
  void add_sources(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
                   ir::Program& program);
  void add_instructions(const Lowered& lowered, const Liveness& live, ir::Program& program);

  std::vector<ir::SlotIx> of_expr_;
  std::vector<std::array<ir::SlotIx, 4>> of_state_;
  std::vector<std::uint16_t> scalar_stages_;
};

}  // namespace oscilla::compile
