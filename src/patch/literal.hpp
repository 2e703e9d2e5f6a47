// What a literal's token says. In: the token as written, of a patch that was read without an error there. Out: its
// value.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oscilla::patch {

enum class Suffix : std::uint8_t { None, Milliseconds, Seconds, Minutes, Degrees, Radians, Turns };

/// `2.5s` is {2.5, false, Seconds}. `is_int`: neither point nor suffix.
struct Literal {
  double value = 0;
  bool is_int = false;
  Suffix suffix = Suffix::None;
};

/// `1280x720`.
struct SizeLiteral {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

/// Nothing if `token` is no number of the language.
std::optional<Literal> read_number(std::string_view token);

/// Nothing if `token` is no size, or a side is beyond 2147483647.
std::optional<SizeLiteral> read_size(std::string_view token);

/// `#rrggbb` or `#rrggbbaa` as sRGB and straight alpha, 0..1. `token` must be one of them.
std::array<double, 4> read_color(std::string_view token);

/// The text between the quotes, `\"` and `\\` resolved. `token` must be a string.
std::string read_string(std::string_view token);

/// "0.5" where digits of `text` stand directly on both sides of the comma at `comma`, as in `0,5`; else empty.
std::string decimal_comma(std::string_view text, std::size_t comma);

/// The suffix's spelling: "ms".
std::string_view suffix_text(Suffix suffix);

/// The suffix spelled `text`; nothing if there is none.
std::optional<Suffix> suffix_of(std::string_view text);

/// Where the parts of a number token end: the integer digits, the whole of the digits; what is left is the suffix.
struct NumberParts {
  std::size_t integer_end = 0;
  std::size_t digits_end = 0;
  bool has_point() const { return digits_end > integer_end; }
};
NumberParts number_parts(std::string_view token);

}  // namespace oscilla::patch
