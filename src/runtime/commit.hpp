// The end of a tick: what went wrong in it is reported, and what the next one begins with takes the place of what this
// one began with. In: a program that has made its frame. Nothing is allocated here.
#pragma once

#include <cstdint>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// What signals have done in a tick.
struct SignalFaults {
  bool divided = false;     ///< some signal, by zero
  bool not_finite = false;  ///< one that is used
};

/// Signals that somebody wants to see, before their states move on.
void keep_probes(ProgramState& state);

/// How many numbers of states were not finite. `step` is the number of the step that commits.
std::uint64_t commit_tick(ProgramState& state, SignalFaults signals, std::uint32_t step, std::int64_t tick);

}  // namespace oscilla::runtime
