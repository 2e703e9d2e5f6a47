#include "oscilla/literals.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "lang/lexer.hpp"
#include "patch/literal.hpp"

namespace oscilla {
namespace {

using lang::Token;
using lang::TokenKind;

std::string_view text_of(std::string_view text, const Token& token) {
  return text.substr(token.span.begin, token.span.end - token.span.begin);
}

/// What a value can end with: a minus behind it subtracts.
bool ends_value(TokenKind kind) {
  switch (kind) {
    case TokenKind::Name:
    case TokenKind::Kind:
    case TokenKind::Number:
    case TokenKind::Size:
    case TokenKind::Color:
    case TokenKind::String:
    case TokenKind::Bool:
    case TokenKind::RightParen:
    case TokenKind::RightBracket: return true;
    default: return false;
  }
}

NumberLiteral literal_of(std::string_view text, const Token& token, const patch::Literal& number) {
  const std::string_view word = text_of(text, token);
  const patch::NumberParts parts = patch::number_parts(word);
  NumberLiteral literal;
  literal.span = {token.span.begin, token.span.begin + static_cast<std::uint32_t>(parts.digits_end)};
  literal.value = number.value;
  literal.unit = word.substr(parts.digits_end);
  literal.whole = number.is_int;
  literal.decimals =
      parts.has_point() ? static_cast<std::uint32_t>(parts.digits_end - parts.integer_end - 1) : std::uint32_t{0};
  return literal;
}

/// Which power of ten a number above 0 begins with: -3 of 0.0025.
int exponent_of(double value) {
  const std::string text = fmt::format("{:.12e}", value);
  return std::atoi(text.c_str() + text.find('e') + 1);
}

double power_of_ten(int exponent) {
  return parse_number(fmt::format("1e{}", std::clamp(exponent, -300, 300))).value_or(1);
}

/// The smallest of 1, 2, 5, 10, 20 ... that is not below `value`.
double round_up(double value) {
  const double decade = power_of_ten(exponent_of(value));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * decade >= value * (1 - 1e-12)) return factor * decade;
  return 10 * decade;
}

constexpr double kMostWhole = 2147483647;  // of a number without a point

/// How far from 0 numbers of this unit go; 0: that depends.
double round_of(std::string_view unit) {
  constexpr double kTau = 6.283185307179586;
  return unit == "deg" ? 360 : unit == "turn" ? 1 : unit == "rad" ? kTau : 0;
}

}  // namespace

std::vector<NumberLiteral> number_literals(std::string_view text) {
  const std::vector<Token> tokens = lang::tokenize(text).tokens;
  std::vector<NumberLiteral> literals;
  bool settings = false;  // of the version or the canvas
  bool seed = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i == 0 || tokens[i - 1].kind == TokenKind::Newline) {
      const std::string_view word = text_of(text, tokens[i]);
      const bool defined = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::Assign;
      settings = !defined && (word == "oscilla" || word == "canvas");
      seed = !defined && word == "seed";
    }
    if (settings || tokens[i].kind != TokenKind::Number) continue;
    const auto number = patch::read_number(text_of(text, tokens[i]));
    if (!number) continue;
    literals.push_back(literal_of(text, tokens[i], *number));
    literals.back().seed = seed;
    if (i == 0 || tokens[i - 1].kind != TokenKind::Minus || tokens[i - 1].span.end != tokens[i].span.begin) continue;
    if (i > 1 && ends_value(tokens[i - 2].kind)) continue;
    literals.back().span.begin = tokens[i - 1].span.begin;
    literals.back().value = -literals.back().value;
  }
  return literals;
}

std::optional<NumberLiteral> literal_at(std::string_view text, std::size_t offset) {
  std::optional<NumberLiteral> before;
  for (NumberLiteral& literal : number_literals(text)) {
    const std::size_t end = literal.span.end + literal.unit.size();
    if (literal.span.begin <= offset && offset < end) return std::move(literal);
    if (offset == end) before = std::move(literal);
  }
  return before;
}

std::optional<std::size_t> text_offset(std::string_view text, const TextPosition& position) {
  if (position.line == 0 || position.column == 0) return std::nullopt;
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < position.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return std::nullopt;
    at = end + 1;
  }
  const auto continues = [&](std::size_t i) { return (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80; };
  for (std::uint32_t column = 1; column < position.column && at < text.size() && text[at] != '\n'; ++column) {
    ++at;
    while (at < text.size() && continues(at)) ++at;
  }
  return at;
}

SliderRange slider_range(const NumberLiteral& literal) {
  const double size = std::abs(literal.value);
  double high = literal.whole ? 10 : 1;
  if (const double round = round_of(literal.unit); round > 0 && size <= round)
    high = round;
  else if (size > 0)
    high = round_up(2 * size);
  if (literal.whole) high = std::max(high, 10.0);
  double step = literal.whole ? 1 : power_of_ten(exponent_of(high) - 3);
  if (!literal.whole) step = std::min(step, power_of_ten(-static_cast<int>(std::min(literal.decimals, 300u))));
  return {literal.value < 0 ? -high : 0, high, step};
}

std::string plain_decimal(double value) {
  if (!std::isfinite(value)) return "0";
  std::string text = to_text(value == 0 ? 0 : value);  // never "-0"
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text;
  // d.ddde±x: the point moves.
  const bool negative = text.front() == '-';
  std::string digits = text.substr(negative ? 1 : 0, e - (negative ? 1 : 0));
  const int exponent = std::atoi(text.c_str() + e + 1);
  const std::size_t point = digits.find('.');
  int before = static_cast<int>(point == std::string::npos ? digits.size() : point) + exponent;
  if (point != std::string::npos) digits.erase(point, 1);
  if (before <= 0)
    digits = "0." + std::string(static_cast<std::size_t>(-before), '0') + digits;
  else if (static_cast<std::size_t>(before) >= digits.size())
    digits.append(static_cast<std::size_t>(before) - digits.size(), '0');
  else
    digits.insert(static_cast<std::size_t>(before), 1, '.');
  return (negative ? "-" : "") + digits;
}

double rounded_to(double value, double step) {
  if (!std::isfinite(value)) return 0;
  const int decimals = std::clamp(-exponent_of(step), 0, 30);
  return parse_number(fmt::format("{:.{}f}", value, decimals)).value_or(value);
}

std::string with_number(std::string_view text, const NumberLiteral& literal, double value) {
  if (!std::isfinite(value)) value = 0;
  if (literal.seed) value = static_cast<double>(static_cast<std::int64_t>(std::clamp(value, 0.0, kMostWhole) + 0.5));
  std::string number = plain_decimal(value);
  // What had a point keeps one: a whole number may mean something else there.
  const bool had_point = literal.decimals > 0 && literal.unit.empty();
  const bool too_long = literal.whole && std::abs(value) > kMostWhole;
  if ((had_point || too_long) && number.find('.') == std::string::npos) number += ".0";
  const bool after_minus = literal.span.begin > 0 && text[literal.span.begin - 1] == '-';
  if (after_minus && number.front() == '-') number = " " + number;
  std::string edited(text.substr(0, literal.span.begin));
  edited += number;
  edited += text.substr(literal.span.end);
  return edited;
}

}  // namespace oscilla
