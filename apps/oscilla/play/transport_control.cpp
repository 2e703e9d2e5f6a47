#include "oscilla/play/transport_control.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oscilla::cli::play {

TransportControl::TransportControl(Rate rate, std::uint32_t ticks)
    : frame_ms_(1000.0 * rate.denominator / rate.numerator), moments_(std::max(ticks, 2u)) {}

void TransportControl::note(std::int64_t tick, const Transport& transport) {
  moments_[count_++ % moments_.size()] = {tick, transport.t_ms, transport.position_ms, transport.speed,
                                          transport.playing && transport.speed > 0};
}

template <class Fits>
std::optional<TransportControl::Moment> TransportControl::find(Fits fits) const {
  const std::size_t kept = std::min(count_, moments_.size());
  for (std::size_t back = 1; back <= kept; ++back) {
    const Moment& moment = moments_[(count_ - back) % moments_.size()];
    if (fits(moment)) return moment;
  }
  return std::nullopt;
}

TransportControl::Answer TransportControl::perform(const Command& command, Session& session) {
  const auto done = [](bool was, const char* wrong) { return was ? Answer{} : Answer{wrong, false, false}; };
  switch (command.action) {
    case Action::Toggle: return session.transport().playing ? session.pause() : session.play(), Answer{};
    case Action::Pause: return session.pause(), Answer{};
    case Action::Play: return session.play(), Answer{};
    case Action::StepForward:
      return done(session.step(command.number > 0 ? 1000 * command.number : frame_ms_), "a step is not negative");
    case Action::StepBack: return step_back(session);
    case Action::Forward: return go_to(session, session.transport().position_ms + 1000 * command.number);
    case Action::Back: return go_back(session, 1000 * command.number);
    case Action::Seek: return go_to(session, 1000 * command.number);
    case Action::Speed: return done(session.set_speed(command.number), "a speed is not negative");
    default: return {};
  }
}

/// Everything as it was so long ago; if that is not kept, as far as it is.
TransportControl::Answer TransportControl::go_back(Session& session, double ms) {
  const Transport now = session.transport();
  const auto kept = session.restorable();
  if (!kept) {
    session.seek(std::max(now.position_ms - ms, 0.0));
    return {"only the position went back: what blocks remember is not kept (--rewind)"};
  }
  const auto moment = find([&](const Moment& each) { return each.tick >= kept->first && each.t_ms <= now.t_ms - ms; });
  if (moment) return restore(session, moment->tick);
  Answer answer = restore(session, kept->first);
  if (answer.was_done) answer.sentence = "no more is kept: back as far as it goes";
  return answer;
}

/// Forward as a performer does, by a leap of the position; back to where it was, if that is kept. What was leapt over
/// never was: a moment is meant only if the tick after it goes beyond, or one that was left out.
TransportControl::Answer TransportControl::go_to(Session& session, double position_ms) {
  const auto kept = session.restorable();
  if (kept && position_ms < session.transport().position_ms) {
    const auto moment = find([&](const Moment& each) {
      const double below = position_ms - each.position_ms;
      return each.tick >= kept->first && below >= 0 && below <= frame_ms_ * (std::max(each.speed, 1.0) + 1);
    });
    if (moment) return restore(session, moment->tick);
  }
  return session.seek(position_ms) ? Answer{} : Answer{"a position is a number of seconds up to 1e12", false, false};
}

/// The tick after a moment goes on by one frame if time ran then.
TransportControl::Answer TransportControl::step_back(Session& session) {
  const Transport now = session.transport();
  session.pause();
  const auto kept = session.restorable();
  if (!kept) return {"there is no way back: what blocks remember is not kept (--rewind)", false, false};
  const double wanted = now.t_ms - 0.5 * frame_ms_;
  const auto moment = find([&](const Moment& each) {
    return each.tick >= kept->first && each.t_ms + (each.moves ? frame_ms_ * now.speed : 0) <= wanted;
  });
  if (!moment) return {"no more is kept to go back to", false, false};
  pauses_ = true;
  return restore(session, moment->tick);
}

TransportControl::Answer TransportControl::restore(Session& session, std::int64_t tick) {
  if (std::exchange(waits_, true)) return {"", false, false};  // one way back at a time
  if (const auto asked = session.restore(tick); !asked) {
    waits_ = pauses_ = false;
    return {asked.error(), false, false};
  }
  return {"", true, true};
}

void TransportControl::take(const SwapReport& report, Session& session) {
  waits_ = false;
  if (std::exchange(pauses_, false) && report.outcome == SwapOutcome::Restored) session.pause();
}

}  // namespace oscilla::cli::play
