// Inputs from a file: what to write to which channel, and when. In: JSON Lines, `{"time": 250, "channel": "level",
// "value": 0.7}` each, for an input of events with `"key": "a"` if it has one; time in milliseconds from the first
// frame, value a number, true or false, or a list of numbers. Out: the writes in order of time (lines of one time in
// the order of the file), or what is wrong, by line.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/router.hpp"

namespace oscilla::input {

struct ScriptWrite {
  double time_ms = 0;
  std::string channel;
  std::vector<double> values;
  std::uint32_t line = 0;  ///< from 1
  std::string key;         ///< of an event; empty: the input's name
};

/// A sentence about one line.
struct ScriptProblem {
  std::uint32_t line = 0;
  std::string sentence;
};

std::expected<std::vector<ScriptWrite>, std::vector<ScriptProblem>> read_script(std::string_view text);

/// What of it reaches nobody, or not all who listen: a channel that no input listens to (once), a number of values or a
/// key that one does not take. In order of lines.
std::vector<ScriptProblem> check_script(const std::vector<ScriptWrite>& writes, std::span<const Listener> listeners);

}  // namespace oscilla::input
