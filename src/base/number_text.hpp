// Numbers to text and back, exactly: what is written reads back to the same bits, on every machine and in every locale.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oscilla {

/// The shortest decimal that reads back to the same value, without exponent for magnitudes in [1e-6, 1e15); "nan",
/// "inf", "-inf".
std::string to_text(double value);
std::string to_text(float value);

/// The whole of `text` as a decimal number; nothing if it is not one.
std::optional<double> parse_number(std::string_view text);

}  // namespace oscilla
