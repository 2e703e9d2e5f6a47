// The inputs of a patch (`input name = Kind(...)`), as the outside sees them.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace oscilla {

/// What an input does with what is written to it.
enum class ChannelKind : std::uint8_t {
  Value,       ///< holds the last value
  Pulse,       ///< shows it for one tick, then 0
  Accumulate,  ///< shows the sum of what was written since the last tick
  Latch,       ///< holds the first value that is not 0, until 0 is written
  Event,       ///< every event {key, value} that was written since the last tick, in the order of arrival
};

/// An input, by its place in Program::channels().
struct ChannelInfo {
  std::string name;
  ChannelKind kind = ChannelKind::Value;
  std::uint32_t components = 1;
  // Where the patch asks it to listen besides its name; empty: nowhere.
  std::string channel;
  std::string osc;
  std::string midi;
  std::string key;
  double smooth_ms = 0;             ///< whoever writes lets it glide there with this time constant; 0: it jumps
  std::array<double, 4> initial{};  ///< its value until something is written, by component
};

}  // namespace oscilla
