// A recording as text: JSON Lines in the form of docs/replay.md. In and out: live/performance.hpp. What a file says
// stands in the text once; where it comes again it is named by its hash.
#pragma once

#include <cstdint>
#include <expected>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "live/performance.hpp"
#include "oscilla/program.hpp"

namespace oscilla::live {

/// Files up to this size are in a recording, larger ones are only named.
inline constexpr std::size_t kMostRecordedBytes = std::size_t{1} << 20;

/// Each function gives one line, its end included.
class RecordingWriter {
 public:
  std::string begin(const RecordedPatch& patch, const Program& program);
  /// `patches` are those that the actions' swaps speak of.
  std::string tick(std::int64_t number, double host_ms, std::span<const RecordedAction> actions,
                   std::span<const RecordedPatch> patches, const RecordedDigest* digest);
  /// `last` is of the last frame; null: there was none.
  std::string end(std::int64_t ticks, const RecordedDigest* last);
  std::string lost(std::int64_t ticks, std::string_view why);

 private:
  std::set<Hash128> written_;  ///< files whose content stands in the text already
};

std::expected<Performance, RecordingProblem> read_recording(std::string_view text);

}  // namespace oscilla::live
