// What keys and commands do that is not done to time.
#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/play/stage.hpp"

namespace oscilla::cli::play {

void Stage::perform(const Command& command) {
  switch (command.action) {
    case Action::Record: return toggle_recording();
    case Action::Screenshot: return take_screenshot();
    case Action::FullScreen: return blind_ ? void() : window_.set_full_screen(!window_.full_screen());
    case Action::Inspector: return inspector_.show(!inspector_.shown());
    case Action::Learn: return begin_learning(command.number);
    case Action::Preview: return void(previews_ = command.number > 0);
    case Action::Help: return void(shows_help_ = !shows_help_);
    case Action::Dismiss: return dismiss();
    case Action::Quit: return void(over_ = true);
    default: return engine_.command(command);
  }
}

void Stage::toggle_recording() {
  recorder_.finish();  // what was played up to now is in the spool
  if (spool_.records()) return void(end_recording());
  const std::string name = free_name(options_.path, "jsonl");
  const auto begun = spool_.begin(name);
  if (begun) say(fmt::format("recording {}\n", name));
  if (!begun) complain(begun.error());
  notice(begun ? Notices::Tone::Plain : Notices::Tone::Bad, begun ? fmt::format("recording {}", name) : begun.error());
}

bool Stage::end_recording() {
  const std::optional<Take> take = spool_.end();
  if (!take) return true;
  if (!take->trouble.empty()) complain(take->trouble);
  say(fmt::format("recorded {}: {} frames; this makes a video of it:\n  {}\n", take->path, take->to - take->from,
                  render_command(*take, program_.width(), program_.height())));
  notice(take->trouble.empty() ? Notices::Tone::Good : Notices::Tone::Bad,
         take->trouble.empty() ? fmt::format("recorded {}", take->path) : take->trouble);
  return take->trouble.empty();
}

void Stage::take_screenshot() {
  const std::string name =
      free_name(options_.path, "png", [this](const std::string& each) { return screenshots_.is_writing(each); });
  if (has_picture_ && !shoot(name)) notice(Notices::Tone::Bad, "pictures are still being written: not another one yet");
}

/// The picture as it is shown, without what lies over it. False if too many are being written.
bool Stage::shoot(const std::string& path) {
  const window::Rectangle& shown = letterbox_.picture();
  return screenshots_.take(engine_.frames().current(),
                           {static_cast<std::uint32_t>(shown.width), static_cast<std::uint32_t>(shown.height)}, path);
}

bool Stage::end_screenshots() {
  const bool written = screenshots_.finish();
  engine_.receive([this](News& news) {
    if (std::holds_alternative<NoticeNews>(news)) take(news);
  });
  if (options_.screenshot.empty()) return written;
  complain(fmt::format("{} was not written: nothing was shown at {:g} s or later", options_.screenshot,
                       options_.screenshot_at));
  return false;
}

void Stage::begin_learning(double number) {
  if (std::exchange(learning_, {})) return engine_.learn({});
  std::vector<ChannelInfo> inputs = program_.channels();
  if (inputs.empty()) return notice(Notices::Tone::Bad, "the patch has no input to learn for: input level = Value(0)");
  const bool only = inputs.size() == 1;
  learning_ = Learning{std::move(inputs), {}};
  if (only || number >= 1) choose_input(only ? 0 : static_cast<std::size_t>(std::min(number, 1e6)) - 1);
}

void Stage::choose_input(std::size_t index) {
  if (index >= learning_->inputs.size()) return;
  learning_->chosen = index;
  engine_.learn(learning_->inputs[index]);
}

/// One thing at a time: what lies over the picture first.
void Stage::dismiss() {
  if (learning_) return begin_learning(0);
  if (shows_help_)
    shows_help_ = false;
  else if (inspector_.shown())
    inspector_.show(false);
  else if (!diagnostics_.empty() || !notices_.empty())
    diagnostics_.clear(), notices_.clear();
  else if (!blind_ && window_.full_screen())
    window_.set_full_screen(false);
}

}  // namespace oscilla::cli::play
