// Which frames: "30", "0:120" (half open), and lists of them, "0,30,60:90". In increasing order, each frame once.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla::cli {

inline constexpr std::int64_t kLastFrame = 1'000'000'000;  ///< half a year at 60 frames per second

struct FrameRange {
  std::int64_t begin = 0;
  std::int64_t end = 1;  ///< one past the last
};

class FrameSet {
 public:
  static FrameSet one(std::int64_t frame) { return FrameSet({{frame, frame + 1}}); }
  static std::expected<FrameSet, std::string> parse(std::string_view text);

  /// Of `parts` shares of nearly equal size, one after the other, share number `part`; nothing if it has no frame.
  std::optional<FrameSet> share(std::int64_t part, std::int64_t parts) const;
  /// Every `step`th frame, from number `first` of them on; nothing if there is none.
  std::optional<FrameSet> every(std::int64_t step, std::int64_t first) const;

  /// Disjoint, sorted, not empty.
  const std::vector<FrameRange>& ranges() const { return ranges_; }
  std::int64_t count() const;
  std::int64_t last() const { return ranges_.back().end - 1; }

 private:
  /// The frames whose place, counted from 0, `wanted` accepts.
  template <class Wanted>
  std::optional<FrameSet> chosen(Wanted wanted) const;
  explicit FrameSet(std::vector<FrameRange> ranges) : ranges_(std::move(ranges)) {}
  std::vector<FrameRange> ranges_;
};

}  // namespace oscilla::cli
