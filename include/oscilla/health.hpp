// How a running session is: the times of its frames, what they were spent on, memory, edits, and what went wrong. A
// host that runs against a clock tells a monitor of every frame and gets a snapshot five times a second.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/runtime_error.hpp"

namespace oscilla {

class Session;

/// Errors of one kind, since they were acknowledged, also those of programs that run no longer.
struct HealthError {
  RuntimeErrorKind kind{};
  std::uint32_t places = 0;  ///< in the patch; up to 32 of earlier programs are told apart
  std::uint64_t count = 0;   ///< ticks in which it happened, over all places
  std::int64_t last_tick = 0;
  std::string first;  ///< describe() of the first of them
};

struct Health {
  std::uint64_t frames = 0;   ///< so far
  std::uint64_t late = 0;     ///< took longer than there was time for
  std::uint64_t dropped = 0;  ///< were left out
  std::uint64_t budget_nanoseconds = 0;
  // Of the last frames, up to 600: tick and output together.
  std::uint64_t median_nanoseconds = 0;
  std::uint64_t p99_nanoseconds = 0;
  std::uint64_t most_nanoseconds = 0;
  // Since the last snapshot: what the time of frames went to, in parts of 1; all 0 if nothing was measured.
  double evaluation = 0;  ///< signals, events, fields, reductions, with state and packing
  double assembly = 0;    ///< drawing order, frame, commit
  double output = 0;      ///< what the host did with the frame
  std::uint64_t memory_bytes = 0;
  std::uint64_t swaps = 0;          ///< programs that took over
  std::vector<HealthError> errors;  ///< in the order of RuntimeErrorKind
};

/// What a frame took, by the host's clock; in nanoseconds.
struct FrameCost {
  std::uint64_t tick = 0;     ///< Session::tick
  std::uint64_t output = 0;   ///< what was done with the frame
  std::uint64_t dropped = 0;  ///< frames that were left out before it
};

/// Reads no clock: times come from the host, steps from a session that measures (Session::measure).
class HealthMonitor {
 public:
  static constexpr std::uint64_t kInterval = 200'000'000;  ///< between two snapshots, nanoseconds

  explicit HealthMonitor(std::uint64_t budget_nanoseconds);

  /// After a frame, at `now` nanoseconds of a clock that never goes back: a snapshot if one is due. Allocates only
  /// then.
  std::optional<Health> add(const Session& session, const FrameCost& cost, std::uint64_t now);
  /// A snapshot now.
  Health snapshot(const Session& session);

 private:
  std::uint64_t budget_;
  std::uint64_t frames_ = 0, late_ = 0, dropped_ = 0;
  std::uint64_t next_ = 0;             ///< when the next snapshot is due
  std::vector<std::uint64_t> recent_;  ///< a ring of what frames took
  // Since the last snapshot.
  std::uint64_t ticks_ = 0, output_ = 0;
  std::uint64_t evaluation_before_ = 0, assembly_before_ = 0;
};

}  // namespace oscilla
