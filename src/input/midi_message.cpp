#include "input/midi_message.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace oscilla::input {
namespace {

constexpr std::string_view kSpace = "midi.";
constexpr double kMost = 127;

enum Status : std::uint8_t {
  kNoteOff = 0x8,
  kNoteOn = 0x9,
  kKeyPressure = 0xa,
  kControl = 0xb,
  kProgram = 0xc,
  kPressure = 0xd,
  kPitchBend = 0xe,
  kSystem = 0xf
};

std::size_t data_bytes(std::uint8_t status) { return status == kProgram || status == kPressure ? 1 : 2; }

}  // namespace

std::string midi_device_name(std::string_view port) {
  // ALSA ends a port's name with its client and port numbers, which change from day to day.
  if (const std::size_t space = port.rfind(' ');
      space != std::string_view::npos && port.substr(space + 1).find_first_not_of("0123456789:") == port.npos)
    port = port.substr(0, space);
  if (const std::size_t colon = port.find(':'); colon != std::string_view::npos && colon > 0)
    port = port.substr(0, colon);
  std::string name;
  for (const char c : port) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter || (c >= 'A' && c <= 'Z'))
      name += letter ? c : static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  return name.empty() ? "device" : name;
}

std::uint64_t read_midi_message(std::string_view device, std::span<const std::uint8_t> bytes, Feed& feed) {
  if (bytes.empty() || bytes[0] < 0x80) return 1;
  const auto status = static_cast<std::uint8_t>(bytes[0] >> 4);
  if (status == kSystem) return 0;
  if (bytes.size() != data_bytes(status) + 1 ||
      std::ranges::any_of(bytes.subspan(1), [](std::uint8_t byte) { return byte >= 0x80; }))
    return 1;
  const std::string head = fmt::format("{}{}.ch{}", kSpace, device, (bytes[0] & 0xf) + 1);
  const auto write = [&](const std::string& name, double value, std::string_view key = {}) {
    feed.write(head + name, std::span(&value, 1), key);
  };
  const std::string first = std::to_string(bytes[1]);
  switch (status) {
    case kNoteOn:
    case kNoteOff:
      // A velocity of 0 lets go, too.
      if (status == kNoteOn && bytes[2] != 0)
        write(".note." + first + ".on", bytes[2] / kMost, first);
      else
        write(".note." + first + ".off", 1, first);
      break;
    case kControl: write(".cc." + first, bytes[2] / kMost, first); break;
    case kPressure: write(".pressure", bytes[1] / kMost); break;
    case kPitchBend: {
      const int bend = bytes[1] + 128 * bytes[2] - 8192;
      write(".pitchbend", bend < 0 ? bend / 8192.0 : bend / 8191.0);
      break;
    }
    default: break;
  }
  return 0;
}

std::span<const MidiAlias> midi_aliases(std::string_view source, std::array<MidiAlias, 16>& room) {
  if (!source.starts_with(kSpace)) return {};
  const std::string_view rest = source.substr(kSpace.size());
  const std::size_t dot = rest.find('.'), next = rest.find('.', dot + 1);
  if (dot == rest.npos || next == rest.npos) return {};
  const std::string_view device = rest.substr(0, dot), channel = rest.substr(dot + 1, next - dot - 1);
  const std::string_view what = rest.substr(next + 1);
  std::vector<std::pair<std::string, bool>> tails{{std::string(what), false}};
  constexpr std::string_view kNote = "note.";
  if (what.starts_with(kNote)) {
    const std::string_view number = what.substr(kNote.size(), what.rfind('.') - kNote.size());
    const std::string_view end = what.substr(what.rfind('.') + 1);
    const bool released = end == "off";
    tails.emplace_back(fmt::format("note.{}", number), released);
    tails.emplace_back(fmt::format("note.{}", end), false);
    tails.emplace_back("note", released);
  }
  std::size_t count = 0;
  for (const auto& [tail, released] : tails)
    for (const std::string& head : {fmt::format("{}.{}.", device, channel), fmt::format("{}.", device),
                                    fmt::format("{}.", channel), std::string()})
      room[count++] = {fmt::format("{}{}{}", kSpace, head, tail), released};
  return std::span(room).first(count);
}

}  // namespace oscilla::input
