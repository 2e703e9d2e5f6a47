// Carries state from one program's memory to another's, between two ticks. In: both, and the plan made for their
// programs. Out: the new memory with everything that goes on; the old one without it. Planes whose lanes are all the
// same elements change hands as they are, at a cost independent of their lanes; others are copied by runs. Allocates
// and frees nothing.
#pragma once

#include "runtime/program_state.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

void migrate(ProgramState& from, ProgramState& to, const SwapPlan& plan);

}  // namespace oscilla::runtime
