// What a session that is recorded can go back to: a second session plays the recording again while it is made, off the
// frame's thread, and keeps snapshots. In: what the recorder's thread reads of the tape; wishes of the session's
// thread. Out: moments, to the session's swapper.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "live/background_thread.hpp"
#include "live/performance.hpp"
#include "live/player.hpp"
#include "live/swapper.hpp"
#include "oscilla/recording.hpp"

namespace oscilla::live {

class History {
 public:
  explicit History(const RecorderOptions& options);
  ~History();

  // The recorder's thread.
  void begin(const Program& program);
  void add(double host_ms, std::vector<RecordedAction> actions, std::vector<RecordedPatch> patches);
  /// No tick comes any more: what is wished of later ones is refused.
  void end();
  /// Everything so far has been played.
  void finish();

  // The session's thread.
  /// Whom moments go to; null: nobody any more, and it is not used again when this returns.
  void serve(Swapper* swapper);
  /// Ticks from here on can be gone back to.
  std::int64_t oldest() const { return oldest_.load(); }
  void go_back(const GoBack& request);

 private:
  struct Told {
    std::optional<Program> program;  ///< that it begins with; else a tick
    double host_ms = 0;
    std::vector<RecordedAction> actions;
    std::vector<RecordedPatch> patches;
  };
  void tell(Told told);
  void work();
  bool listen();
  void note(Told told);
  bool grant(bool ended);
  void find(const GoBack& wish);
  void forget_old();
  void refuse(const GoBack& wish, std::string why);
  void supersede(const GoBack& wish);

  RecorderOptions options_;
  mutable Mutex mutex_;
  std::deque<Told> told_;
  std::optional<GoBack> wished_;  ///< the newest
  Mutex swapper_mutex_;
  Swapper* swapper_ = nullptr;
  std::atomic<std::int64_t> oldest_{0};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> ended_{false};
  // Of the thread.
  Performance performance_;
  std::unique_ptr<Player> player_;
  std::unique_ptr<BackgroundThread> thread_;  ///< last: it ends first
};

}  // namespace oscilla::live
