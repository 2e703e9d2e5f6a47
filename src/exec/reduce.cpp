#include "exec/reduce.hpp"

#include "exec/block_program.hpp"

namespace oscilla::exec {

double join_partials(ir::Reduction reduction, std::span<const kernels::ReducePartial> units, std::uint32_t lanes) {
  if (lanes == 0) return 0;
  const kernels::Reduction kernel = kernel_reduction(reduction);
  double joined = kernels::reduce_finish(kernel, units[0]);
  for (const kernels::ReducePartial& unit : units.subspan(1, units_of(lanes) - 1)) {
    joined = kernels::reduce_join(kernel, joined, kernels::reduce_finish(kernel, unit));
  }
  return reduction == ir::Reduction::Average ? joined / lanes : joined;
}

}  // namespace oscilla::exec
