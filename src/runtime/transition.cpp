#include "runtime/transition.hpp"

#include <algorithm>
#include <span>

#include "runtime/migration.hpp"
#include "runtime/schedule.hpp"
#include "runtime/transition_parts.hpp"

namespace oscilla::runtime {
namespace {

void tap(ProgramState& state, ir::SinkIx sink, ir::Role role, float* to) {
  if (!sink.valid()) return;
  state.glides[sink.v].taps[static_cast<std::size_t>(role)] = to;
  state.glides[sink.v].tapped |= to != nullptr;
}

void tap_old(Transition& transition, ProgramState& old) {
  old.numbers.watched = !transition.sections.empty();
  for (RoleMeasure& measure : transition.roles) {
    tap(old, measure.from, measure.role, measure.old.data());
    const bool written = measure.from.valid() && ir::has_role(old.program->sinks[measure.from.v], measure.role);
    if (!written) std::ranges::fill(measure.old.span(), neutral_of(measure.role));
  }
}

void stop_taps(ProgramState& state) {
  state.numbers.watched = false;
  for (SinkGlides& glides : state.glides) {
    glides.taps = {};
    glides.tapped = false;
  }
}

/// Signals as they are, fields through pointers, and by runs where lanes are other ones.
void show_state(const ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  for (std::uint32_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    if (state.fate == Fate::Born || state.fate == Fate::Reset) continue;
    const ir::State& description = next.program->states[s];
    if (!description.instance.valid())
      carry_signal(old, old.program->states[state.from.v], next, description);
    else if (state.fate == Fate::Remapped)
      carry_lanes(old, state.from.v, next, s, plan.runs_of(state));
    else
      next.state_planes[s] = old.state_planes[state.from.v];
    next.versions.state_moved(s);
  }
  carry_queues(old, next, plan);
  carry_voices(old, next, plan);
  carry_live_lanes(old, next, plan);
}

void hide_state(ProgramState& state) {
  for (std::size_t s = 0; s < state.states.size(); ++s) {
    state.state_planes[s] = state.states[s].data();
    state.versions.state_moved(static_cast<std::uint32_t>(s));
  }
}

/// Fields whose lanes have moved to the new program are read there.
void show_state_back(ProgramState& old, const ProgramState& next, const SwapPlan& plan) {
  for (std::uint32_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    if (state.fate != Fate::Kept && state.fate != Fate::Renamed) continue;
    if (!next.program->states[s].instance.valid()) continue;
    old.state_planes[state.from.v] = next.state_planes[s];
    old.versions.state_moved(state.from.v);
  }
}

}  // namespace

Transition make_transition(const SwapPlan& plan, std::shared_ptr<const ir::Program> old, ProgramState& next) {
  Transition transition;
  add_ghost_room(transition, plan, old, next);
  for (std::uint32_t s = 0; s < plan.sinks.size(); ++s) {
    const SinkPlan& sink = plan.sinks[s];
    if (sink.by_position)
      transition.matches.push_back(make_position_match({s}, lanes_of(*old, sink.from), lanes_of(*next.program, {s})));
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      const auto role = static_cast<ir::Role>(r);
      if ((sink.measured >> r & 1u) != 0)
        add_measure(transition, sink, *old, next, {s}, role);
      else if ((sink.room >> r & 1u) != 0)
        make_room(next, {s}, role);
    }
  }
  add_section_measures(transition, plan, next);
  return transition;
}

void rehearse(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
              Channels& next_channels, const SwapPlan& plan, const Clock& clock) {
  next_channels.carry(old_channels, plan.channels);
  next_channels.show(*next.program, next.slots, next.event_lists);
  show_state(old, next, plan);
  for (RoleMeasure& measure : transition.roles)
    tap(next, measure.sink, measure.role, rehearsed(transition, next, measure));
  next.numbers.watched = !transition.sections.empty();
  evaluate_schedule(next, clock);
  stop_taps(next);
  hide_state(next);
  transition.rehearsed_ms[transition.rehearsals] = value_of(clock, ir::TimeValue::Running);
  tap_old(transition, old);
}

void note_rehearsal(Transition& transition, ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  stop_taps(old);
  if (transition.rehearsals == 0)
    for (PositionMatch& match : transition.matches) find_match(transition, match, old, next);
  for (RoleMeasure& measure : transition.roles) note_role(transition, measure, old, next, plan);
  note_sections(transition, old.numbers, next.numbers);
  ++transition.rehearsals;
}

void begin_glides(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
                  const SwapPlan& plan, const Clock& old_clock) {
  old_channels.show(*old.program, old.slots, old.event_lists);
  show_state_back(old, next, plan);
  tap_old(transition, old);
  evaluate_schedule(old, old_clock);
  stop_taps(old);
  hide_state(old);
  const double running_ms = value_of(old_clock, ir::TimeValue::Running);
  for (RoleMeasure& measure : transition.roles) begin_role(transition, measure, old, next, plan, running_ms);
  begin_sections(transition, old.numbers, next.numbers, running_ms);
}

void settle_glides(Transition& transition, ProgramState& next, double running_ms) {
  const Steps steps = steps_to(transition, running_ms);
  for (RoleMeasure& measure : transition.roles) settle_role(measure, next, steps);
  settle_sections(transition, next.numbers, steps);
}

}  // namespace oscilla::runtime
