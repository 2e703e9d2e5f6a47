// What a number was, frame by frame, as the rules of a doctor ask for it.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace oscilla::live {

/// How long, and how often, a number was next to one end of the range that it had.
struct NearEnd {
  bool largest = false;    ///< which end
  double share = 0;        ///< of the frames
  std::int64_t times = 0;  ///< it came there
};

struct ValueHistory {
  /// What is next to an end is found in so many frames, the last ones.
  static constexpr std::size_t kKept = 3600;

  double minimum = std::numeric_limits<double>::infinity();
  double maximum = -std::numeric_limits<double>::infinity();
  double last = 0;
  double steps = 0;             ///< sum of the changes from frame to frame
  std::int64_t at_minimum = 0;  ///< in how many frames
  std::int64_t at_maximum = 0;
  std::int64_t events = 0;
  std::int64_t frames = 0;
  bool silent = false;         ///< of an input: nothing was written
  std::vector<double> kept{};  ///< frame n at n % kKept

  void add(double value);
  double range() const { return maximum - minimum; }

  /// Of the end where it was for longer; `margin` is a part of the range. No share if it was next to one end or the
  /// other in every frame: that is a switch.
  NearEnd near_end(double margin) const;
};

}  // namespace oscilla::live
