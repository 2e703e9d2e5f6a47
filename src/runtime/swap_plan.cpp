#include "runtime/swap_plan.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace oscilla::runtime {
namespace {

/// The states of the old program by full name. A name has one state at most.
class StateNames {
 public:
  explicit StateNames(const ir::Program& program) {
    for (std::uint32_t s = 0; s < program.states.size(); ++s) by_name_.emplace(program.states[s].name, s);
  }
  ir::StateIx find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? ir::StateIx{} : ir::StateIx{found->second};
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> by_name_;  // looked up only, never iterated
};

bool same_instance(const ir::Instance& from, const ir::Instance& to) {
  return from.id == to.id || from.name == to.name;
}

/// Why a state cannot go on in another one; null if it can.
const char* obstacle(const ir::Program& from_program, const ir::State& from, const ir::Program& to_program,
                     const ir::State& to) {
  if (from.payload != to.payload) return "it is of another type now";
  if (from.instance.valid() != to.instance.valid())
    return to.instance.valid() ? "it was one value and is one a lane now" : "it was one value a lane and is one now";
  if (to.instance.valid() &&
      !same_instance(from_program.instances[from.instance.v], to_program.instances[to.instance.v]))
    return "its lanes are those of another instance now";
  return nullptr;
}

class Planner {
 public:
  Planner(const ir::Program& from, const ir::Program& to) : from_(from), to_(to), names_(from) {}

  SwapPlan run() {
    std::vector<bool> used(from_.states.size());
    for (const ir::State& state : to_.states) {
      const ir::StateIx source = source_of(state);
      if (source.valid()) used[source.v] = true;
      plan_.states.push_back(source.valid() ? plan_state(source, state) : StatePlan{});
    }
    for (std::uint32_t s = 0; s < used.size(); ++s)
      if (!used[s]) plan_.dropped.push_back({s});
    for (const ir::Instance& instance : to_.instances) plan_.instances.push_back(source_of(instance));
    for (const ir::Channel& channel : to_.channels) plan_.channels.push_back(source_of(channel));
    plan_queues();
    plan_voices();
    find_changes();
    for (const ir::Sink& sink : to_.sinks) plan_.sinks.push_back(plan_sink(sink));
    return std::move(plan_);
  }

 private:
  void plan_voices() {
    for (const ir::Voices& voices : to_.voices) {
      const auto find = [&](const std::string& name) {
        const auto found = std::find_if(from_.voices.begin(), from_.voices.end(),
                                        [&](const ir::Voices& old) { return old.name == name; });
        return found == from_.voices.end() ? ~0u : static_cast<std::uint32_t>(found - from_.voices.begin());
      };
      const std::uint32_t same = find(voices.name);
      plan_.voices.push_back(same != ~0u || voices.was.empty() ? same : find(voices.was));
    }
  }

  void plan_queues() {
    std::vector<bool> used(from_.queues.size());
    for (const ir::Queue& queue : to_.queues) {
      const auto find = [&](const std::string& name) {
        const auto found = std::find_if(from_.queues.begin(), from_.queues.end(),
                                        [&](const ir::Queue& old) { return old.name == name; });
        return static_cast<std::size_t>(found - from_.queues.begin());
      };
      std::size_t source = find(queue.name);
      if (source == used.size() && !queue.was.empty()) source = find(queue.was);
      plan_.queues.push_back(source == used.size() ? ir::QueueIx{} : ir::QueueIx{static_cast<std::uint32_t>(source)});
      if (source != used.size()) used[source] = true;
    }
    for (std::uint32_t q = 0; q < used.size(); ++q)
      if (!used[q]) plan_.dropped_queues.push_back({q});
  }

  /// A state goes on under its own name; else under the one that `was:` gives, if nothing has that name any more
  /// (normalisation has seen to it).
  ir::StateIx source_of(const ir::State& state) const {
    const ir::StateIx same = names_.find(state.name);
    return same.valid() || state.was.empty() ? same : names_.find(state.was);
  }

  ir::InstanceIx source_of(const ir::Instance& instance) const {
    for (std::uint32_t i = 0; i < from_.instances.size(); ++i)
      if (same_instance(from_.instances[i], instance)) return {i};
    return {};
  }

  ir::ChannelIx source_of(const ir::Channel& channel) const {
    for (std::uint32_t i = 0; i < from_.channels.size(); ++i) {
      const ir::Channel& old = from_.channels[i];
      if (old.name == channel.name && old.kind == channel.kind && old.components == channel.components) return {i};
    }
    return {};
  }

  StatePlan plan_state(ir::StateIx source, const ir::State& state) {
    const ir::State& old = from_.states[source.v];
    StatePlan plan{.from = source, .fate = Fate::Kept};
    if (const char* why = obstacle(from_, old, to_, state)) {
      plan.fate = Fate::Reset;
      plan.why = why;
    } else if (state.instance.valid()) {
      map_lanes(plan, from_.instances[old.instance.v], to_.instances[state.instance.v]);
    }
    if (plan.fate == Fate::Kept && old.name != state.name) plan.fate = Fate::Renamed;
    return plan;
  }

