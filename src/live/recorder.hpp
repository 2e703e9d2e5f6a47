// Makes text of a tape. The session's thread puts into the tape and wakes; the rest happens in the recorder's thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "live/background_thread.hpp"
#include "live/history.hpp"
#include "live/performance.hpp"
#include "live/recording_text.hpp"
#include "live/tape.hpp"
#include "oscilla/recording.hpp"

namespace oscilla::live {

class RecorderCore {
 public:
  RecorderCore(Recorder::Write write, RecorderOptions options);
  ~RecorderCore();

  /// Of the session's thread, as wake() is.
  Tape& tape() { return tape_; }
  void wake() noexcept { thread_->wake(); }
  Recorder::Health health() const;
  /// Null if nothing is kept to go back to.
  History* history() { return history_.get(); }
  void finish();
  /// Whether a session uses it, or has.
  bool used = false;

 private:
  void work();
  void read_records(std::string_view bytes, std::string& lines);
  void read_digest(TapeReader& tape, RecordedDigest& digest) const;
  void write(std::string_view lines);

  Recorder::Write write_;
  Tape tape_;
  std::unique_ptr<History> history_;
  // Of the thread.
  RecordingWriter text_;
  std::string bytes_;
  std::vector<RecordedAction> actions_;  ///< since the last tick
  std::vector<RecordedPatch> patches_;   ///< of their swaps
  std::int64_t ticks_ = 0;
  bool over_ = false;
  // For whoever asks.
  std::atomic<std::uint64_t> written_ticks_{0};
  std::atomic<std::uint64_t> written_bytes_{0};
  mutable Mutex trouble_mutex_;
  std::string trouble_;
  std::unique_ptr<BackgroundThread> thread_;  ///< last: it ends first
};

}  // namespace oscilla::live
