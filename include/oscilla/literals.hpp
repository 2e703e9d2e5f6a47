// The numbers that stand in a patch's text, for tools that let somebody turn them: where they are, what they say, how
// far a slider goes, and the text with another number there. Everything else keeps every byte: units, comments, layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

/// A number as it is written. Those of the version line and of the canvas line are none.
struct NumberLiteral {
  Span span;                   ///< its digits, with a sign that is its own; without the unit
  double value = 0;            ///< in its unit
  std::string unit{};          ///< as written: "ms"; empty: none
  bool whole = false;          ///< without a point or a unit: where a count stands nothing else may
  bool seed = false;           ///< of the seed line: whole and not negative, whatever it is replaced by
  std::uint32_t decimals = 0;  ///< behind the point
};

/// All numbers of a text, in its order; of any text, also one that does not read.
std::vector<NumberLiteral> number_literals(std::string_view text);

/// The one that a cursor before byte `offset` is in or next to.
std::optional<NumberLiteral> literal_at(std::string_view text, std::size_t offset);

/// Where a line and column, both from 1 and the latter in code points, are in a text: at the end of the line where it
/// is shorter. Nothing if there is no such line.
std::optional<std::size_t> text_offset(std::string_view text, const TextPosition& position);

/// A range that makes sense to try, with the number in it.
struct SliderRange {
  double low = 0;
  double high = 1;
  double step = 0.001;  ///< a power of ten; 1 for whole numbers
};
SliderRange slider_range(const NumberLiteral& literal);

/// A number as a patch may say it: plain, never with an exponent, and no longer than it must be. What is not finite
/// is "0".
std::string plain_decimal(double value);

/// A number with no more digits behind the point than the step has.
double rounded_to(double value, double step);

/// The text with another number in the place of a literal of it.
std::string with_number(std::string_view text, const NumberLiteral& literal, double value);

}  // namespace oscilla
