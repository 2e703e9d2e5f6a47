#include "live/storm_replay.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "live/sabotaged_session.hpp"

namespace oscilla::live {

bool shows_something(const RenderFrame& frame) {
  return std::ranges::any_of(frame.passes, [](const Pass& pass) { return pass.instances.visible > 0; });
}

StormReplay::StormReplay(const Patch& patch, const Program& program, EpisodeSettings settings)
    : settings_(std::move(settings)),
      session_(SabotagedSession::make(program, settings_.session, settings_.sabotage)),
      frame_ms_(program.frame_time_ms(1)),
      running_(patch) {}

void StormReplay::note(const RenderFrame& frame) { shown_.push_back({frame_digest(frame), shows_something(frame)}); }

std::optional<ReplayFault> StormReplay::catch_up() {
  for (const Shown& shown : shown_) {
    while (!taken_over_.empty() && taken_over_.front().begins() <= ticks_) take_over();
    const double t_ms = static_cast<double>(ticks_) * frame_ms_;
    if (frame_digest(session_.tick(t_ms)) != shown.digest)
      return ReplayFault{
          StormFault::Replay, edit_,
          fmt::format("tick {} is another picture when the same edits are made at the same ticks again", ticks_)};
    if (!shown.something && showed_ && should_show(t_ms))
      return ReplayFault{StormFault::Blank, edit_, fmt::format("the frame of tick {} shows nothing", ticks_)};
    showed_ = shown.something;
    ++ticks_;
  }
  shown_.clear();
  return {};
}

void StormReplay::take_over() {
  const Takeover takeover = std::move(taken_over_.front());
  taken_over_.pop_front();
  edit_ = takeover.edit;
  running_ = takeover.patch;
  if (!takeover.rehearsed) {
    session_.swap(takeover.patch);
    return;
  }
  session_.request_swap(takeover.patch);
  session_.wait_for_requests();
  session_.take_swap_reports();  // of earlier edits: nobody reads them here, and they would be kept
}

/// Whether the patch that runs by now shows something whenever it runs from the beginning. Its phases may be others
/// than those of the session, whose periods were edited: so it is looked at for a while.
bool StormReplay::should_show(double t_ms) const {
  constexpr int kLooks = 60;
  constexpr double kApart = 500;
  const CompileResult result = compile_patch(running_, settings_.compile);
  if (!result.program) return false;
  Session fresh(*result.program, settings_.session);
  if (!shows_something(fresh.tick(0))) return false;
  for (int look = 0; look < kLooks; ++look)
    if (!shows_something(fresh.tick(t_ms + kApart * look))) return false;
  return true;
}

}  // namespace oscilla::live