  void map_lanes(StatePlan& plan, const ir::Instance& old, const ir::Instance& instance) {
    const std::vector<LaneRun> runs = shared_lanes(old, instance);
    const bool identity = runs == std::vector<LaneRun>{{0, 0, old.lanes}} && old.lanes == instance.lanes;
    if (identity) return;
    plan.fate = Fate::Remapped;
    plan.first_run = static_cast<std::uint32_t>(plan_.runs.size());
    plan.runs = static_cast<std::uint32_t>(runs.size());
    plan_.runs.insert(plan_.runs.end(), runs.begin(), runs.end());
  }

  /// Values that may be other ones than an expression of the same hash in the old program has.
  void find_changes() {
    for (std::size_t i = 0; i < to_.instances.size(); ++i) moved_instances_.push_back(!same_lanes(i));
    for (std::size_t e = 0; e < to_.exprs.size(); ++e) {
      const ir::Expr& expr = to_.exprs.exprs[e];
      bool changed = expr.instance.valid() && moved_instances_[expr.instance.v];
      if (expr.kind == ir::ExprKind::StateRead) changed |= !goes_on({expr.index});
      if (expr.kind == ir::ExprKind::Channel) changed |= !plan_.channels[expr.index].valid();
      if (expr.kind == ir::ExprKind::Voice) changed |= !voices_go_on(expr.instance);
      if (expr.kind == ir::ExprKind::Event) changed |= !goes_on(expr);
      for (const ir::ExprId arg : to_.exprs.args_of(expr)) changed |= changed_[arg.v];
      changed_.push_back(changed);
    }
  }

  bool goes_on(ir::StateIx state) const {
    if (state.v >= plan_.states.size()) return false;  // nobody reads it
    const Fate fate = plan_.states[state.v].fate;
    return fate == Fate::Kept || fate == Fate::Renamed;
  }

  bool voices_go_on(ir::InstanceIx instance) const {
    for (std::size_t v = 0; v < to_.voices.size(); ++v)
      if (to_.voices[v].instance == instance) return plan_.voices[v] != ~0u;
    return true;  // nobody reads them
  }

  /// A list of events: what waits for it, outside or in a queue, does. A delay names no queue of the program, only that
  /// it has one.
  bool goes_on(const ir::Expr& list) const {
    switch (static_cast<ir::EventOp>(list.result)) {
      case ir::EventOp::Input: return plan_.channels[list.index].valid();
      case ir::EventOp::Delay: return std::ranges::all_of(plan_.queues, &ir::QueueIx::valid);
      default: return true;
    }
  }

  bool same_lanes(std::size_t i) const {
    if (!plan_.instances[i].valid()) return false;
    const ir::Instance& old = from_.instances[plan_.instances[i].v];
    const ir::Instance& instance = to_.instances[i];
    if (old.lanes != instance.lanes || old.inner != instance.inner) return false;
    if (old.count.valid() != instance.count.valid()) return false;
    return !instance.count.valid() || hash_of(from_, old.count) == hash_of(to_, instance.count);
  }

  static Hash128 hash_of(const ir::Program& program, ir::SlotIx slot) {
    const ir::ExprId origin = program.slot_origins[slot.v];
    return origin.valid() ? program.exprs[origin].hash : Hash128{};
  }

  ir::SinkIx source_of(const ir::Sink& sink) const {
    const auto is = [&](auto same) {
      const auto found = std::ranges::find_if(from_.sinks, same);
      return found == from_.sinks.end() ? ir::SinkIx{}
                                        : ir::SinkIx{static_cast<std::uint32_t>(found - from_.sinks.begin())};
    };
    const ir::SinkIx same = is([&](const ir::Sink& old) { return old.name == sink.name; });
    if (same.valid()) return same;
    return is([&](const ir::Sink& old) { return old.id == sink.id || old.name == sink.order_name; });
  }

  SinkPlan plan_sink(const ir::Sink& sink) {
    SinkPlan plan;
    plan.was = source_of(sink);
    const bool lanes_go_on = plan.was.valid() && plan_.instances[sink.instance.v].valid() &&
                             plan_.instances[sink.instance.v] == from_.sinks[plan.was.v].instance;
    if (lanes_go_on) plan.from = plan.was;
    if (lanes_go_on) map_lanes(plan, sink);
    for (std::size_t r = 0; r < ir::kRoles; ++r)
      if (is_changed(plan, sink, static_cast<ir::Role>(r))) plan.changed |= 1u << r;
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      const std::optional<ir::GlidePort> port = ir::glide_port(static_cast<ir::Role>(r));
      if (!port || sink.glides[static_cast<std::size_t>(*port)].policy == ir::GlidePolicy::None) continue;
      plan.measured |= plan.changed & 1u << r;
    }
    return plan;
  }

