#include "patch/literal.hpp"

#include "base/number_text.hpp"

namespace oscilla::patch {
namespace {

constexpr double kMaxSide = 2147483647.0;
constexpr std::string_view kSuffixes[] = {"", "ms", "s", "min", "deg", "rad", "turn"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::size_t skip_digits(std::string_view token, std::size_t at) {
  while (at < token.size() && is_digit(token[at])) ++at;
  return at;
}

std::uint32_t hex_digit(char c) {
  return static_cast<std::uint32_t>(is_digit(c) ? c - '0' : is_upper(c) ? c - 'A' + 10 : c - 'a' + 10);
}

}  // namespace

std::string decimal_comma(std::string_view text, std::size_t comma) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (comma >= text.size() || text[comma] != ',') return {};
  std::size_t begin = comma, end = comma + 1;
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (begin == comma || end == comma + 1) return {};
  const char before = begin == 0 ? ' ' : text[begin - 1];
  const bool other = before == '.' || before == '_' || before == '#' || (before >= 'a' && before <= 'z') ||
                     (before >= 'A' && before <= 'Z');
  if (other) return {};
  return std::string(text.substr(begin, comma - begin)) + "." + std::string(text.substr(comma + 1, end - comma - 1));
}

std::string_view suffix_text(Suffix suffix) { return kSuffixes[static_cast<std::size_t>(suffix)]; }

std::optional<Suffix> suffix_of(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kSuffixes); ++i)
    if (kSuffixes[i] == text) return static_cast<Suffix>(i);
  return std::nullopt;
}

NumberParts number_parts(std::string_view token) {
  NumberParts parts;
  parts.integer_end = parts.digits_end = skip_digits(token, 0);
  const std::size_t point = parts.integer_end;
  if (point + 1 < token.size() && token[point] == '.' && is_digit(token[point + 1]))
    parts.digits_end = skip_digits(token, point + 1);
  return parts;
}

std::optional<Literal> read_number(std::string_view token) {
  const NumberParts parts = number_parts(token);
  if (parts.digits_end == 0) return std::nullopt;
  const std::optional<Suffix> suffix = suffix_of(token.substr(parts.digits_end));
  const std::optional<double> value = parse_number(token.substr(0, parts.digits_end));
  if (!suffix || !value) return std::nullopt;
  return Literal{*value, !parts.has_point() && *suffix == Suffix::None, *suffix};
}

std::optional<SizeLiteral> read_size(std::string_view token) {
  const std::size_t cross = token.find('x');
  if (cross == std::string_view::npos) return std::nullopt;
  const std::optional<Literal> width = read_number(token.substr(0, cross));
  const std::optional<Literal> height = read_number(token.substr(cross + 1));
  if (!width || !height || !width->is_int || !height->is_int) return std::nullopt;
  if (width->value > kMaxSide || height->value > kMaxSide) return std::nullopt;
  return SizeLiteral{static_cast<std::uint32_t>(width->value), static_cast<std::uint32_t>(height->value)};
}

std::array<double, 4> read_color(std::string_view token) {
  std::array<double, 4> color = {0, 0, 0, 1};
  for (std::size_t i = 0; i < 4 && 2 * i + 2 < token.size(); ++i)
    color[i] = (16 * hex_digit(token[2 * i + 1]) + hex_digit(token[2 * i + 2])) / 255.0;
  return color;
}

std::string read_string(std::string_view token) {
  std::string text;
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (token[i] == '\\' && i + 2 < token.size()) ++i;
    text += token[i];
  }
  return text;
}

}  // namespace oscilla::patch
