// The channels that devices write to: mouse, keys, gamepads, MIDI, OSC, sound. One table, which inputs of a patch are
// checked against and devices write by. A name of no such space ("sensor.7") is the patch's own.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oscilla {

struct ChannelRow {
  /// Parts between dots: a word, one of "{a|b}", a number of "<0-127>", a key "<key>", a button of a gamepad
  /// "<button>", any rest "<...>".
  std::string_view pattern;
  std::string_view doc;
};
std::span<const ChannelRow> channel_rows();

/// What is wrong with a channel's name, with the nearest right one: a sentence without its full stop; empty: nothing.
std::string channel_problem(std::string_view name);

/// The same of a key of the keyboard as `key:` names it: "spacebar" is called "space". Keys that nobody knows are keys.
std::string key_problem(std::string_view name);

/// The same of an OSC address: it begins with a slash, and has no signs that are patterns to OSC.
std::string osc_problem(std::string_view address);

/// "midi.launchkey.ch1.cc.74" without the device and the number of the MIDI channel, which a name need not have:
/// "midi.cc.74". Another name as it is.
std::string short_midi_name(std::string_view name);

}  // namespace oscilla
