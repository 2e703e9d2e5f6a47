// In which step of a program's tick its values are made.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::live {

/// By slot, state and so on the number of a step; none: before the first tick, or before the steps.
struct TraceSteps {
  using Numbers = std::vector<std::optional<std::uint32_t>>;
  explicit TraceSteps(const ir::Program& program);

  Numbers slots, states, planes, probes, lists, fields;
  std::uint32_t emit = 0;

 private:
  void note(const ir::Program& program, std::uint32_t step);
  void note_field(const ir::FieldProgram& field, std::uint32_t index, std::uint32_t step);
};

}  // namespace oscilla::live
