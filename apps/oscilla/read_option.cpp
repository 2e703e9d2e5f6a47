#include "oscilla/read_option.hpp"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

namespace oscilla::cli {

std::optional<std::int64_t> read_integer(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
  return value;
}

std::expected<double, std::string> read_within(const std::string& text, double least, double most,
                                               std::string_view what) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0' && value >= least && value <= most) return value;
  return std::unexpected(fmt::format("\"{}\" is not {} from {} to {}", text, what, least, most));
}

std::expected<Size, std::string> read_size(const std::string& text) {
  constexpr std::int64_t kLargestSide = 32767;
  const std::string_view all = text;
  const std::size_t cross = all.find('x');
  if (cross != std::string_view::npos) {
    const auto width = read_integer(all.substr(0, cross), 1, kLargestSide);
    const auto height = read_integer(all.substr(cross + 1), 1, kLargestSide);
    if (width && height) return Size{static_cast<std::uint32_t>(*width), static_cast<std::uint32_t>(*height)};
  }
  return std::unexpected(fmt::format("\"{}\" is not a size like 1280x720, each side from 1 to {}", text, kLargestSide));
}

std::expected<Rate, std::string> read_rate(const std::string& text) {
  constexpr std::int64_t kMost = 1'000'000;
  const std::string_view all = text;
  const std::size_t slash = all.find('/');
  const auto numerator = read_integer(all.substr(0, slash), 1, kMost);
  const auto denominator =
      slash == std::string_view::npos ? std::optional<std::int64_t>(1) : read_integer(all.substr(slash + 1), 1, kMost);
  if (numerator && denominator) {
    return Rate{static_cast<std::uint32_t>(*numerator), static_cast<std::uint32_t>(*denominator)};
  }
  const bool is_decimal = text.find('.') != std::string::npos;
  return std::unexpected(fmt::format("\"{}\" is not a frame rate like 60 or 30000/1001{}", text,
                                     is_decimal ? "; 29.97 is that, 23.976 is 24000/1001" : ""));
}

std::expected<std::array<float, 4>, std::string> read_colour(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with('#')) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!whole || (digits.size() != 6 && digits.size() != 8)) {
    return std::unexpected(fmt::format("\"{}\" is not a colour like #0b0b12 or, with alpha, #0b0b1280", text));
  }
  if (digits.size() == 6) value = value << 8 | 0xff;
  const auto channel = [value](int shift) { return static_cast<float>(value >> shift & 0xff) / 255.0f; };
  return std::array{channel(24), channel(16), channel(8), channel(0)};
}

std::expected<LaneRange, std::string> read_lanes(const std::string& text) {
  constexpr std::int64_t kMost = 0xffffffff;
  const std::string_view all = text;
  const std::size_t colon = all.find(':');
  const auto begin = read_integer(all.substr(0, colon), 0, kMost - 1);
  const auto end = colon == std::string_view::npos ? (begin ? std::optional<std::int64_t>(*begin + 1) : std::nullopt)
                                                   : read_integer(all.substr(colon + 1), 0, kMost);
  if (begin && end && *begin < *end) {
    return LaneRange{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end)};
  }
  return std::unexpected(fmt::format("\"{}\" is not a range of lanes like 0:16 (16 not included) or one lane", text));
}

}  // namespace oscilla::cli
