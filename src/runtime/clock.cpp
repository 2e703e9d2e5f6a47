#include "runtime/clock.hpp"

#include "kernels/kernel_table.hpp"

namespace oscilla::runtime {
namespace {

bool finite(double x) { return x - x == 0; }

double wrapped(double turns) {
  double phase = 0;
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(kernels::Op::Wrap)(&turns, &phase, &zero_divisor);
  return phase;
}

double base_of(const Clock& clock, std::size_t rail) {
  const double period = clock.periods_ms[rail];
  return period > 0 ? clock.t_ms / period : 0;
}

/// From here on time goes on from where it is, by the host's clock as it was in the last tick.
void set_anchor(Clock& clock) {
  clock.anchor_t_ms = clock.t_ms;
  clock.anchor_host_ms = clock.host_ms;
  clock.awaits_host = clock.tick < 0;
}

/// The rail's base has changed: its phase stays.
void absorb(Clock& clock, std::size_t rail) {
  clock.offsets[rail] = wrapped(clock.phases[rail] - base_of(clock, rail));
}

/// The time of the next tick, before it is known to be one.
double next_time(Clock& clock, double host_ms) {
  if (!clock.playing) return clock.t_ms + clock.step_ms;
  if (!finite(host_ms)) return clock.t_ms;
  if (clock.awaits_host) {
    clock.anchor_host_ms = host_ms;
    clock.awaits_host = false;
  }
  if (clock.tick >= 0 && host_ms < clock.host_ms) {
    clock.host_ms = host_ms;
    set_anchor(clock);
  }
  return clock.anchor_t_ms + (host_ms - clock.anchor_host_ms) * clock.speed;
}

}  // namespace

void advance(Clock& clock, double host_ms) {
  const bool first = clock.tick < 0;
  const double previous = clock.t_ms;
  const double next = next_time(clock, host_ms);
  if (finite(next) && (first || next > previous)) clock.t_ms = next;
  if (finite(host_ms)) clock.host_ms = host_ms;
  clock.dt_ms = first ? 0 : clock.t_ms - previous;
  clock.step_ms = 0;
  ++clock.tick;
  for (std::size_t rail = 0; rail < kRails; ++rail)
    clock.phases[rail] = wrapped(base_of(clock, rail) + clock.offsets[rail]);
}

void play(Clock& clock) {
  if (clock.playing) return;
  clock.playing = true;
  set_anchor(clock);
}

void pause(Clock& clock) { clock.playing = false; }

bool set_speed(Clock& clock, double speed) {
  if (!finite(speed) || speed < 0) return false;
  if (speed == clock.speed) return true;
  clock.speed = speed;
  set_anchor(clock);
  return true;
}

bool seek(Clock& clock, double position_ms) {
  if (!(position_ms >= -kMostPosition && position_ms <= kMostPosition)) return false;
  const double jump = position_ms - (clock.t_ms - clock.behind_ms);
  if (jump <= 0) {
    clock.behind_ms -= jump;
  } else {
    clock.t_ms += jump;
    clock.skipped_ms += jump;
    for (std::size_t rail = 0; rail < kRails; ++rail) absorb(clock, rail);
  }
  set_anchor(clock);
  return true;
}

bool step(Clock& clock, double ms) {
  if (!finite(ms) || ms < 0) return false;
  clock.playing = false;
  clock.step_ms += ms;
  return true;
}

bool set_period(Clock& clock, std::size_t rail, double period_ms) {
  if (!finite(period_ms) || period_ms <= 0) return false;
  clock.periods_ms[rail] = period_ms;
  absorb(clock, rail);
  return true;
}

void go_on_from(Clock& clock, double host_ms) {
  if (finite(host_ms)) clock.host_ms = host_ms;
  set_anchor(clock);
}

double value_of(const Clock& clock, ir::TimeValue value) {
  switch (value) {
    case ir::TimeValue::TMs: return clock.t_ms;
    case ir::TimeValue::Dt: return clock.dt_ms;
    case ir::TimeValue::PhaseA: return clock.phases[0];
    case ir::TimeValue::PhaseB: return clock.phases[1];
    case ir::TimeValue::Running: return clock.t_ms - clock.skipped_ms;
  }
  return 0;
}

void visit(Archive& archive, Clock& clock) {
  archive(clock.tick, clock.t_ms, clock.dt_ms, clock.skipped_ms, clock.periods_ms, clock.offsets, clock.phases);
  archive(clock.playing, clock.speed, clock.behind_ms, clock.host_ms, clock.anchor_host_ms, clock.anchor_t_ms);
  archive(clock.awaits_host, clock.step_ms);
  archive.require(clock.tick >= -1 && finite(clock.t_ms) && finite(clock.speed) && clock.speed >= 0);
}

}  // namespace oscilla::runtime
