// Parts of a transition beside the roles of sinks: numbers that are no lane's, and what fades.
#pragma once

#include <memory>

#include "runtime/transition.hpp"

namespace oscilla::runtime {

/// The times between the rehearsals and the switch; unknown where it was not rehearsed, or no time passed.
struct Steps {
  double last = 0;
  double earlier = 0;
  bool known = false;
};
Steps steps_to(const Transition& transition, double running_ms);

std::uint32_t lanes_of(const ir::Program& program, ir::SinkIx sink);

/// Where a sink that is without a role shows one that glides; of a scale as a whole.
void make_room(ProgramState& next, ir::SinkIx sink, ir::Role role);
/// Memory for one role, which goes on from what `plan` says.
void add_measure(Transition& transition, const SinkPlan& plan, const ir::Program& from, ProgramState& next,
                 ir::SinkIx sink, ir::Role role);
/// Where the new program's numbers of this rehearsal go, and are made offsets or factors.
float* rehearsed(const Transition& transition, ProgramState& next, RoleMeasure& measure);
/// Finds the lanes that others go on from; they stay it.
void find_match(Transition& transition, PositionMatch& match, const ProgramState& old, ProgramState& next);
/// Makes of the new numbers of a rehearsal what they lack to be the old ones.
void note_role(Transition& transition, RoleMeasure& measure, const ProgramState& old, ProgramState& next,
               const SwapPlan& plan);
/// Before the new program's first tick, and after it.
void begin_role(Transition& transition, RoleMeasure& measure, const ProgramState& old, ProgramState& next,
                const SwapPlan& plan, double running_ms);
void settle_role(RoleMeasure& measure, ProgramState& next, const Steps& steps);

/// Room for the ghosts of what goes, and of what went before.
void add_ghost_room(Transition& transition, const SwapPlan& plan, const std::shared_ptr<const ir::Program>& from,
                    ProgramState& next);

// As what is of the same name in transition.cpp does it with roles.
void add_section_measures(Transition& transition, const SwapPlan& plan, ProgramState& next);
void note_sections(Transition& transition, const Numbers& old, const Numbers& next);
void begin_sections(Transition& transition, const Numbers& old, Numbers& next, double running_ms);
void settle_sections(Transition& transition, Numbers& next, const Steps& steps);
/// Sections that nothing has changed go on to glide.
void carry_sections(const Numbers& old, Numbers& next, const SwapPlan& plan);

}  // namespace oscilla::runtime
