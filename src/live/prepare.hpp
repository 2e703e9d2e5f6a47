// Makes a patch ready to take over from a running program. In: the running program and the new patch. Out: the new
// program with its memory and the plan of what goes on, or the diagnostics that keep it from running. Pure: it reads
// the running program only as an immutable description, so it runs on any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "live/tracer.hpp"
#include "oscilla/program.hpp"
#include "oscilla/swap_report.hpp"
#include "runtime/channels.hpp"
#include "runtime/program_state.hpp"
#include "runtime/session.hpp"
#include "runtime/swap_plan.hpp"
#include "runtime/transition.hpp"

namespace oscilla::live {

/// What takes over: a patch, or a moment of before. Afterwards it holds what was, to be freed by whoever is not the
/// frame thread.
struct PreparedSwap {
  std::optional<Program> program;
  runtime::ProgramState state;
  std::optional<runtime::Channels> channels;
  runtime::SwapPlan plan;
  runtime::Transition transition;
  std::vector<std::int64_t> step_costs;  ///< zero, one a step
  SwapReport report;
  std::vector<std::uint32_t> rooms;          ///< by sink: roles that it can show though it is without them, a bit each
  std::vector<std::size_t> section_targets;  ///< by section of numbers: its line among the targets
  std::unique_ptr<TraceRing> trace;          ///< of the program; after the switch what nobody needs any more
  std::unique_ptr<runtime::Moment> moment;  ///< of before; then nothing is in `state`, `channels`, `plan`, `transition`
  std::int64_t first_tick = 0;              ///< of the session, since it began, that is made of it
  PreparedSwap* next = nullptr;             ///< in the stack of those that come back

  runtime::Incoming incoming() { return {state, *channels, plan, transition}; }
};

/// Compiles with the options of `running`, links, allocates, and computes the caches that `caches` lacks. Without a
/// program the report says why.
std::unique_ptr<PreparedSwap> build(const Program& running, const Patch& patch, const runtime::RunOptions& options,
                                    runtime::CacheStore& caches);

/// The same for a moment of `program`, the one after `tick`.
std::unique_ptr<PreparedSwap> build_moment(const Program& program, std::span<const std::byte> snapshot,
                                           std::int64_t tick, const runtime::RunOptions& options,
                                           runtime::CacheStore& caches);

/// Plans what goes on from `running`: the last step, because it must be the program that `prepared` takes over from.
/// `rooms` is what that program was prepared with.
void plan_against(const Program& running, const std::vector<std::uint32_t>& rooms, PreparedSwap& prepared);

}  // namespace oscilla::live
