// A plan in words.
#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "runtime/numbers.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {
namespace {

std::uint32_t lanes_of_state(const ir::Program& program, const ir::State& state) {
  return state.instance.valid() ? program.instances[state.instance.v].lanes : 1;
}

constexpr std::string_view kGlidePortNames[] = {"position", "color", "size", "opacity", "rotation", "z", "scale"};

/// A port of the sink, seen from its first role.
TargetFate target_of(const SinkPlan& plan, const ir::Program& program, const ir::Sink& sink, ir::GlidePort port) {
  TargetFate fate;
  fate.name = fmt::format("{}.{}", sink.name, kGlidePortNames[static_cast<std::size_t>(port)]);
  fate.lanes = program.instances[sink.instance.v].lanes;
  fate.kept = plan.kept;
  const ir::GlideSetting& setting = sink.glides[static_cast<std::size_t>(port)];
  std::uint32_t roles = 0;
  for (std::size_t r = 0; r < ir::kRoles; ++r)
    if (ir::glide_port(static_cast<ir::Role>(r)) == port) roles |= 1u << r;
  if (!plan.was.valid()) {
    fate.fate = Fate::Born;
  } else if (!plan.from.valid()) {
    fate.fate = Fate::Reset;
    fate.why = plan.why;
  } else if (!plan.same_lanes) {
    fate.fate = Fate::Remapped;
    if (plan.by_position) fate.why = "the nearest ones";
  } else if ((plan.measured & roles) != 0) {
    fate.fate = Fate::Moved;
  } else if ((plan.changed & roles) != 0 && setting.policy == ir::GlidePolicy::None) {
    fate.fate = Fate::Reset;
    fate.why = "its policy is none";
  } else {
    fate.fate = Fate::Kept;
  }
  return fate;
}

/// Numbers that are no lane's.
TargetFate target_of(const SectionPlan& plan, const ir::Program& program, const NumberSection& section) {
  TargetFate fate;
  fate.name = name_of(program, section);
  fate.lanes = fate.kept = 1;
  fate.fate = plan.from == SectionPlan::kNone ? Fate::Born : Fate::Kept;
  if (plan.measured) {
    fate.fate = Fate::Moved;
  } else if (plan.changed && section.glide.policy == ir::GlidePolicy::None) {
    fate.fate = Fate::Reset;
    fate.why = "its policy is none";
  }
  return fate;
}

}  // namespace

std::vector<TargetFate> targets_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to) {
  std::vector<TargetFate> fates;
  std::vector<bool> used(from.sinks.size());
  for (std::size_t s = 0; s < plan.sinks.size(); ++s) {
    if (plan.sinks[s].was.valid()) used[plan.sinks[s].was.v] = true;
    for (std::size_t port = 0; port < ir::kGlidePorts; ++port)
      fates.push_back(target_of(plan.sinks[s], to, to.sinks[s], static_cast<ir::GlidePort>(port)));
  }
  const NumberRow row = number_row(to);
  for (std::size_t s = 0; s < row.sections.size(); ++s)
    if (row.sections[s].count > 0) fates.push_back(target_of(plan.sections[s], to, row.sections[s]));
  for (std::size_t s = 0; s < used.size(); ++s) {
    if (used[s]) continue;
    TargetFate& gone = fates.emplace_back();
    gone.name = from.sinks[s].name;
    gone.fate = Fate::Dropped;
    gone.lanes = from.instances[from.sinks[s].instance.v].lanes;
  }
  return fates;
}

std::vector<StateFate> fates_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to) {
  std::vector<StateFate> fates;
  for (std::size_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    StateFate fate{.name = to.states[s].name, .fate = state.fate, .lanes = lanes_of_state(to, to.states[s])};
    if (state.from.valid() && from.states[state.from.v].name != fate.name) fate.was = from.states[state.from.v].name;
    if (state.fate == Fate::Kept || state.fate == Fate::Renamed) fate.kept = fate.lanes;
    for (const LaneRun& run : plan.runs_of(state)) fate.kept += run.count;
    fate.why = state.why;
    fates.push_back(std::move(fate));
  }
  for (std::size_t q = 0; q < plan.queues.size(); ++q) {
    StateFate fate{.name = to.queues[q].name, .fate = Fate::Born, .lanes = 1};
    if (const ir::QueueIx source = plan.queues[q]; source.valid()) {
      const bool renamed = from.queues[source.v].name != fate.name;
      fate.fate = renamed ? Fate::Renamed : Fate::Kept;
      if (renamed) fate.was = from.queues[source.v].name;
      fate.kept = 1;
    }
    fates.push_back(std::move(fate));
  }
  for (std::size_t v = 0; v < plan.voices.size(); ++v) {
    const std::uint32_t lanes = to.instances[to.voices[v].instance.v].lanes;
    StateFate fate{.name = to.voices[v].name, .fate = Fate::Born, .lanes = lanes};
    if (const std::uint32_t source = plan.voices[v]; source != ~0u) {
      const ir::Voices& old = from.voices[source];
      const std::uint32_t before = from.instances[old.instance.v].lanes;
      fate.kept = std::min(lanes, before);
      fate.fate = old.name != fate.name ? Fate::Renamed : lanes == before ? Fate::Kept : Fate::Remapped;
      if (old.name != fate.name) fate.was = old.name;
    }
    fates.push_back(std::move(fate));
  }
  for (std::uint32_t v = 0; v < from.voices.size(); ++v)
    if (std::find(plan.voices.begin(), plan.voices.end(), v) == plan.voices.end())
      fates.push_back({.name = from.voices[v].name,
                       .fate = Fate::Dropped,
                       .lanes = from.instances[from.voices[v].instance.v].lanes});
  for (const ir::QueueIx dropped : plan.dropped_queues)
    fates.push_back({.name = from.queues[dropped.v].name, .fate = Fate::Dropped, .lanes = 1});
  for (const ir::StateIx dropped : plan.dropped) {
    const ir::State& state = from.states[dropped.v];
    fates.push_back({.name = state.name, .fate = Fate::Dropped, .lanes = lanes_of_state(from, state)});
  }
  return fates;
}

}  // namespace oscilla::runtime
