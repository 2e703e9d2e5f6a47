// Everything that later frames depend on, as bytes: what a session is between two ticks. In: a session's parts. Out:
// bytes, checksummed, of a form with a version; and the parts again, for the same program, on any machine, with any
// options. What can be computed anew from the program is not in them.
//
// The form: "oscsnap\n"; u32 version; u32 engine version; the program's hash (who calls says what it is: equal iff the
// patch, its files and its seed are); i64 tick; u64 number of all bytes; the parts, each as its visit() lists it;
// XXH3-128 of all before. Numbers are little endian, nothing is padded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "runtime/cache_store.hpp"
#include "runtime/channels.hpp"
#include "runtime/clock.hpp"
#include "runtime/key_names.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// Goes up when the form changes. What an older one lacks is filled in where it is read, or it is refused.
inline constexpr std::uint32_t kSnapshotVersion = 1;

/// A session between two ticks.
struct Moment {
  Clock clock;
  ProgramState state;
  Channels channels;
  KeyNames key_names;
};

/// The same, where it is.
struct MomentParts {
  Clock& clock;
  ProgramState& state;
  Channels& channels;
  KeyNames& key_names;
};

/// Changes nothing of the parts.
std::vector<std::byte> write_snapshot(const MomentParts& parts, Hash128 program_hash);

/// Of a program with this hash. What is wrong is a sentence without its full stop.
std::expected<Moment, std::string> read_snapshot(std::span<const std::byte> bytes, Hash128 program_hash,
                                                 std::shared_ptr<const ir::Program> program, const RunOptions& options,
                                                 CacheStore& caches);

/// Passes that later pictures show again, or compare with, and what fades: a part of a snapshot.
void visit_pictures(Archive& archive, ProgramState& state);

}  // namespace oscilla::runtime
