// The field half of a program: one FieldProgram for each (instance, stage) that something is computed in. A sink stands
// in the largest stage of what it shows, a reduction in its field's own, and an instance's states in its last one;
// every other value is computed where it is used.
#pragma once

#include <cstdint>
#include <vector>

#include "compile/liveness.hpp"
#include "compile/lower.hpp"
#include "compile/slots.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// Adds field programs (ascending by stage, then instance) and reductions; gives the stage of each reduction.
std::vector<std::uint16_t> plan_fields(const Lowered& lowered, const Liveness& live,
                                       const std::vector<std::uint32_t>& state_numbers, const Slots& slots,
                                       ir::Program& program);

}  // namespace oscilla::compile
