#include "runtime/swap_plan.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/plan_targets.hpp"

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
    plan_targets(from_, to_, plan_);
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

  const ir::Program& from_;
  const ir::Program& to_;
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

}  // namespace

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

}  // namespace oscilla::runtime
