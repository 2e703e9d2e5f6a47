#include "exec/scan.hpp"

#include <algorithm>
#include <atomic>

#include "exec/block_program.hpp"
#include "exec/reduce.hpp"

namespace oscilla::exec {
namespace {

struct Region {
  const ScanRun* run;
  kernels::Reduction reduction;
  std::atomic<std::uint64_t> replaced{0};
};

struct Lanes {
  std::uint32_t begin, end;
};
Lanes lanes_of(const ScanRun& run, std::uint32_t unit) {
  return {unit * kUnitLanes, std::min((unit + 1) * kUnitLanes, run.lanes)};
}

double finite(float value) { return value - value == 0 ? value : 0; }

/// The unit's lanes, joined.
void total_unit(void* context, std::uint32_t unit, std::uint32_t) {
  Region& region = *static_cast<Region*>(context);
  const Lanes lanes = lanes_of(*region.run, unit);
  double total = kernels::reduce_identity(region.reduction);
  std::uint64_t replaced = 0;
  for (std::uint32_t lane = lanes.begin; lane < lanes.end; ++lane) {
    const float value = region.run->source[lane];
    replaced += value - value == 0 ? 0 : 1;
    total = kernels::reduce_join(region.reduction, total, finite(value));
  }
  region.run->units[unit] = total;
  if (replaced != 0) region.replaced.fetch_add(replaced, std::memory_order_relaxed);
}

/// Every lane with those before it in its unit, and with what is before the unit.
void scan_unit(void* context, std::uint32_t unit, std::uint32_t) {
  const Region& region = *static_cast<const Region*>(context);
  const Lanes lanes = lanes_of(*region.run, unit);
  const double before = region.run->units[unit];
  double local = kernels::reduce_identity(region.reduction);
  for (std::uint32_t lane = lanes.begin; lane < lanes.end; ++lane) {
    local = kernels::reduce_join(region.reduction, local, finite(region.run->source[lane]));
    region.run->result[lane] = static_cast<float>(kernels::reduce_join(region.reduction, before, local));
  }
}

}  // namespace

std::uint64_t run_scan(const ScanRun& run, const TaskRunner& runner) {
  Region region{&run, kernel_reduction(run.reduction)};
  const std::uint32_t units = units_of(run.lanes);
  const TaskRunner& chosen = run.lanes >= run.min_parallel_lanes ? runner : inline_runner();
  chosen.run(units, total_unit, &region);
  double before = kernels::reduce_identity(region.reduction);
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    const double total = run.units[unit];
    run.units[unit] = before;
    before = kernels::reduce_join(region.reduction, before, total);
  }
  chosen.run(units, scan_unit, &region);
  return region.replaced.load();
}

}  // namespace oscilla::exec
