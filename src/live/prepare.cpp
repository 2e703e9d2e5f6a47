#include "live/prepare.hpp"

#include "base/float_environment.hpp"
#include "live/compiled_patch.hpp"
#include "live/snapshot.hpp"
#include "runtime/prepare.hpp"

namespace oscilla::live {

std::unique_ptr<PreparedSwap> build(const Program& running, const Patch& patch, const runtime::RunOptions& options,
                                    runtime::CacheStore& caches) {
  auto prepared = std::make_unique<PreparedSwap>();
  CompileResult result = compile_patch(patch, running.compiled().options);
  prepared->report.diagnostics = std::move(result.diagnostics);
  if (!result.program) return prepared;
  prepared->program = std::move(result.program);
  prepared->state = runtime::make_program_state(prepared->program->compiled().program, options);
  const FloatEnvironment environment;
  runtime::prepare(prepared->state, caches, inline_runner());  // the session's threads are the frame's
  prepared->channels.emplace(*prepared->state.program);
  prepared->step_costs.resize(prepared->state.program->steps.size());
  return prepared;
}

std::unique_ptr<PreparedSwap> build_moment(const Program& program, std::span<const std::byte> snapshot,
                                           std::int64_t tick, const runtime::RunOptions& options,
                                           runtime::CacheStore& caches) {
  auto prepared = std::make_unique<PreparedSwap>();
  auto moment = runtime::read_snapshot(snapshot, hash_of(program), program.compiled().program, options, caches);
  if (!moment) {
    prepared->report.why = std::move(moment.error());
    return prepared;
  }
  prepared->program = program;
  prepared->moment = std::make_unique<runtime::Moment>(std::move(*moment));
  prepared->rooms = rooms_of(prepared->moment->state);
  prepared->step_costs.resize(program.compiled().program->steps.size());
  prepared->report.outcome = SwapOutcome::Restored;
  prepared->report.restored = tick;
  return prepared;
}

namespace {

/// Roles that a sink needs memory of its own for.
std::uint32_t optional_roles(const ir::Sink& sink) {
  std::uint32_t roles = 0;
  for (const ir::Role role : {ir::Role::Rotation, ir::Role::ScaleX, ir::Role::ScaleY})
    if (ir::has_role(sink, role)) roles |= 1u << static_cast<std::uint32_t>(role);
  return roles;
}

/// What an edit has taken away may still glide when the next one comes.
void plan_rooms(const ir::Program& from, const std::vector<std::uint32_t>& rooms, const ir::Program& to,
                PreparedSwap& prepared) {
  prepared.rooms.assign(to.sinks.size(), 0);
  for (std::size_t s = 0; s < to.sinks.size(); ++s) {
    runtime::SinkPlan& sink = prepared.plan.sinks[s];
    if (!sink.from.valid()) continue;
    const std::uint32_t before = optional_roles(from.sinks[sink.from.v]) | (rooms.empty() ? 0 : rooms[sink.from.v]);
    sink.room = prepared.rooms[s] = before & ~optional_roles(to.sinks[s]);
  }
}

}  // namespace

void plan_against(const Program& running, const std::vector<std::uint32_t>& rooms, PreparedSwap& prepared) {
  const ir::Program& from = *running.compiled().program;
  const ir::Program& to = *prepared.program->compiled().program;
  prepared.plan = runtime::plan_swap(from, to);
  plan_rooms(from, rooms, to, prepared);
  prepared.report.states = runtime::fates_of(prepared.plan, from, to);
  prepared.report.targets = runtime::targets_of(prepared.plan, from, to);
  std::size_t line = prepared.plan.sinks.size() * ir::kGlidePorts;
  prepared.section_targets.clear();
  for (const runtime::NumberSection& section : prepared.state.numbers.row.sections) {
    prepared.section_targets.push_back(line);
    line += section.count > 0 ? 1 : 0;
  }
  prepared.transition = runtime::make_transition(prepared.plan, running.compiled().program, prepared.state);
  if (prepared.state.options.sabotage == runtime::Sabotage::DropReportLine && !prepared.report.states.empty())
    prepared.report.states.pop_back();
  prepared.report.outcome = SwapOutcome::Swapped;
}

}  // namespace oscilla::live
