#include "oscilla/player.hpp"

#include <utility>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/patch_file.hpp"

namespace oscilla::cli {

Player::Player(Program program, const SessionOptions& options, std::optional<Rate> rate, ScriptedInputs inputs,
               Progress& progress)
    : session_(std::move(program), options),
      rate_(rate.value_or(Rate{session_.program().fps_numerator(), session_.program().fps_denominator()})),
      inputs_(std::move(inputs)),
      progress_(progress) {}

const RenderFrame* Player::go_to(std::int64_t number) {
  for (; ticks_ <= number; ++ticks_) {
    if (interrupted()) return nullptr;
    inputs_.write_until(time_ms(ticks_), session_);
    frame_ = &session_.tick(time_ms(ticks_));
    progress_.show(ticks_ + 1);
  }
  return frame_;
}

bool Player::evaluate(std::int64_t number) {
  if (number > 0 && go_to(number - 1) == nullptr) return false;
  inputs_.write_until(time_ms(number), session_);
  session_.evaluate(time_ms(number));
  return true;
}

void Player::report_errors() const {
  if (session_.errors().empty()) return;
  progress_.clear();
  say(errors_text(session_, colour_on_error()));
}

double Player::time_ms(std::int64_t number) const {
  // Both products are exact: kLastFrame * 1,000 * a denominator of at most 1,000,000 stays below 2^63, and below 2^53
  // for every rate in use.
  return static_cast<double>(number * 1000 * rate_.denominator) / static_cast<double>(rate_.numerator);
}

}  // namespace oscilla::cli
