// A program running from its first frame on. Frame n is what the ticks 0, 1, ..., n at n / fps seconds make, so going
// to a frame runs every tick before it: state is what it would be in a performance.
#pragma once

#include <cstdint>
#include <optional>

#include "oscilla/program.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/scripted_inputs.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

class Player {
 public:
  /// `rate` beats the patch's own; `inputs` are written as their times come. Every tick is shown to `progress`, which
  /// outlives the player.
  Player(Program program, const SessionOptions& options, std::optional<Rate> rate, ScriptedInputs inputs,
         Progress& progress);

  /// Frame `number`, not before the last one asked for. Null if the user interrupted on the way. Valid until the second
  /// next tick.
  const RenderFrame* go_to(std::int64_t number);

  /// Finds what frame `number` has for the session's probes without making it: the ticks before it run, it does not.
  /// False if the user interrupted on the way.
  bool evaluate(std::int64_t number);

  Rate rate() const { return rate_; }
  /// The time of frame `number`, exact and rounded once.
  double time_ms(std::int64_t number) const;
  Session& session() { return session_; }
  /// Says to people what the session had to mend.
  void report_errors() const;

 private:
  Session session_;
  Rate rate_;
  ScriptedInputs inputs_;
  Progress& progress_;
  std::int64_t ticks_ = 0;
  const RenderFrame* frame_ = nullptr;  // of the last tick
};

}  // namespace oscilla::cli
