// OSC packets (opensoundcontrol.org, 1.0): messages, alone or in bundles. In: the bytes of a datagram. Out: writes to a
// feed. Numbers of every type are values, true, false and impulses are 1, 0 and 1, and a text is the key of an event.
#pragma once

#include <cstdint>
#include <span>

#include "input/feed.hpp"

namespace oscilla::input {

/// Larger datagrams are none of ours.
inline constexpr std::size_t kMostOscBytes = 8192;

/// Returns how many messages of the packet could not be understood: what is malformed, has no number or more than four,
/// or something that is neither number nor text. Time tags are not waited for: everything counts at once.
std::uint32_t read_osc_packet(std::span<std::byte> packet, Feed& feed);

}  // namespace oscilla::input
