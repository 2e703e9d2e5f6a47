// Frames against the clock: when the next one is due, which ones were late, how long they took. A frame that cannot be
// shown in time is left out; the one after it comes when it is due.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/read_option.hpp"

namespace oscilla::cli {

/// Nanoseconds of a clock that never goes back.
std::uint64_t steady_nanoseconds();

class Pace {
 public:
  explicit Pace(Rate rate) : rate_(rate), begin_(steady_nanoseconds()) {}

  /// Counts from now on; before the first frame.
  void restart() { begin_ = steady_nanoseconds(); }
  /// The time of the frame that is due, in milliseconds.
  double begin_frame();
  void end_frame();
  void wait_for_next() const;
  double elapsed_ms() const;
  /// Frames that were left out so far.
  std::uint64_t late() const { return late_; }
  /// What a frame has time for.
  std::uint64_t budget_nanoseconds() const { return due(1) - due(0); }

  struct Health {
    std::uint64_t frames = 0;
    std::uint64_t late = 0;  ///< frames that were left out because another took too long
    std::uint64_t median_nanoseconds = 0;
    std::uint64_t p99_nanoseconds = 0;
    std::uint64_t budget_nanoseconds = 0;
  };
  Health health() const;

 private:
  /// Frame durations fall into so many classes, each twice as fine as a factor of two.
  static constexpr std::size_t kClasses = 128;

  std::uint64_t due(std::int64_t frame) const;
  std::uint64_t quantile(double share) const;

  Rate rate_;
  std::uint64_t begin_;
  std::uint64_t frame_begin_ = 0;
  std::int64_t frame_ = -1;
  std::uint64_t frames_ = 0;
  std::uint64_t late_ = 0;
  std::vector<std::uint64_t> durations_ = std::vector<std::uint64_t>(kClasses);
};

}  // namespace oscilla::cli
