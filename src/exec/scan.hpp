// A running sum, minimum or maximum over the lanes of a field. Units of 4,096 lanes are joined on their own, in 64
// bits, lane after lane; what comes before a unit is joined to that. So any thread may take any unit. In: a plane. Out:
// a plane of the same lanes, narrowed once. What is not finite counts as 0.
#pragma once

#include <cstdint>

#include "base/task_runner.hpp"
#include "ir/program.hpp"

namespace oscilla::exec {

struct ScanRun {
  ir::Reduction reduction = ir::Reduction::Sum;
  const float* source = nullptr;
  float* result = nullptr;
  std::uint32_t lanes = 0;
  double* units = nullptr;               ///< room for a number per unit
  std::uint32_t min_parallel_lanes = 0;  ///< fewer are not worth more than one thread
};

/// Returns how many lanes were not finite.
std::uint64_t run_scan(const ScanRun& run, const TaskRunner& runner);

}  // namespace oscilla::exec
