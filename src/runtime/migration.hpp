// Carries state from one program's memory to another's, between two ticks. In: both, and the plan made for their
// programs. Out: the new memory with everything that goes on; the old one without it. Planes whose lanes are all the
// same elements change hands as they are, at a cost independent of their lanes; others are copied by runs. Allocates
// and frees nothing.
#pragma once

#include <cstdint>
#include <span>

#include "runtime/program_state.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

// The parts, for a look at what a state would be: signals, lanes by runs, events that wait, voices, how many lanes of
// pools are live.
void carry_signal(const ProgramState& from, const ir::State& old, ProgramState& to, const ir::State& state);
void carry_lanes(const ProgramState& from, std::uint32_t old, ProgramState& to, std::uint32_t state,
                 std::span<const LaneRun> runs);
void carry_queues(const ProgramState& from, ProgramState& to, const SwapPlan& plan);
void carry_voices(const ProgramState& from, ProgramState& to, const SwapPlan& plan);
void carry_live_lanes(const ProgramState& from, ProgramState& to, const SwapPlan& plan);

void migrate(ProgramState& from, ProgramState& to, const SwapPlan& plan);

}  // namespace oscilla::runtime
