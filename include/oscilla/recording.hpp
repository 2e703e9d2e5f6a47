// A performance written down while it is played, and read again: everything that reached a session, in a text that
// people can read (docs/replay.md). What plays it again is in replay.hpp.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla {

/// Grows when the form of a recording changes so that an older reader would misunderstand it.
inline constexpr std::uint32_t kRecordingVersion = 1;

namespace live {
class RecorderCore;
struct Performance;
}  // namespace live

struct RecorderOptions {
  /// Every so many ticks, and at swaps, the digest of the frame is written down; 1: of every frame. 0 counts as 1.
  std::uint32_t digest_every = 60;
  /// So many ticks back Session::restore() can go; 0: none. A second session plays everything again in a thread of its
  /// own, and keeps a snapshot every `snapshot_every` ticks.
  std::uint32_t rewind_ticks = 0;
  std::uint32_t snapshot_every = 60;
  std::uint32_t rewind_threads = 1;  ///< of the second session
};

/// Writes down what a session is told (Session::record). The session's thread only puts bytes into a ring of fixed
/// size; a thread of the recorder's own makes text of them. Where there are no threads (WebAssembly) the text is made
/// between two ticks. A writer so slow that the ring is full ends the recording, never delays a frame.
class Recorder {
 public:
  /// Takes whole lines, in order; called by the recorder's thread. What it returns, if it is not empty, says why it
  /// cannot go on: that ends the recording.
  using Write = std::function<std::string(std::string_view lines)>;

  explicit Recorder(Write write, RecorderOptions options = {});
  /// Everything that was recorded has been written when it returns.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  struct Health {
    std::uint64_t ticks = 0;  ///< that were written
    std::uint64_t bytes = 0;
    std::string trouble{};  ///< why the recording ended before its time; empty: it did not
  };
  /// Any thread.
  Health health() const;
  /// Returns when everything that was recorded so far has been written.
  void finish();

  /// For the engine itself.
  live::RecorderCore& core() { return *core_; }

 private:
  std::unique_ptr<live::RecorderCore> core_;
};

/// Why a text is no recording, or one that this engine cannot play.
struct RecordingProblem {
  std::size_t line = 0;  ///< from 1; 0: of the whole
  std::string message;   ///< a sentence without its full stop
};

/// A recording that was read; cheap to copy.
class Recording {
 public:
  /// Reads as far as the text goes: where it is cut, in the middle of a line or between two, the ticks before are the
  /// recording. An error if the first line, which says what is played, is not whole, if a line in the middle is none,
  /// or if it was made in another form.
  static std::expected<Recording, RecordingProblem> read(std::string_view text);

  std::int64_t ticks() const;
  /// How many digests of frames it has.
  std::size_t digests() const;
  /// How many patches took over while it ran.
  std::size_t swaps() const;
  /// It was ended in order: nothing is missing.
  bool complete() const;
  /// Why it ended before its time; empty: see complete().
  std::string_view trouble() const;
  std::string_view engine() const;      ///< the version that made it
  std::string_view patch_name() const;  ///< of its first patch
  std::string_view patch_text() const;
  std::uint32_t frame_version() const;  ///< of the frames that its digests are of
  std::optional<std::uint32_t> seed() const;

  /// For the engine itself.
  const live::Performance& performance() const { return *performance_; }

 private:
  std::shared_ptr<const live::Performance> performance_;
};

}  // namespace oscilla
