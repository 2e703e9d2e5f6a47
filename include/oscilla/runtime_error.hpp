// What went wrong while a program ran and was mended: no tick fails, but nobody needs to wonder. One record for each
// kind and place; what happens again is counted. Errors are as deterministic as frames: the same on every machine, with
// every option of a session.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

enum class RuntimeErrorKind : std::uint8_t {
  CountOutsidePool,  ///< a pool was asked for fewer elements than none, for more than it has, or for no number
  DivisionByZero,    ///< a quotient or remainder that is used has no divisor; it counts as 0
  NanProduced,       ///< what is stored is not a number or infinite; 0 is stored
  BufferOverflow,    ///< more events came in a tick than there is room for; the first ones were kept (of
                     ///< voices the last ones); or more lanes fade than there is room for
  InvalidGeometry,   ///< a measure of a figure is beyond what can be drawn; the nearest is
  InvalidStyle,      ///< a dash below 0, or a stop of a gradient beyond the one before or the end
  InvalidTransform,  ///< a number of the camera is beyond what can be seen with; the nearest is used
};
inline constexpr std::size_t kRuntimeErrorKinds = 7;

/// "division_by_zero" and the like.
std::string_view name_of(RuntimeErrorKind kind);

/// The names live as long as the program.
struct RuntimeError {
  RuntimeErrorKind kind{};
  std::string_view block{};      ///< full name of the block in which it began; empty: unknown
  std::string_view port{};       ///< the value there of which it is a part: "pos.radius"
  std::string_view operation{};  ///< the op that made it; empty where it came from memory. Of a style what it is one of
  std::string_view instance{};   ///< whose lane; empty: of a signal
  std::uint32_t step = 0;        ///< of the schedule, as `dump --stage schedule` lists them: where it was found
  std::int64_t first_tick = 0;   ///< when it happened first and last; -1: before the first tick
  std::int64_t last_tick = 0;
  std::uint64_t count = 0;  ///< in how many ticks
  std::uint32_t lane = 0;   ///< the first one, when it happened first; of a style the number of the dash or stop
  std::uint8_t operand_count = 0;
  std::array<double, 6> operands{};  ///< of the operation, in that lane
  double value = 0;                  ///< of a pool, list or picture: what was asked for, when it happened last
  double used = 0;                   ///< what was used instead
};

/// "dots: 250 elements were asked for, 200 were used; in 37 ticks, the last 120".
std::string describe(const RuntimeError& error);

class Program;
/// The same as a warning with its place in the text of the program's patch.
Diagnostic to_diagnostic(const RuntimeError& error, const Program& program);

}  // namespace oscilla
