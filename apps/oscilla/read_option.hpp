// The values that options take, from text. What cannot be read is a sentence that says what could.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace oscilla::cli {

struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

/// Frames per second as a fraction.
struct Rate {
  std::uint32_t numerator = 60;
  std::uint32_t denominator = 1;
};

/// A half-open range of lanes.
struct LaneRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0xffffffffu;
};

/// All of `text` as an integer from `least` to `most`.
std::optional<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most);

/// All of `text` as a number within bounds; `what` it is not, if it is none: "a number of seconds".
std::expected<double, std::string> read_within(const std::string& text, double least, double most,
                                               std::string_view what);

std::expected<Size, std::string> read_size(const std::string& text);                    ///< 1280x720
std::expected<Rate, std::string> read_rate(const std::string& text);                    ///< 60, 30000/1001
std::expected<std::array<float, 4>, std::string> read_colour(const std::string& text);  ///< #0b0b12, #0b0b1280
std::expected<LaneRange, std::string> read_lanes(const std::string& text);              ///< 0:16, 7

}  // namespace oscilla::cli
