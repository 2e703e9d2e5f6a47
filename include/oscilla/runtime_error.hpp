// What went wrong while a program ran and was mended: no tick fails, but nobody needs to wonder. One record for each
// kind and block; what happens again is counted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oscilla {

enum class RuntimeErrorKind : std::uint8_t {
  CountOutsidePool,  ///< a pool was asked for fewer elements than none, for more than it has, or for no number
};

struct RuntimeError {
  RuntimeErrorKind kind{};
  std::string_view block;       ///< full name; lives as long as the program
  std::int64_t first_tick = 0;  ///< when it happened first and last
  std::int64_t last_tick = 0;
  std::uint64_t count = 0;  ///< how often it happened
  double value = 0;         ///< what it was that did not fit, when it happened last
  double used = 0;          ///< what was used instead
};

/// "dots: 250 elements were asked for, 200 were used; in 37 ticks, the last 120".
std::string describe(const RuntimeError& error);

}  // namespace oscilla
