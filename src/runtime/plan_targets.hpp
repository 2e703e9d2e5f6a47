// What becomes of the numbers of the picture when another program takes over. In: two programs, and what becomes of
// instances, states, channels and queues. Out: for every sink and every section of numbers where it goes on from, and
// which numbers may jump there. Pure. What is made of the same expression, of states and inputs that go on, is the
// same number; lanes and figures of another kind have no number in common, and fade.
#pragma once

#include "ir/program.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

/// Fills in what `plan` says of sinks and sections.
void plan_targets(const ir::Program& from, const ir::Program& to, SwapPlan& plan);

}  // namespace oscilla::runtime
