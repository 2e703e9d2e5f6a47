#include "compile/plan.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/natural_order.hpp"
#include "compile/liveness.hpp"
#include "compile/plan_fields.hpp"
#include "compile/plan_shapes.hpp"
#include "compile/slots.hpp"

namespace oscilla::compile {
namespace {

using ir::ExprId;
using ir::SlotIx;

/// Painter's order: by layer, then by name as people count.
void sort_sinks(std::vector<blocks::SinkDraft>& sinks) {
  std::stable_sort(sinks.begin(), sinks.end(), [](const blocks::SinkDraft& a, const blocks::SinkDraft& b) {
    if (a.sink.layer != b.sink.layer) return a.sink.layer < b.sink.layer;
    return natural_less(a.sink.order_name, b.sink.order_name);
  });
}

/// Drops the states that nobody reads and numbers the others anew.
std::vector<std::uint32_t> keep_live_states(std::vector<StateDraft>& states, const std::vector<bool>& live) {
  std::vector<std::uint32_t> number(states.size(), ~0u);
  std::vector<StateDraft> kept;
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (!live[i]) continue;
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(states[i]));
  }
  states = std::move(kept);
  return number;
}

/// Expressions name the states that are left by their new numbers; those that nobody reads have none.
void number_state_reads(ir::ExprTable& exprs, const std::vector<std::uint32_t>& numbers) {
  for (ir::Expr& expr : exprs.exprs)
    if (expr.kind == ir::ExprKind::StateRead) expr.index = numbers[expr.index];
}

void plan_instances(const Lowered& lowered, const Slots& slots, ir::Program& program) {
  for (const blocks::InstanceDraft& draft : lowered.draft.instances) {
    program.instances.push_back(draft.instance);
    if (!draft.count.valid()) continue;
    program.instances.back().count = slots.of(draft.count);
    program.instances.back().asked = slots.of(draft.asked);
  }
}

void plan_camera(const Lowered& lowered, const Slots& slots, ir::Program& program) {
  if (!lowered.draft.camera) return;
  ir::Camera& camera = program.camera.emplace();
  camera.name = lowered.draft.camera->name;
  camera.perspective = lowered.draft.camera->perspective;
  camera.glide = lowered.draft.camera->glide;
  for (std::size_t i = 0; i < camera.values.size(); ++i) camera.values[i] = slots.of(lowered.draft.camera->values[i]);
}

/// Styles, layers and the background, with the slots of their numbers.
void plan_picture(const Lowered& lowered, const Slots& slots, ir::Program& program) {
  const auto slot = [&](ExprId id) { return id.valid() ? slots.of(id) : SlotIx{}; };
  for (const blocks::SinkDraft& sink : lowered.draft.sinks) {
    program.sinks.push_back(sink.sink);
    program.sinks.back().roles = sink.roles;
    program.sinks.back().style = ir::mapped<SlotIx>(sink.style, slot);
  }
  for (const auto& layer : lowered.draft.layers) program.layers.push_back(ir::mapped<SlotIx>(layer, slot));
  if (lowered.draft.background) program.background = ir::mapped<SlotIx>(*lowered.draft.background, slot);
}

/// The entries of a list that ascends in time which are of one time.
template <class T, class TimeOf, class Time>
std::pair<std::uint32_t, std::uint32_t> run_of(const std::vector<T>& list, TimeOf time_of, Time when) {
  const auto first = std::find_if(list.begin(), list.end(), [&](const T& x) { return time_of(x) == when; });
  const auto count = std::count_if(list.begin(), list.end(), [&](const T& x) { return time_of(x) == when; });
  return {static_cast<std::uint32_t>(first - list.begin()), static_cast<std::uint32_t>(count)};
}

/// What a stage's numbers and events are, in the order in which they need each other.
void plan_phases(const Slots& slots, When when, std::vector<ir::Step>& steps) {
  std::uint16_t last = 0;
  for (const auto* times : {&slots.scalar_times(), &slots.event_times()})
    for (const Phase& time : *times)
      if (time.when == when) last = std::max(last, time.phase);
  const auto itself = [](const Phase& phase) { return phase; };
  for (std::uint16_t p = 0; p <= last; ++p) {
    const bool events = p % 2 == 1;
    const auto run = run_of(events ? slots.event_times() : slots.scalar_times(), itself, Phase{when, p});
    const ir::StepKind kind = events ? ir::StepKind::Events : ir::StepKind::Scalars;
    if (run.second > 0) steps.push_back({kind, when.stage, run.first, run.second});
  }
}

