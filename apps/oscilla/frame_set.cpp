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

template <class Wanted>
std::optional<FrameSet> FrameSet::chosen(Wanted wanted) const {
  std::vector<FrameRange> ranges;
  std::int64_t place = 0;
  for (const FrameRange range : ranges_)
    for (std::int64_t frame = range.begin; frame < range.end; ++frame, ++place) {
      if (!wanted(place)) continue;
      if (!ranges.empty() && ranges.back().end == frame)
        ++ranges.back().end;
      else
        ranges.push_back({frame, frame + 1});
    }
  if (ranges.empty()) return std::nullopt;
  return FrameSet(std::move(ranges));
}

std::optional<FrameSet> FrameSet::share(std::int64_t part, std::int64_t parts) const {
  const std::int64_t all = count();
  const std::int64_t begin = all * part / parts, end = all * (part + 1) / parts;
  return chosen([=](std::int64_t place) { return place >= begin && place < end; });
}

std::optional<FrameSet> FrameSet::every(std::int64_t step, std::int64_t first) const {
  return chosen([=](std::int64_t place) { return place % step == first; });
}

std::int64_t FrameSet::count() const {
  std::int64_t count = 0;
  for (const FrameRange range : ranges_) count += range.end - range.begin;
  return count;
}

}  // namespace oscilla::cli
