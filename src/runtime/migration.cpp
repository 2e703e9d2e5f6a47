#include "runtime/migration.hpp"

#include <algorithm>
#include <utility>

namespace oscilla::runtime {

void carry_signal(const ProgramState& from, const ir::State& old, ProgramState& to, const ir::State& state) {
  for (std::size_t c = 0; c < state.components; ++c) to.slots[state.slots[c].v] = from.slots[old.slots[c].v];
}

void carry_lanes(const ProgramState& from, std::uint32_t old, ProgramState& to, std::uint32_t state,
                 std::span<const LaneRun> runs) {
  const auto stride_of = [](const ProgramState& program, std::uint32_t s) {
    return std::size_t{exec::padded_lanes(program.program->instances[program.program->states[s].instance.v].lanes)};
  };
  const std::size_t from_stride = stride_of(from, old);
  const std::size_t to_stride = stride_of(to, state);
  for (std::size_t c = 0; c < to.program->states[state].components; ++c) {
    const float* source = from.states[old].data() + c * from_stride;
    float* target = to.states[state].data() + c * to_stride;
    for (const LaneRun& run : runs) std::copy_n(source + run.from, run.count, target + run.to);
  }
}

void carry_queues(const ProgramState& from, ProgramState& to, const SwapPlan& plan) {
  for (std::size_t q = 0; q < plan.queues.size(); ++q)
    if (plan.queues[q].valid()) to.queues[q].carry(from.queues[plan.queues[q].v]);
}

void carry_voices(const ProgramState& from, ProgramState& to, const SwapPlan& plan) {
  for (std::size_t v = 0; v < plan.voices.size(); ++v)
    if (plan.voices[v] != ~0u)
      to.voices[v].restore(from.voices[plan.voices[v]].kept(), from.voices[plan.voices[v]].count());
}

/// Lanes of a pool that are live already do not begin anew.
void carry_live_lanes(const ProgramState& from, ProgramState& to, const SwapPlan& plan) {
  for (std::size_t i = 0; i < plan.instances.size(); ++i) {
    const ir::InstanceIx old = plan.instances[i];
    if (old.valid() && to.program->instances[i].count.valid())
      to.lanes_before[i] = std::min(from.lanes_before[old.v], to.program->instances[i].lanes);
  }
}

namespace {

void carry_planes(ProgramState& from, std::uint32_t old, ProgramState& to, std::uint32_t state) {
  std::swap(from.states[old], to.states[state]);
  from.state_planes[old] = from.states[old].data();
  to.state_planes[state] = to.states[state].data();
}

/// Whether what an old sink has drawn can stand below what the new one draws: its arrays mean the same.
bool has_same_arrays(const ir::Program& from, const ir::Sink& old, const ir::Program& to, const ir::Sink& sink,
                     const SwapPlan& plan) {
  const ir::Instance& instance = to.instances[sink.instance.v];
  const ir::Instance& before = from.instances[old.instance.v];
  return plan.instances[sink.instance.v] == old.instance && instance.lanes == before.lanes &&
         instance.inner == before.inner && old.trail == sink.trail && old.trail_step == sink.trail_step &&
         old.has_rotation == sink.has_rotation && old.has_scale == sink.has_scale &&
         old.has_stroke == sink.has_stroke && old.shape == sink.shape && old.shapes == sink.shapes;
}

/// Trails go on: the memory of a sink's earlier pictures changes hands.
void carry_trails(ProgramState& from, ProgramState& to, const SwapPlan& plan) {
  for (std::size_t s = 0; s < to.sinks.size(); ++s) {
    const ir::Sink& sink = to.program->sinks[s];
    if (sink.trail == 0) continue;
    const auto old = std::ranges::find(from.program->sinks, sink.id, &ir::Sink::id);
    if (old == from.program->sinks.end() || !has_same_arrays(*from.program, *old, *to.program, sink, plan)) continue;
    SinkState& source = from.sinks[static_cast<std::size_t>(old - from.program->sinks.begin())];
    SinkState& target = to.sinks[s];
    std::swap(source.buffers, target.buffers);
    std::swap(source.past, target.past);
    target.current = source.current;
    target.ticks = source.ticks;
    for (Pass& pass : target.past) {
      pass.name = sink.name;
      pass.layer = sink.layer;
      pass.blend = sink.blend;
    }
  }
}

}  // namespace

void migrate(ProgramState& from, ProgramState& to, const SwapPlan& plan) {
  for (std::uint32_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    if (state.fate == Fate::Born || state.fate == Fate::Reset) continue;
    const ir::State& description = to.program->states[s];
    if (!description.instance.valid()) {
      carry_signal(from, from.program->states[state.from.v], to, description);
    } else if (state.fate == Fate::Remapped) {
      carry_lanes(from, state.from.v, to, s, plan.runs_of(state));
    } else {
      carry_planes(from, state.from.v, to, s);
    }
    to.versions.state_moved(s);
  }
  carry_queues(from, to, plan);
  carry_voices(from, to, plan);
  carry_live_lanes(from, to, plan);
  carry_trails(from, to, plan);
}

}  // namespace oscilla::runtime
