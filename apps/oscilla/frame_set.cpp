#include "oscilla/frame_set.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "oscilla/read_option.hpp"

namespace oscilla::cli {
namespace {

std::expected<FrameRange, std::string> parse_range(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    const auto frame = read_integer(text, 0, kLastFrame);
    if (!frame) return std::unexpected(fmt::format("\"{}\" is not a frame number from 0 to {}", text, kLastFrame));
    return FrameRange{*frame, *frame + 1};
  }
  const auto begin = read_integer(text.substr(0, colon), 0, kLastFrame);
  const auto end = read_integer(text.substr(colon + 1), 0, kLastFrame + 1);
  if (!begin || !end) return std::unexpected(fmt::format("\"{}\" is not a range like 0:120 (120 not included)", text));
  if (*begin >= *end) return std::unexpected(fmt::format("\"{}\" holds no frame: the end is not included", text));
  return FrameRange{*begin, *end};
}

/// Sorted, and joined where they touch.
std::vector<FrameRange> normalise(std::vector<FrameRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](FrameRange a, FrameRange b) { return a.begin < b.begin; });
  std::vector<FrameRange> joined;
  for (const FrameRange range : ranges) {
    if (!joined.empty() && range.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, range.end);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

}  // namespace

std::expected<FrameSet, std::string> FrameSet::parse(std::string_view text) {
  std::vector<FrameRange> ranges;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const auto range = parse_range(text.substr(0, comma));
    if (!range) return std::unexpected(range.error());
    ranges.push_back(*range);
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
  }
  return FrameSet(normalise(std::move(ranges)));
}

std::int64_t FrameSet::count() const {
  std::int64_t count = 0;
  for (const FrameRange range : ranges_) count += range.end - range.begin;
  return count;
}

}  // namespace oscilla::cli