  void map_lanes(SinkPlan& plan, const ir::Sink& sink) {
    const ir::Instance& instance = to_.instances[sink.instance.v];
    plan.same_lanes = !moved_instances_[sink.instance.v];
    plan.kept = instance.lanes;
    if (plan.same_lanes) return;
    const std::vector<LaneRun> runs = shared_lanes(from_.instances[from_.sinks[plan.from.v].instance.v], instance);
    plan.first_run = static_cast<std::uint32_t>(plan_.runs.size());
    plan.runs = static_cast<std::uint32_t>(runs.size());
    plan.kept = 0;
    for (const LaneRun& run : runs) plan.kept += run.count;
    plan_.runs.insert(plan_.runs.end(), runs.begin(), runs.end());
  }

  bool is_changed(const SinkPlan& plan, const ir::Sink& sink, ir::Role role) const {
    const bool fades = role == ir::Role::Alpha || role == ir::Role::StrokeAlpha;
    if (!plan.from.valid()) return fades && ir::has_role(sink, role);  // all its lanes fade in
    const auto expr_of = [&](const ir::Sink& of) { return of.roles[static_cast<std::size_t>(role)]; };
    const ir::Sink& old = from_.sinks[plan.from.v];
    if (!ir::has_role(old, role) && !ir::has_role(sink, role)) return false;
    // A line that there was not fades in; there is nothing to draw one with that is gone.
    if (role >= ir::Role::Stroke && !(old.has_stroke && sink.has_stroke)) return fades && sink.has_stroke;
    if (!plan.same_lanes || ir::has_role(old, role) != ir::has_role(sink, role)) return true;
    const ir::ExprId before = expr_of(old), now = expr_of(sink);
    return from_.exprs[before].hash != to_.exprs[now].hash || changed_[now.v];
  }

  const ir::Program& from_;
  const ir::Program& to_;
  std::vector<bool> moved_instances_;  // by instance of the new program
  std::vector<bool> changed_;          // by expression of the new program
  StateNames names_;
  SwapPlan plan_;
};

/// How many values the first number that an element is known by has in both.
std::uint32_t first_of(const ir::Instance& from, const ir::Instance& to) {
  const auto firsts = [](const ir::Instance& instance) {
    std::uint32_t lanes = instance.lanes;
    for (const std::uint32_t inner : instance.inner) lanes /= inner;
    return lanes;
  };
  return std::min(firsts(from), firsts(to));
}

std::uint32_t lanes_of(const ir::Program& program, const ir::State& state) {
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
    fate.why = "its lanes are those of another instance now";
  } else if (!plan.same_lanes) {
    fate.fate = Fate::Remapped;
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

}  // namespace

std::vector<TargetFate> targets_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to) {
  std::vector<TargetFate> fates;
  std::vector<bool> used(from.sinks.size());
  for (std::size_t s = 0; s < plan.sinks.size(); ++s) {
    if (plan.sinks[s].was.valid()) used[plan.sinks[s].was.v] = true;
    for (std::size_t port = 0; port < ir::kGlidePorts; ++port)
      fates.push_back(target_of(plan.sinks[s], to, to.sinks[s], static_cast<ir::GlidePort>(port)));
  }
  for (std::size_t s = 0; s < used.size(); ++s) {
    if (used[s]) continue;
    TargetFate& gone = fates.emplace_back();
    gone.name = from.sinks[s].name;
    gone.fate = Fate::Dropped;
    gone.lanes = from.instances[from.sinks[s].instance.v].lanes;
  }
  return fates;
}

// Lanes are numbered like the digits of a number: what stands on the last place counts fastest.
std::vector<LaneRun> shared_lanes(const ir::Instance& from, const ir::Instance& to) {
  std::vector<LaneRun> runs;
  if (from.inner.size() != to.inner.size()) return runs;  // an array and a grid have no element in common
  runs.push_back({0, 0, first_of(from, to)});
  for (std::size_t place = 0; place < to.inner.size(); ++place) {
    const std::uint32_t old = from.inner[place];
    const std::uint32_t now = to.inner[place];
    std::vector<LaneRun> finer;
    for (const LaneRun& run : runs) {
      if (old == now) {
        finer.push_back({run.to * now, run.from * old, run.count * now});
        continue;
      }
      for (std::uint32_t i = 0; i < run.count; ++i)
        finer.push_back({(run.to + i) * now, (run.from + i) * old, std::min(old, now)});
    }
    runs = std::move(finer);
  }
  return runs;
}

SwapPlan plan_swap(const ir::Program& from, const ir::Program& to) { return Planner(from, to).run(); }

std::vector<StateFate> fates_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to) {
  std::vector<StateFate> fates;
  for (std::size_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    StateFate fate{.name = to.states[s].name, .fate = state.fate, .lanes = lanes_of(to, to.states[s])};
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
    fates.push_back({.name = state.name, .fate = Fate::Dropped, .lanes = lanes_of(from, state)});
  }
  return fates;
}

}  // namespace oscilla::runtime
