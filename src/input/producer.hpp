// Whatever plays the inputs of a patch, by one small interface: OSC, MIDI, a file of writes, a sound; mouse, keys and
// gamepads where there is a window.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace oscilla::input {

/// A write to whoever listens to `source`: a channel ("midi.cc.74", "audio.rms"), an OSC address ("/hit"), the name of
/// an input. `key` is that of an event, or empty. Views are valid until take() returns.
struct Played {
  std::string_view source;
  std::span<const double> values;  ///< one to four, finite
  std::string_view key;
};
using TakePlayed = std::function<void(const Played&)>;

struct ProducerCounts {
  std::uint64_t writes = 0;
  std::uint64_t dropped = 0;    ///< there was no room
  std::uint64_t malformed = 0;  ///< could not be understood
};

class Producer {
 public:
  virtual ~Producer() = default;
  /// The frame's thread, before the tick of this time, which never goes back: what has been played since the last call,
  /// in order. Never waits.
  virtual void drain(double t_ms, const TakePlayed& take) = 0;
  virtual ProducerCounts counts() const = 0;
  /// "OSC"; empty for a file, of which it is known beforehand what nobody listens to.
  virtual std::string_view device() const { return {}; }
};

}  // namespace oscilla::input
