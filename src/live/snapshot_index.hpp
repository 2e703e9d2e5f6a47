// Snapshots of a performance as one file. In: what a player has kept. Out: bytes; and again what was kept, of the same
// performance as far as it reaches: a recording that has grown since can use it, another one cannot.
//
// The form: "oscsnaps"; u32 version; u32 number of snapshots; of each, by ascending tick: u64 the tick that comes next;
// u32 the patch that runs, counted as they come in the recording; the hash of all that was played until then; u32
// number of bytes, the bytes.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "live/performance.hpp"
#include "live/player.hpp"

namespace oscilla::live {

std::vector<std::byte> write_index(const Performance& performance, const KeptMoments& kept);

/// The error is a sentence without its full stop.
std::expected<KeptMoments, std::string> read_index(const Performance& performance, std::span<const std::byte> bytes);

}  // namespace oscilla::live
