#include "live/prepare.hpp"

#include "base/float_environment.hpp"
#include "live/compiled_patch.hpp"
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

void plan_against(const Program& running, PreparedSwap& prepared) {
  const ir::Program& from = *running.compiled().program;
  const ir::Program& to = *prepared.program->compiled().program;
  prepared.plan = runtime::plan_swap(from, to);
  prepared.report.states = runtime::fates_of(prepared.plan, from, to);
  prepared.report.targets = runtime::targets_of(prepared.plan, from, to);
  prepared.transition = runtime::make_transition(prepared.plan, running.compiled().program, prepared.state);
  if (prepared.state.options.sabotage == runtime::Sabotage::DropReportLine && !prepared.report.states.empty())
    prepared.report.states.pop_back();
  prepared.report.outcome = SwapOutcome::Swapped;
}

}  // namespace oscilla::live
