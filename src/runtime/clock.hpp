// Model time. In: the host's clock, which may stand still, jump or be nonsense, and the transport's wishes. Out: time
// that never goes back, the step since the last tick, and the two phases in [0, 1). All in 64 bits.
//
// Time is anchor + (host - anchor host) * speed, so that at speed 1 a host time comes through bit for bit. Whatever
// would make it jump sets a new anchor; whatever would make a phase jump goes into that rail's offset.
#pragma once

#include <array>
#include <cstdint>

#include "base/archive.hpp"
#include "ir/program.hpp"

namespace oscilla::runtime {

inline constexpr std::size_t kRails = 2;

struct Clock {
  std::int64_t tick = -1;  ///< number of the current tick, from 0; -1 before the first
  double t_ms = 0;
  double dt_ms = 0;       ///< never negative; 0 in the first tick
  double skipped_ms = 0;  ///< what seeks left out: t_ms - skipped_ms runs without a jump
  std::array<double, kRails> periods_ms{4000, 8000};
  std::array<double, kRails> offsets{};  ///< added to t / period before wrapping: the rails' gauges
  std::array<double, kRails> phases{};

  bool playing = true;
  double speed = 1;
  double behind_ms = 0;  ///< t_ms - position: how much was sought back
  double host_ms = 0;    ///< of the last tick that had a usable one
  double anchor_host_ms = 0;
  double anchor_t_ms = 0;
  bool awaits_host = false;  ///< the anchor's host time is the next tick's
  double step_ms = 0;        ///< what the next tick goes on by although time is paused
};

/// Moves on to the next tick. A host time that is not finite, or below the one before, lets time stand still for this
/// tick; it runs on from there.
void advance(Clock& clock, double host_ms);

void play(Clock& clock);
void pause(Clock& clock);
/// How fast time runs: 1 is the host's clock, 0 stands still. False, and nothing changes, for a negative speed or none.
bool set_speed(Clock& clock, double speed);
/// Further than this nobody seeks: the numbers of time stay finite, and fine enough.
inline constexpr double kMostPosition = 1e15;
/// The position becomes this one, without any time passing: dt and phases know nothing of it. Forward, time goes along;
/// back, it cannot. False beyond kMostPosition, either way.
bool seek(Clock& clock, double position_ms);
/// Pauses, and lets the next tick go on by this much. False for a negative step or none.
bool step(Clock& clock, double ms);
/// A rail runs at another period from here on. False for a period that is not above 0.
bool set_period(Clock& clock, std::size_t rail, double period_ms);

/// Time goes on from where it is, by a host whose clock shows this now; of one that is not finite, by the next that is.
void go_on_from(Clock& clock, double host_ms);

double value_of(const Clock& clock, ir::TimeValue value);

void visit(Archive& archive, Clock& clock);

}  // namespace oscilla::runtime
