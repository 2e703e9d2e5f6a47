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

/// An input that a script may write to: its own name, the channel that it listens to, and how many values it takes.
struct ScriptTarget {
  std::string_view name;
  std::string_view listens_to;
  std::uint32_t components = 1;
  bool event = false;  ///< it takes events, which may have a key
};

/// A write with its input, an index into the targets. What a channel's name means to several inputs is written to all.
struct BoundWrite {
  double time_ms = 0;
  std::uint32_t target = 0;
  std::vector<double> values;
  std::string key;  ///< of an event; empty: the input's name
};

struct BoundScript {
  std::vector<BoundWrite> writes;
  std::vector<ScriptProblem>
      problems;  ///< what is left out: a channel that no input has (once), values that do not fit
};

/// Finds the input of every write.
BoundScript bind_script(const std::vector<ScriptWrite>& writes, std::span<const ScriptTarget> targets);

}  // namespace oscilla::input
