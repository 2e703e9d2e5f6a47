// Model time. In: the host's clock, which may stand still, jump back or be nonsense. Out: time that never goes back,
// the step since the last tick, and the two phases in [0, 1). All in 64 bits.
#pragma once

#include <array>
#include <cstdint>

#include "ir/program.hpp"

namespace oscilla::runtime {

struct Clock {
  std::int64_t tick = -1;  ///< number of the current tick, from 0; -1 before the first
  double t_ms = 0;
  double dt_ms = 0;  ///< never negative; 0 in the first tick
  std::array<double, 2> periods_ms{4000, 8000};
  std::array<double, 2> offsets{};  ///< added to t / period before wrapping, so that a jump of the base can be absorbed
  std::array<double, 2> phases{};
};

/// Moves on to the next tick.
void advance(Clock& clock, double host_ms);

/// Other periods from the next tick on. No phase jumps: each goes on from where it is.
void change_periods(Clock& clock, std::array<double, 2> periods_ms);

double value_of(const Clock& clock, ir::TimeValue value);

}  // namespace oscilla::runtime
