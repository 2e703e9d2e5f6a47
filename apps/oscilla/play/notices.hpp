// Short sentences that appear in a corner of the window and fade; times are the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace oscilla::cli::play {

class Notices {
 public:
  enum class Tone : std::uint8_t { Plain, Good, Bad };
  struct Notice {
    Tone tone = Tone::Plain;
    std::string text;
    double born = 0;  ///< seconds
    std::uint64_t count = 1;
  };

  void add(Tone tone, std::string text, double now);
  /// Forgets those that have faded.
  void age(double now);
  void clear() { notices_.clear(); }
  bool empty() const { return notices_.empty(); }
  const std::deque<Notice>& all() const { return notices_; }
  /// 1, and at last down to 0.
  static double opacity(const Notice& notice, double now);

 private:
  static constexpr std::size_t kMost = 6;
  std::deque<Notice> notices_;  ///< the oldest first
};

}  // namespace oscilla::cli::play
