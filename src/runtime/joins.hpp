// What is made of all lanes of a field, in a tick and before the first: reductions into slots, scans into planes.
// Nothing is allocated here.
#pragma once

#include <cstdint>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {

void join_partials(ProgramState& state, const ir::Step& step);

/// Returns how many lanes of the source were not finite.
std::uint64_t run_scan(ProgramState& state, std::uint32_t scan, const TaskRunner& runner);

}  // namespace oscilla::runtime
