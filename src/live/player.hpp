// Plays a performance on a session of its own, tick by tick, or from any tick that it has kept. In: a performance,
// which may grow. Out: frames; snapshots. Any thread, one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "live/performance.hpp"
#include "oscilla/replay.hpp"

namespace oscilla::live {

struct PlayerOptions {
  SessionOptions session{};
  CompileOptions compile{};
  ReadSource read{};
  ReadAsset read_asset{};
  std::uint32_t keep_every = 0;  ///< ticks; 0: only those that the performance goes back to
};

/// A session after a tick.
struct KeptMoment {
  std::uint32_t patch = 0;  ///< that runs, of Performance::patches
  bool resumes = true;      ///< no edit was on its way: who plays on from here plays the same frames
  std::vector<std::byte> bytes;
};

/// By the tick that comes next.
using KeptMoments = std::map<std::size_t, KeptMoment>;

class Player {
 public:
  /// Knows what the performance goes back to so far.
  Player(const Performance& performance, PlayerOptions options);

  /// Begins with tick 0. False: problem() says why.
  bool start();
  /// The number of the next tick.
  std::size_t tick() const { return next_; }
  /// Plays it. Null: problem() says why.
  const RenderFrame* play();
  /// So that this tick comes next. `goes_on`: it will be played; else the session is only what it was then, and no edit
  /// of later ticks is on its way.
  bool go_to(std::size_t tick, bool goes_on = true);
  /// Where that begins: what was kept last before it, and plays on; or 0.
  std::size_t nearest(std::size_t tick) const;
  /// Keeps the session as it is.
  const KeptMoment& keep();
  KeptMoments& kept() { return kept_; }
  const KeptMoments& kept() const { return kept_; }

  /// What this patch was compiled to; null: problem() says why there is none.
  const Program* program_of(std::uint32_t patch);
  /// Forgets what was compiled of patches older than any that runs in what was kept, or now. Returns the oldest of
  /// these.
  std::uint32_t forget_programs();
  Session& session() { return *session_; }
  const std::optional<ReplayProblem>& problem() const { return problem_; }

 private:
  std::optional<Patch> patch(std::uint32_t number);
  void refuse(std::string_view name, std::vector<Diagnostic> diagnostics);
  bool load(const KeptMoment& kept);
  bool begin_rehearsals();
  bool is_ready(const Patch& patch);
  bool swap(const RecordedAction& action);
  bool go_back(std::size_t after_tick);
  std::uint32_t channel(std::string_view name) const;
  bool act(const RecordedAction& action);

  const Performance& performance_;
  PlayerOptions options_;
  std::optional<Session> session_;
  std::map<std::uint32_t, Program> programs_;  ///< by patch
  std::uint32_t patch_ = 0;                    ///< that runs
  std::size_t next_ = 0;
  std::size_t last_ = ~std::size_t{0};  ///< edits of later ticks are not prepared
  std::set<std::size_t> wanted_;        ///< ticks that somebody goes back to: they come next then
  bool keeps_next_ = false;
  KeptMoments kept_;
  std::optional<ReplayProblem> problem_;
};

}  // namespace oscilla::live
