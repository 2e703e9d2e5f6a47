// A MIDI message -> the channels that it writes to. In: the bytes of one message of a device. Out: writes to
// "midi.DEVICE.chN.cc.K", ".note.K.on", ".note.K.off", ".pitchbend", ".pressure".
// Source: MIDI 1.0 Detailed Specification, table 1 (channel voice messages).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "input/feed.hpp"

namespace oscilla::input {

/// "Launchkey Mini MK3 20:0" as a part of a channel's name: "launchkey_mini_mk3".
std::string midi_device_name(std::string_view port);

/// 0 for a message that was understood, or that no channel has (clock, active sensing, system exclusive, aftertouch of
/// single keys, programs); else 1.
std::uint64_t read_midi_message(std::string_view device, std::span<const std::uint8_t> bytes, Feed& feed);

/// The shorter names under which a MIDI write counts as well, beside its own: without the device, without the number of
/// the MIDI channel, of a note without its number and without what happened to it.
struct MidiAlias {
  std::string name;
  bool is_release = false;  ///< a key that is let go, under the name of the key: its value is 0
};
std::span<const MidiAlias> midi_aliases(std::string_view source, std::array<MidiAlias, 16>& room);

}  // namespace oscilla::input
