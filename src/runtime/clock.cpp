#include "runtime/clock.hpp"

#include "kernels/kernel_table.hpp"

namespace oscilla::runtime {
namespace {

double wrapped(double turns) {
  double phase = 0;
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(kernels::Op::Wrap)(&turns, &phase, &zero_divisor);
  return phase;
}

/// Where a rail would be if it had always had this period.
double base_phase(double t_ms, double period_ms) { return period_ms > 0 ? t_ms / period_ms : 0; }

}  // namespace

void change_periods(Clock& clock, std::array<double, 2> periods_ms) {
  for (std::size_t rail = 0; rail < clock.phases.size(); ++rail) {
    if (periods_ms[rail] == clock.periods_ms[rail]) continue;
    clock.periods_ms[rail] = periods_ms[rail];
    clock.offsets[rail] = clock.phases[rail] - wrapped(base_phase(clock.t_ms, periods_ms[rail]));
  }
}

void advance(Clock& clock, double host_ms) {
  const bool first = clock.tick < 0;
  const bool usable = host_ms - host_ms == 0;
  const double previous = clock.t_ms;
  if (usable && (first || host_ms > previous)) clock.t_ms = host_ms;
  clock.dt_ms = first ? 0 : clock.t_ms - previous;
  ++clock.tick;
  for (std::size_t rail = 0; rail < clock.phases.size(); ++rail) {
    clock.phases[rail] = wrapped(base_phase(clock.t_ms, clock.periods_ms[rail]) + clock.offsets[rail]);
  }
}

double value_of(const Clock& clock, ir::TimeValue value) {
  switch (value) {
    case ir::TimeValue::TMs: return clock.t_ms;
    case ir::TimeValue::Dt: return clock.dt_ms;
    case ir::TimeValue::PhaseA: return clock.phases[0];
    case ir::TimeValue::PhaseB: return clock.phases[1];
  }
  return 0;
}

}  // namespace oscilla::runtime
