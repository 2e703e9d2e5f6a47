// A recording as data: what a text of docs/replay.md says, and what the recorder makes such a text of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "live/long_list.hpp"
#include "oscilla/asset.hpp"
#include "oscilla/frame.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/recording.hpp"

namespace oscilla::live {

/// A file that a patch reads: its text, or the mesh or drawing in it, or what these were.
struct RecordedFile {
  enum class Kind : std::uint8_t { Text, Mesh, Drawing };
  std::string user;  ///< the file that names it
  std::string path;  ///< as it does
  std::string name;
  Hash128 content;  ///< of a text its bytes', else of what is in it
  Kind kind = Kind::Text;
  std::shared_ptr<const std::string> text{};  ///< null: it was too large to be recorded
  std::shared_ptr<const Mesh> mesh{};
  std::shared_ptr<const Drawing> drawing{};
};

struct RecordedPatch {
  std::string name;
  std::string text;
  std::vector<RecordedFile> files;
};

struct RecordedAction {
  enum class Kind : std::uint8_t { Set, Send, Play, Pause, Speed, Seek, Step, Period, Swap, Restore };
  Kind kind{};
  std::string channel{};         ///< Set, Send
  std::string key{};             ///< Send
  std::vector<double> values{};  ///< Set, Send; the number of Speed, Seek, Step and Period
  std::uint8_t rail = 0;         ///< Period
  std::uint32_t patch = 0;       ///< Swap: of Performance::patches
  std::uint32_t rehearsals = 0;  ///< Swap: in how many ticks before this one
  std::uint64_t tick = 0;        ///< Restore: everything is what it was after this tick
};

/// 32 bits of each hash of frame/digest.hpp, and the whole one of the frame.
struct RecordedDigest {
  struct OfPass {
    std::string name;
    std::uint32_t header = 0;
    std::uint32_t order = 0;
    std::vector<std::uint32_t> units;
    bool operator==(const OfPass&) const = default;
  };
  Hash128 frame;
  std::uint32_t scalars = 0;
  std::vector<OfPass> passes;
};

inline constexpr std::uint32_t kNoDigest = ~0u;

struct RecordedTick {
  double host_ms = 0;  ///< NaN: not finite
  std::size_t first_action = 0;
  std::uint32_t actions = 0;
  std::uint32_t digest = kNoDigest;  ///< of Performance::digests
};

struct Performance {
  std::string engine;
  std::uint32_t frame_version = 0;
  std::optional<std::uint32_t> seed;
  LongList<RecordedPatch> patches;  ///< the one that it begins with, then those that took over
  LongList<RecordedAction> actions;
  LongList<RecordedTick> ticks;
  std::vector<RecordedDigest> digests;
  bool complete = false;
  std::string trouble;
};

/// A patch with all files that it reads.
RecordedPatch recorded_patch(const Patch& patch);
/// The frame's.
RecordedDigest recorded_digest(const RenderFrame& frame);

}  // namespace oscilla::live
