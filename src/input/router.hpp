// From producers to inputs: who listens to what was played, what of it counts for a tick, and, if wanted, smoothed on
// the way. In: what was played between two ticks. Out: writes to inputs, in the order of their arrival; of an input
// that holds its last value only the last.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/producer.hpp"

namespace oscilla::input {

/// An input of a program, and the sources that it listens to ("/hit" of OSC).
struct Listener {
  std::string name;
  std::vector<std::string> sources;
  std::uint32_t components = 1;
  bool event = false;               ///< takes events, which may have keys
  bool holds = false;               ///< shows what was written last
  double smooth_ms = 0;             ///< of one that holds: it glides, with this time constant; 0: as the router has it
  std::array<double, 4> initial{};  ///< of one that holds: from here, if nothing was written yet
};

/// y of a step response: y goes to `goal` by 1 - exp(-dt / time), however dt is cut into steps.
double smoothed(double y, double goal, double dt_ms, double time_ms);

class Router {
 public:
  struct Write {
    std::uint32_t target = 0;  ///< of the listeners
    std::array<double, 4> values{};
    std::uint32_t count = 0;
    std::string_view key;  ///< of an event that has one; valid until the next call
  };

  /// Inputs that hold their value, and say nothing themselves, glide to what is written, with this time constant; 0:
  /// they jump.
  explicit Router(double smooth_ms = 0) : smooth_ms_(smooth_ms) {}

  /// These listen from now on. Those of a name that was there go on gliding.
  void bind(std::vector<Listener> listeners);

  /// What a listener shows by now. Where that is not what was written to it last, something else wrote it (a slider, a
  /// session that went back): it stays there until it is written to again.
  void hold(std::uint32_t target, std::span<const double> values);
  std::uint32_t listeners() const { return static_cast<std::uint32_t>(listeners_.size()); }

  /// False, and nothing else happens, if nobody listens to it or it does not fit who does.
  bool take(const Played& played);
  /// Everything for the next tick, which is so much later than the last.
  std::span<const Write> due(double dt_ms);
  /// After it was written.
  void clear();

  /// "did you mean `/hit`?"; or who could be meant at all.
  std::string hint(std::string_view source) const;

 private:
  struct Held {
    std::array<double, 4> goal{};
    std::array<double, 4> now{};
    std::array<double, 4> shown{};  ///< as it was written
    bool written = false;
    bool moves = false;
  };

  bool take_as(std::string_view source, const Played& played);
  void move(std::uint32_t target, double dt_ms);

  double smooth_ms_;
  std::vector<Listener> listeners_;
  std::multimap<std::string, std::uint32_t, std::less<>> targets_;  ///< by source
  std::vector<Held> held_;                                          ///< by listener
  std::vector<std::string> keys_;                                   ///< by write
  std::vector<Write> writes_;
};

}  // namespace oscilla::input
