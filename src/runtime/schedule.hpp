// Runs a program's steps in their order, once. In: the program with its memory, and the clock of this tick. Out: slots,
// state, and, after the Emit step, a frame. Nothing is allocated here.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/clock.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// How long each step took, by a clock that the caller brings (the core has none). `nanoseconds` has an entry per step;
/// each tick adds to it.
struct StepTimes {
  std::int64_t (*now)(void* clock) = nullptr;
  void* clock = nullptr;
  std::span<std::int64_t> nanoseconds;
};

/// What a tick had to mend.
struct TickCounts {
  std::uint64_t non_finite = 0;  ///< values replaced by 0 where they were stored
  bool zero_divisor = false;     ///< something was divided by zero
};

/// A whole tick. The frame is state.frames[clock.tick % kFrameBuffers].
TickCounts run_schedule(ProgramState& state, const Clock& clock, StepTimes* times);

}  // namespace oscilla::runtime
