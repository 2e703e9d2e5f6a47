// Characters outside ASCII: decoding, and the ASCII spelling of those that only look like the language's own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oscilla::lang {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }
constexpr bool is_name_start(char c) { return is_lower(c) || c == '_'; }
constexpr bool is_name_part(char c) { return is_alphanumeric(c) || c == '_'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// One code point of UTF-8. `length` is 0 where the bytes are not UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};
CodePoint decode(std::string_view text, std::size_t at);

/// How many code points `text` has (bytes that are no UTF-8 count one each).
std::size_t code_points(std::string_view text);

/// True for C0 (but tab), DEL and C1.
bool is_control(char32_t c);

/// The ASCII spelling of a look-alike: `-` for a minus sign, `pi` for the letter; empty if it is like nothing.
std::string ascii_spelling(char32_t c);

/// True if `c` is a letter or digit of some script, so that it belongs to the word around it.
bool is_word_character(char32_t c);

}  // namespace oscilla::lang
