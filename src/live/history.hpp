// What a session that is recorded can go back to: a second session plays the recording again while it is made, off the
// frame's thread, and keeps snapshots. In: what the recorder's thread reads of the tape; wishes of the session's
// thread. Out: moments, to the session's swapper.
#pragma once

#include <algorithm>
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
  /// A moment that the session was given, and may go back to, which the performance does not have yet.
  struct Promised {
    std::size_t next = 0;
    std::size_t until = 0;  ///< the tick by which it has gone back, or never will
  };
  /// A tick of the performance that goes back.
  struct Return {
    std::size_t tick = 0;
    std::size_t next = 0;  ///< the tick after the one that it goes back to
  };
  void tell(Told told);
  void work();
  bool listen();
  void note(Told told);
  bool grant(bool ended);
  void find(const GoBack& wish);
  void keep_after_return();
  bool is_enough(std::size_t next) const;
  void forget_old();
  std::uint32_t playing_every() const { return std::max(options_.snapshot_every, 1u); }
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
  std::deque<Promised> promised_;             ///< in the order of the wishes; who keeps one breaks those before
  std::deque<Return> returns_;                ///< in the ticks that are there
  std::unique_ptr<BackgroundThread> thread_;  ///< last: it ends first
};

}  // namespace oscilla::live
