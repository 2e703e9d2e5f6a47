#include "live/prepare.hpp"

#include "live/compiled_patch.hpp"

namespace oscilla::live {

std::unique_ptr<PreparedSwap> build(const Program& running, const Patch& patch, const runtime::RunOptions& options) {
  auto prepared = std::make_unique<PreparedSwap>();
  CompileResult result = compile_patch(patch, running.compiled().options);
  prepared->report.diagnostics = std::move(result.diagnostics);
  if (!result.program) return prepared;
  prepared->program = std::move(result.program);
  prepared->state = runtime::make_program_state(prepared->program->compiled().program, options);
  prepared->channels.emplace(*prepared->state.program);
  prepared->step_costs.resize(prepared->state.program->steps.size());
  return prepared;
}

void plan_against(const Program& running, PreparedSwap& prepared) {
  const ir::Program& from = *running.compiled().program;
  const ir::Program& to = *prepared.program->compiled().program;
  prepared.plan = runtime::plan_swap(from, to);
  prepared.report.states = runtime::fates_of(prepared.plan, from, to);
  prepared.report.outcome = SwapOutcome::Swapped;
}

}  // namespace oscilla::live
