// The edits of a storm once more, at the same ticks and without a thread beside. In: what the session under test
// showed, tick by tick, and which patch took over when. Out: the first tick that shows another picture, or nothing
// where the patch shows something.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "live/episode.hpp"
#include "oscilla/edit_storm.hpp"
#include "oscilla/session.hpp"

namespace oscilla::live {

bool shows_something(const RenderFrame& frame);

/// A patch that took over.
struct Takeover {
  std::int64_t tick;
  std::int64_t edit;
  Patch patch;
  bool rehearsed = false;  ///< in the two ticks before
  std::int64_t begins() const { return tick - (rehearsed ? 2 : 0); }
};

struct ReplayFault {
  StormFault fault = StormFault::Replay;
  std::int64_t edit = -1;
  std::string what;
};

class StormReplay {
 public:
  StormReplay(const Patch& patch, const Program& program, EpisodeSettings settings);

  void note(const RenderFrame& frame);
  void note(Takeover takeover) { taken_over_.push_back(std::move(takeover)); }
  /// Runs all ticks that it does not know yet.
  std::optional<ReplayFault> catch_up();
  /// Until nothing is left that could be freed.
  void wait() { session_.wait_for_requests(); }
  std::uint64_t memory_bytes() const { return session_.memory_bytes(); }

 private:
  struct Shown {
    std::string digest;
    bool something;
  };

  void take_over();
  bool should_show(double t_ms) const;

  EpisodeSettings settings_;
  Session session_;
  double frame_ms_;
  std::deque<Takeover> taken_over_;
  std::vector<Shown> shown_;  ///< the ticks that are not replayed yet
  Patch running_;
  std::int64_t edit_ = -1;
  std::int64_t ticks_ = 0;
  bool showed_ = false;
};

}  // namespace oscilla::live
