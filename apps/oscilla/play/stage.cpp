#include "oscilla/play/stage.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/live_report.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/play/overlays.hpp"

namespace oscilla::cli::play {
namespace {

constexpr double kLongestPause = 0.05;  ///< between two pictures, if there is no new frame

double seconds() { return static_cast<double>(steady_nanoseconds()) * 1e-9; }

}  // namespace

Stage::Stage(window::Window& window, Engine& engine, Inspector& inspector, StageOptions options)
    : window_(window),
      engine_(engine),
      inspector_(inspector),
      options_(std::move(options)),
      overlay_(window, options_.scale > 0 ? options_.scale : window.density()) {}

void Stage::run() {
  const double begin = seconds();
  while (!over_ && !interrupted() && (options_.seconds <= 0 || seconds() - begin < options_.seconds)) turn();
}

void Stage::turn() {
  now_ = seconds();
  const bool fresh = engine_.frames().take();
  state_ = engine_.state();
  bool moved = engine_.receive([this](News& news) { take(news); });
  for (const window::WindowEvent& event : window_.wait_events(fresh || moved ? 0 : 2)) {
    take(event);
    moved = true;
  }
  has_picture_ |= fresh;
  if (window_.hidden() || (!fresh && !moved && now_ - drawn_ < kLongestPause)) return;
  draw_picture();
  draw();
}

void Stage::take(const window::WindowEvent& event) {
  switch (event.kind) {
    case window::WindowEvent::Kind::Closed: over_ = true; break;
    case window::WindowEvent::Kind::KeyDown: take_key(event.key, event.control); break;
    case window::WindowEvent::Kind::Other: break;
  }
}

void Stage::take_key(std::string_view key, bool control) {
  if (overlay_.takes_keys()) return;
  const ActionRow* row = control ? action_of_key(fmt::format("ctrl+{}", key)) : nullptr;
  if (row == nullptr) row = action_of_key(key);
  if (row != nullptr && !row->held) perform({row->action, row->usual.value_or(0)});
}

void Stage::perform(const Command& command) {
  switch (command.action) {
    case Action::Toggle:
      engine_.post([](Session& session) { session.transport().playing ? session.pause() : session.play(); });
      break;
    case Action::FullScreen: window_.set_full_screen(!window_.full_screen()); break;
    case Action::Inspector: inspector_.show(!inspector_.shown()); break;
    case Action::Help: shows_help_ = !shows_help_; break;
    case Action::Dismiss: dismiss(); break;
    case Action::Quit: over_ = true; break;
    default: break;
  }
}

/// One thing at a time: what lies over the picture first.
void Stage::dismiss() {
  if (shows_help_)
    shows_help_ = false;
  else if (inspector_.shown())
    inspector_.show(false);
  else if (!diagnostics_.empty() || !notices_.empty())
    diagnostics_.clear(), notices_.clear();
  else if (window_.full_screen())
    window_.set_full_screen(false);
}

void Stage::take(News& news) {
  if (const auto* edit = std::get_if<EditNews>(&news)) return take_edit(*edit);
  if (const auto* mended = std::get_if<MendedNews>(&news)) {
    const std::string text = diagnostics_text(mended->list, mended->patch, Severity::Warning, false);
    say(diagnostics_text(mended->list, mended->patch, Severity::Warning, colour_on_error()));
    notices_.add(Notices::Tone::Bad, text.substr(0, text.find('\n')), now_);
    return;
  }
  const auto& notice = std::get<NoticeNews>(news);
  if (notice.kind == NoticeNews::Kind::Trouble) complain(notice.sentence);
  notices_.add(notice.kind == NoticeNews::Kind::Trouble ? Notices::Tone::Bad : Notices::Tone::Plain, notice.sentence,
               now_);
}

void Stage::take_edit(const EditNews& news) {
  inspector_.take(news);
  const SwapReport& report = news.report;
  if (!news.patch) {
    tell_return(report, false);
    return notices_.add(report.why.empty() ? Notices::Tone::Plain : Notices::Tone::Bad, notice_text(report), now_);
  }
  tell_swap(report, *news.patch, false);
  if (report.outcome == SwapOutcome::Superseded) return;
  diagnostics_.clear();
  if (report.outcome == SwapOutcome::Refused) {
    diagnostics_ = diagnostics_text(report.diagnostics, *news.patch, Severity::Warning, false);
    diagnostics_title_ = fmt::format("{} was saved with errors; the program before it runs on", options_.path);
    return;
  }
  notices_.add(Notices::Tone::Good, notice_text(report), now_);
}

void Stage::draw_picture() {
  if (!has_picture_) return;
  const RenderFrame& frame = engine_.frames().current();
  letterbox_ = window::Letterbox(window_.size(), frame.width, frame.height, frame.fit);
  output::RasterOptions options;
  options.width = static_cast<std::uint32_t>(letterbox_.picture().width);
  options.height = static_cast<std::uint32_t>(letterbox_.picture().height);
  options.ground = output::Ground::Opaque;
  window_.begin_drawing();
  const output::Outcome outcome = renderer_.draw(frame, options);
  const std::string trouble = outcome ? "" : outcome.error();
  if (!trouble.empty() && trouble != renderer_trouble_) notices_.add(Notices::Tone::Bad, trouble, now_);
  renderer_trouble_ = trouble;
}

void Stage::draw() {
  window_.clear();
  if (has_picture_ && renderer_trouble_.empty()) {
    const window::Rectangle& to = letterbox_.picture();
    const window::Letterbox::Window size = window_.size();
    renderer_.show(to.x, size.height_pixels - to.y - to.height, to.width, to.height);
  }
  overlay_.begin();
  draw_overlays();
  overlay_.end();
  window_.show();
  drawn_ = now_;
}

void Stage::draw_overlays() {
  const double scale = overlay_.scale();
  notices_.age(now_);
  inspector_.draw(inspected_picture(), scale);
  if (!diagnostics_.empty()) draw_diagnostics(diagnostics_title_, diagnostics_, scale);
  draw_notices(notices_, now_, scale);
  draw_status(status(), false, scale);
  if (shows_help_) draw_help(key_label, scale);
}

/// Where the picture is, in points.
InspectedPicture Stage::inspected_picture() {
  if (!has_picture_) return {};
  const window::Rectangle& to = letterbox_.picture();
  const window::Letterbox::Window size = window_.size();
  const double point = static_cast<double>(size.width_points) / std::max(size.width_pixels, 1);
  return {&engine_.frames().current(), to.x * point, to.y * point, to.width * point, to.height * point};
}

std::string Stage::status() const {
  if (!state_.transport.playing) return fmt::format("paused at {:.2f} s", state_.transport.position_ms * 1e-3);
  return {};
}

}  // namespace oscilla::cli::play
