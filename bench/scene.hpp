// A patch of bench/scenes with the number of lanes that is asked for, compiled as the program compiles it, and its one
// field program ready to be run outside a session. In: a file in which `count:` says how many lanes. Out: what the
// contenders need. A patch that is not such ends the driver.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ir/program.hpp"
#include "oscilla/program.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::bench {

/// The operands of a field program that are not its own values, numbered: narrowed uniforms, and planes in memory.
class Operands {
 public:
  explicit Operands(const ir::FieldProgram& program);
  std::size_t uniform(const ir::Operand& operand) const;
  std::size_t memory(const ir::Operand& operand) const;
  const std::vector<ir::Operand>& uniforms() const { return uniforms_; }
  const std::vector<ir::Operand>& memory() const { return memory_; }

 private:
  std::vector<ir::Operand> uniforms_, memory_;
};

class Scene {
 public:
  Scene(const std::string& path, std::uint32_t lanes);

  const Program& program() const { return program_; }
  const ir::Program& compiled() const { return *compiled_; }
  const ir::FieldProgram& field() const { return compiled_->fields[index_]; }
  std::size_t field_index() const { return index_; }
  const Operands& operands() const { return operands_; }
  std::uint32_t lanes() const { return lanes_; }
  /// Instructions of the field program as compiled, before peepholes.
  std::size_t ops() const { return field().body.size(); }

 private:
  Program program_;
  const ir::Program* compiled_ = nullptr;
  std::size_t index_ = 0;
  Operands operands_;
  std::uint32_t lanes_ = 0;
};

/// Ends the driver with a message: the figures would mean nothing.
[[noreturn]] void fail(const std::string& why);

}  // namespace oscilla::bench
