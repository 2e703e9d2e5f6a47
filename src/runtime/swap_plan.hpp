// What becomes of a running program's state when another one takes over. In: the two programs. Out: for every state of
// the new one where it comes from, as runs of lanes. Pure; made before anything moves, on any thread. Invariant: no
// lane of the new program is written twice, and a state of the old one goes to one new state at most.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.hpp"
#include "oscilla/swap_report.hpp"

namespace oscilla::runtime {

/// Lanes [from, from + count) of the old instance are lanes [to, to + count) of the new one.
struct LaneRun {
  std::uint32_t to = 0;
  std::uint32_t from = 0;
  std::uint32_t count = 0;
  auto operator<=>(const LaneRun&) const = default;
};

struct StatePlan {
  ir::StateIx from;  ///< invalid: born
  Fate fate = Fate::Born;
  std::uint32_t first_run = 0;  ///< of a field that is Remapped
  std::uint32_t runs = 0;
  const char* why = "";
};

/// Lanes that are other elements are matched by their places up to this many.
inline constexpr std::uint32_t kMostMatched = 10'000;

/// What becomes of a sink's numbers. Lanes go on in those of the old sink of the same name; where no runs are named,
/// every lane in the one of its number, or in the nearest one.
struct SinkPlan {
  ir::SinkIx from;           ///< invalid: born, or nothing of its lanes or figures is what it was
  ir::SinkIx was;            ///< the one of the same name, whatever its lanes
  const char* why = "";      ///< nothing goes on
  bool same_lanes = false;   ///< all lanes are what they were
  bool by_position = false;  ///< none is, and the nearest ones are taken for them
  std::uint32_t first_run = 0;
  std::uint32_t runs = 0;
  std::uint32_t kept = 0;      ///< lanes that go on
  std::uint32_t changed = 0;   ///< a bit a role: those that may be other numbers than before
  std::uint32_t measured = 0;  ///< those of them that glide
  std::uint32_t room = 0;      ///< those that it must be able to show though it is without them: they may still glide
};

/// What becomes of a section of numbers that are no lane's (runtime/numbers.hpp).
struct SectionPlan {
  static constexpr std::uint32_t kNone = ~0u;
  std::uint32_t from = kNone;  ///< section of the old program
  bool first_only = false;     ///< but for the first, its numbers mean something else now
  bool changed = false;        ///< they may be other numbers than before
  bool measured = false;       ///< they are, and glide
};

struct SwapPlan {
  std::vector<StatePlan> states;  ///< by StateIx of the new program
  std::vector<ir::StateIx> dropped;
  std::vector<LaneRun> runs;
  // By instance and channel of the new program: the old one's that goes on in it; invalid where it begins.
  std::vector<ir::InstanceIx> instances;
  std::vector<ir::ChannelIx> channels;
  std::vector<ir::QueueIx> queues;  ///< likewise, of queues
  std::vector<ir::QueueIx> dropped_queues;
  std::vector<std::uint32_t> voices;  ///< likewise, of voices; ~0 where they begin
  std::vector<SinkPlan> sinks;        ///< by SinkIx of the new program
  std::vector<SectionPlan> sections;  ///< by section of the new program's numbers
  bool background_fades = false;      ///< it is filled in another way, and the old one is laid over it
  template <class Plan>
  std::span<const LaneRun> runs_of(const Plan& plan) const {
    return std::span(runs).subspan(plan.first_run, plan.runs);
  }
  bool measures() const {
    return std::ranges::any_of(sinks, [](const SinkPlan& sink) { return sink.measured != 0; }) ||
           std::ranges::any_of(sections, &SectionPlan::measured);
  }
};

SwapPlan plan_swap(const ir::Program& from, const ir::Program& to);

/// The plan in words, by state.
std::vector<StateFate> fates_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to);

/// The numbers that an artist sees, in words: a line a port of a sink, then the sections that have numbers, then the
/// sinks that are gone; what they jump is not known yet.
std::vector<TargetFate> targets_of(const SwapPlan& plan, const ir::Program& from, const ir::Program& to);

/// The elements that both instances have, as runs of ascending lanes of the new one.
std::vector<LaneRun> shared_lanes(const ir::Instance& from, const ir::Instance& to);

}  // namespace oscilla::runtime
