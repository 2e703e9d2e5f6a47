#include "runtime/joins.hpp"

#include "exec/reduce.hpp"
#include "exec/scan.hpp"

namespace oscilla::runtime {

void join_partials(ProgramState& state, const ir::Step& step) {
  for (std::uint32_t r = step.first; r < step.first + step.count; ++r) {
    const ir::ReduceStep& reduce = state.program->reduces[r];
    const std::uint32_t lanes = live_lanes(state, reduce.instance);
    state.slots[reduce.result.v] = exec::join_partials(reduce.reduction, state.partials[r].span(), lanes);
  }
}

std::uint64_t run_scan(ProgramState& state, std::uint32_t scan, const TaskRunner& runner) {
  const ir::ScanStep& step = state.program->scans[scan];
  const std::uint32_t room = state.program->instances[step.instance.v].lanes;
  const float* source =
      step.source.source == ir::Source::State
          ? state.state_planes[step.source.index] + std::size_t{exec::padded_lanes(room)} * step.source.component
          : state.planes[step.source.index];
  return exec::run_scan({.reduction = step.reduction,
                         .source = source,
                         .result = state.planes[step.result.v],
                         .lanes = live_lanes(state, step.instance),
                         .units = state.scan_units.data(),
                         .min_parallel_lanes = state.options.min_parallel_lanes},
                        runner);
}

}  // namespace oscilla::runtime
