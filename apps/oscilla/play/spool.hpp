// Everything that is played, written down from the first tick on, so that a recording can be begun at any moment and
// yet has all that it needs; and the file of the one that is being made. A full disk loses nothing: what cannot be
// written waits in memory and is tried again.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "oscilla/play/growing_file.hpp"

namespace oscilla::cli::play {

/// A recording that was made: all of `path` is needed, the ticks [from, to) are meant.
struct Take {
  std::string path;
  std::int64_t from = 0, to = 0;
  std::string trouble;  ///< why something of it is missing, or where it is instead; empty: it is whole
};

class Spool {
 public:
  /// Takes sentences about files that cannot be written, and can again; called by the thread that writes.
  using Tell = std::function<void(bool good, std::string sentence)>;

  explicit Spool(Tell tell);

  /// The recorder's thread: whole lines, the first of which says what is played, and every other one is a tick, but for
  /// the last, which says that it is over.
  void write(std::string_view lines);

  // Any thread.
  /// A recording begins here, in a new file; never replaces one. The error is a sentence.
  std::expected<void, std::string> begin(const std::string& path);
  /// It ends here. Nothing if there is none.
  std::optional<Take> end();
  bool records() const;
  /// Ticks that the recording has so far.
  std::int64_t ticks() const;

 private:
  void note(GrowingFile& file, bool& troubled);

  Tell tell_;
  mutable std::mutex mutex_;
  GrowingFile all_;  ///< a file without a name
  std::optional<GrowingFile> take_;
  std::int64_t lines_ = 0, from_ = 0;  ///< without the last
  bool complete_ = false;              ///< the last line, which says that it is over, was written
  bool all_troubled_ = false, take_troubled_ = false;
};

/// The command that makes a video of a take at full quality, for a canvas of this size.
std::string render_command(const Take& take, std::uint32_t canvas_width, std::uint32_t canvas_height);

/// "spiral-1.jsonl", for the patch "spiral.oscilla": the first number that is free in this folder, and not taken by
/// what is not there yet.
std::string free_name(std::string_view patch_path, std::string_view extension,
                      const std::function<bool(const std::string& name)>& is_taken = {});

}  // namespace oscilla::cli::play
