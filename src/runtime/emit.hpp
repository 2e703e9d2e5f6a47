// Assembles the RenderFrame of a tick from what the steps before have left. In: sinks with their orders, slots. Out:
// one of the state's two frames, whose spans point into the state.
#pragma once

#include <cstddef>

#include "runtime/clock.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// Drawing order and batches of one sink, into the buffer that was filled last.
void order_sink(ProgramState& state, std::size_t sink, double running_ms);

/// The frame's numbers that are no lane's, where there is only an evaluation.
void evaluate_numbers(ProgramState& state);

void emit_frame(ProgramState& state, const Clock& clock, std::size_t buffer);

/// After a snapshot was read: figures, styles and background of the last frame, as whoever fades them asks for them.
/// Its points are there. It has no passes.
void emit_last(ProgramState& state, const Clock& clock);

}  // namespace oscilla::runtime