/// The steps before the first tick, or those of a tick, stage by stage: scalars and events, then that stage's field
/// programs, then what is made of all lanes. Returns the last stage in which something is computed.
std::uint16_t plan_stages(const ir::Program& program, const Slots& slots, const JoinTimes& joins, bool in_tick,
                          std::vector<ir::Step>& steps) {
  const auto time_of = [](const ir::FieldProgram& field) { return When{!field.stable, field.stage}; };
  const auto itself = [](const When& when) { return when; };
  std::uint16_t last = 0;
  for (const auto* times : {&slots.scalar_times(), &slots.event_times()})
    for (const Phase& time : *times)
      if (time.when.in_tick == in_tick) last = std::max(last, time.when.stage);
  for (const ir::FieldProgram& field : program.fields)
    if (time_of(field).in_tick == in_tick) last = std::max(last, field.stage);
  for (const ir::Voices& voices : program.voices)
    if (in_tick) last = std::max(last, voices.stage);
  const auto time_of_voices = [](const ir::Voices& voices) { return When{true, voices.stage}; };
  for (std::uint16_t stage = 0; stage <= last; ++stage) {
    const When when{in_tick, stage};
    const auto add = [&](ir::StepKind kind, std::pair<std::uint32_t, std::uint32_t> run) {
      if (run.second > 0) steps.push_back({kind, stage, run.first, run.second});
    };
    plan_phases(slots, when, steps);
    add(ir::StepKind::Voices, run_of(program.voices, time_of_voices, when));
    add(ir::StepKind::Fields, run_of(program.fields, time_of, when));
    add(ir::StepKind::Reduces, run_of(joins.reductions, itself, when));
    add(ir::StepKind::Scans, run_of(joins.scans, itself, when));
  }
  return last;
}

/// What is stable before the first tick; a tick ends with order, emit, commit.
void plan_steps(ir::Program& program, const Slots& slots, const JoinTimes& joins) {
  plan_stages(program, slots, joins, false, program.prepare);
  const std::uint16_t last = plan_stages(program, slots, joins, true, program.steps);
  for (const ir::StepKind kind : {ir::StepKind::Order, ir::StepKind::Emit, ir::StepKind::Commit})
    program.steps.push_back({kind, last, 0, 0});
}

}  // namespace

ir::Program plan(Lowered lowered, const ir::Canvas& canvas, const Storage& storage) {
  ir::Program program;
  program.canvas = canvas;
  program.seed = lowered.draft.seed;
  program.period_a_ms = lowered.draft.period_a_ms;
  program.period_b_ms = lowered.draft.period_b_ms;
  program.channels = lowered.draft.channels;
  sort_sinks(lowered.draft.sinks);
  std::sort(lowered.draft.layers.begin(), lowered.draft.layers.end(),
            [](const auto& a, const auto& b) { return a.layer < b.layer; });
  keep_used_shapes(lowered);

  const Liveness live = find_live(lowered);
  const std::vector<std::uint32_t> state_numbers = keep_live_states(lowered.draft.states, live.states);
  const Slots slots(lowered, live, state_numbers, program);
  plan_instances(lowered, slots, program);
  plan_shapes(lowered, slots, program);
  plan_camera(lowered, slots, program);
  for (StateDraft& draft : lowered.draft.states) {
    for (std::uint8_t c = 0; c < draft.state.components && !draft.state.instance.valid(); ++c) {
      draft.state.slots[c] = slots.of_state(static_cast<std::uint32_t>(program.states.size()), c);
      draft.state.next[c] = slots.of(draft.next[c]);
    }
    program.states.push_back(std::move(draft.state));  // its names; what it is stays readable in the draft
  }
  plan_picture(lowered, slots, program);
  for (ProbeDraft& draft : lowered.probes) {
    for (std::uint8_t c = 0; c < draft.probe.components && !draft.probe.instance.valid(); ++c)
      draft.probe.slots[c] = slots.of(draft.values[c]);
    if (draft.list.valid()) draft.probe.events = slots.list_of(draft.list);
    program.probes.push_back(draft.probe);
  }
  const JoinTimes joins = plan_fields(lowered, live, state_numbers, slots, storage, program);
  plan_steps(program, slots, joins);
  program.ports = std::move(lowered.ports);
  program.exprs = lowered.draft.build.take();
  number_state_reads(program.exprs, state_numbers);
  return program;
}

}  // namespace oscilla::compile
