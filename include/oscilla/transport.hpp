// Time under a performer's hands: what a session plays, and from where.
#pragma once

namespace oscilla {

/// Where a session's time is.
struct Transport {
  bool playing = true;
  double speed = 1;        ///< model time per host time
  double position_ms = 0;  ///< goes where seek() puts it
  double t_ms = 0;         ///< model time, `time.tMs`: never goes back, whatever the position does
};

/// One of the two phases of `time`.
enum class Rail : unsigned char { PhaseA, PhaseB };

}  // namespace oscilla
