#include "oscilla/play/stage.hpp"

#include <unistd.h>

#include <chrono>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/pace.hpp"

namespace oscilla::cli::play {
namespace {

constexpr double kLongestPause = 0.05;  ///< between two pictures, if there is no new frame
constexpr double kPointerRests = 2;     ///< until it is not shown any more where the picture fills the screen
constexpr double kLooks = 0.5;          ///< between two looks at what seldom changes

double seconds() { return static_cast<double>(steady_nanoseconds()) * 1e-9; }

}  // namespace

Stage::Stage(StageParts parts, StageOptions options)
    : window_(parts.window),
      engine_(parts.engine),
      inspector_(parts.inspector),
      hands_(parts.hands),
      spool_(parts.spool),
      recorder_(parts.recorder),
      program_(parts.program),
      options_(std::move(options)),
      overlay_(window_, options_.text_scale > 0 ? options_.text_scale : window_.density()),
      screenshots_([this](bool good, std::string sentence) {
        engine_.tell(NoticeNews{good ? NoticeNews::Kind::Good : NoticeNews::Kind::Trouble, std::move(sentence)});
      }) {
  if (options_.commands) lines_.emplace(STDIN_FILENO);
  take_program(program_);
}

void Stage::run() {
  begun_ = seconds();
  while (goes_on()) turn();
}

void Stage::run_blind() {
  blind_ = true;
  hands_.let_go();
  complain("the display is gone; the patch plays on without a window, and Ctrl-C ends it");
  while (goes_on()) {
    engine_.receive([this](News& news) { take(news); });
    take_lines();
    look_at_recorder();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

bool Stage::goes_on() const {
  return !over_ && !interrupted() && (options_.seconds == 0 || seconds() - begun_ < options_.seconds);
}

void Stage::turn() {
  now_ = seconds();
  const bool fresh = engine_.frames().take();
  has_picture_ |= fresh;
  state_ = engine_.state();
  bool moved = engine_.receive([this](News& news) { take(news); });
  for (const window::WindowEvent& event : window_.wait_events(fresh || moved ? 0 : 2)) {
    take(event);
    moved = true;
  }
  take_lines();
  if (fresh || moved) lay_picture();
  take_screenshot_in_time();
  look_after();
  if (window_.hidden() || (!fresh && !moved && now_ - drawn_ < kLongestPause)) return;
  draw_picture();
  draw();
}

void Stage::take(const window::WindowEvent& event) {
  using Kind = window::WindowEvent::Kind;
  switch (event.kind) {
    case Kind::Closed: over_ = true; return;
    case Kind::KeyDown: return take_key(event);
    case Kind::KeyUp:
      if (event.name == row_of(Action::Preview).key) previews_ = false;
      break;
    case Kind::FocusLost: previews_ = false; break;
    case Kind::PointerMoved:
      pointed_ = now_;
      if (std::exchange(pointer_hidden_, false)) window_.show_pointer(true);
      break;
    case Kind::GamepadCame: notice(Notices::Tone::Good, fmt::format("{} plays", event.name)); break;
    case Kind::GamepadGone: notice(Notices::Tone::Bad, fmt::format("{} is gone", event.name)); break;
    default: break;
  }
  hands_.take(event, overlay_.takes_pointer());
}

/// A key that the patch listens to is the patch's; with Ctrl it is what it is for everybody.
const ActionRow* Stage::action_of(const window::WindowEvent& event) const {
  if (event.control)
    if (const ActionRow* row = action_of_key(fmt::format("ctrl+{}", event.name))) return row;
  if (!event.control && patch_keys_.contains(event.name)) return nullptr;
  return action_of_key(event.name);
}

void Stage::take_key(const window::WindowEvent& event) {
  if (overlay_.takes_keys()) return;
  if (learning_ && !learning_->chosen && event.name.size() == 1 && event.name[0] >= '1' && event.name[0] <= '9')
    return choose_input(static_cast<std::size_t>(event.name[0] - '1'));
  const bool waits = learning_ && learning_->chosen && event.name != row_of(Action::Dismiss).key;
  const ActionRow* row = waits ? nullptr : action_of(event);
  if (row != nullptr) return perform({row->action, row->usual.value_or(0)});
  if (event.name != "?") hands_.take(event, false);
}

/// What nobody tells by itself.
void Stage::look_after() {
  if (now_ - looked_ < kLooks) return;
  looked_ = now_;
  const bool hides = window_.full_screen() && now_ - pointed_ > kPointerRests && !overlay_.takes_pointer();
  if (hides != std::exchange(pointer_hidden_, hides)) window_.show_pointer(!hides);
  look_at_recorder();
}

bool Stage::look_at_recorder() {
  if (recorder_failed_) return false;
  const std::string trouble = recorder_.health().trouble;
  if (trouble.empty()) return true;
  recorder_failed_ = true;
  complain(trouble);
  notice(Notices::Tone::Bad, trouble);
  return false;
}

void Stage::take_lines() {
  if (!lines_) return;
  for (const std::string& line : lines_->take()) {
    if (line.empty() || inspect(line)) continue;
    const auto command = read_command(line);
    if (!command)
      complain(command.error());
    else if (is_transport(command->action))
      engine_.command(*command);
    else
      perform(*command);
  }
}

/// Whether a line is for the inspector.
bool Stage::inspect(const std::string& line) {
  const auto answer = inspector_.command(line);
  if (!answer) return false;
  if (!*answer) complain(answer->error());
  if (!*answer || (*answer)->empty()) return true;
  StandardOutput out;
  out.write(**answer);
  out.finish();
  return true;
}

void Stage::take_screenshot_in_time() {
  if (options_.screenshot.empty() || !has_picture_ || state_.host_ms < 1000 * options_.screenshot_at) return;
  if (shoot(options_.screenshot)) options_.screenshot.clear();
}

}  // namespace oscilla::cli::play
