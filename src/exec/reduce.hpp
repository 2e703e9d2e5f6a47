// One number from the lanes of a field: units were reduced where they were computed, here they are joined in unit
// order. In: the partials of all units. Out: the value in 64 bits.
#pragma once

#include <cstdint>
#include <span>

#include "ir/program.hpp"
#include "kernels/reduce.hpp"

namespace oscilla::exec {

/// What a reduction does in each unit: an average is a sum until the end.
constexpr kernels::Reduction kernel_reduction(ir::Reduction reduction) {
  switch (reduction) {
    case ir::Reduction::Sum:
    case ir::Reduction::Average: return kernels::Reduction::Sum;
    case ir::Reduction::Minimum: return kernels::Reduction::Minimum;
    case ir::Reduction::Maximum: return kernels::Reduction::Maximum;
  }
  return kernels::Reduction::Sum;
}

/// Of the first `lanes` lanes; 0 where there are none.
double join_partials(ir::Reduction reduction, std::span<const kernels::ReducePartial> units, std::uint32_t lanes);

}  // namespace oscilla::exec
