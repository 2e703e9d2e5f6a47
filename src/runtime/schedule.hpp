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

/// A whole tick. The frame is state.frames[clock.tick % kFrameBuffers]. Field programs whose inputs have not moved do
/// not run, nor are their sinks ordered again.
TickCounts run_schedule(ProgramState& state, const Clock& clock, StepTimes* times);

/// What a tick at this time would compute, up to its probes: no frame, and no trace in what later ticks make.
void evaluate_schedule(ProgramState& state, const Clock& clock);

}  // namespace oscilla::runtime
