#include "live/standard_library.hpp"

#include "lang/parse.hpp"

namespace oscilla::live {
namespace {

/// The comments above a `define` are its page in `oscilla blocks`, the one behind an output's line is that output's.
constexpr char kText[] = R"(oscilla 1

# A value that wanders and never jumps: smooth noise, followed softly.
# x: where in the noise; one hill or dale a unit
# smoothing: in this time it goes 63 % of the way
define SmoothNoise(x: any = time.tMs / 1s, smoothing: time = 400ms) -> (out) {
  out = Noise(x) | Lag(time: smoothing)  # between -1 and 1
}

# From 0 to 1 and back at an even pace, again and again.
# frequency: how often a second
define PingPong(frequency: float = 1) -> (out, phase) {
  phase = Phasor(frequency)  # one turn there and back
  out = 1 - abs(2 * phase / 1turn - 1)  # 0 at the beginning of the turn, 1 in its middle; a plain number
}

# One frame later: a UnitDelay as a lens, `x | Delay()`, where the first frame has nothing to give but 0.
# in: what comes out in the next frame
define Delay(in: any) -> (out) {
  out = UnitDelay(in)  # the value of the frame before
}

# Takes a value at every event; what it took is there one frame later, and at once.
# value: what is taken
# trigger: when it is taken
define DelayedTrigger(value: any, trigger: event) -> (out, immediate) {
  immediate = SampleAndHold(value, trigger: trigger)  # what was taken, in the frame of the event already
  out = UnitDelay(immediate)  # what was taken, one frame after the event
}

# All hues, one after the other, round and round.
# frequency: rounds a second
# saturation: 0 grey, 1 full
# value: 0 black, 1 bright
define ColorCycle(frequency: float = 0.1, saturation: float = 1, value: float = 1) -> (color, phase) {
  phase = Phasor(frequency)  # the hue
  color = hsv(phase, saturation, value)  # the colour
}
)";

}  // namespace

const patch::Patch& standard_library() {
  static const patch::Patch library = lang::parse(kText, "the library of the program");
  return library;
}

}  // namespace oscilla::live
