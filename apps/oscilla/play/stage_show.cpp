// What is seen: the picture, and what lies over it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "oscilla/play/overlays.hpp"
#include "oscilla/play/stage.hpp"

namespace oscilla::cli::play {

/// Where the picture lies in the window as it is now.
void Stage::lay_picture() {
  if (!has_picture_) return;
  const RenderFrame& frame = engine_.frames().current();
  letterbox_ = window::Letterbox(window_.size(), frame.width, frame.height, frame.fit);
}

void Stage::draw_picture() {
  if (!has_picture_) return;
  const RenderFrame& frame = engine_.frames().current();
  hands_.lie(letterbox_);
  output::RasterOptions options;
  options.width = static_cast<std::uint32_t>(letterbox_.picture().width);
  options.height = static_cast<std::uint32_t>(letterbox_.picture().height);
  options.ground = output::Ground::Opaque;
  window_.begin_drawing();
  const output::Outcome outcome =
      renderer_.draw(previews_ ? preview_.of(frame, engine_.frames().camera()) : frame, options);
  const std::string trouble = outcome ? "" : outcome.error();
  if (!trouble.empty() && trouble != renderer_trouble_) notice(Notices::Tone::Bad, trouble);
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
  draw_status(status(), spool_.records(), scale);
  if (learning_) draw_learning();
  if (shows_help_) draw_help([this](std::string_view key) { return key_of(key); }, scale);
}

void Stage::draw_learning() {
  std::vector<std::string> lines;
  for (const ChannelInfo& input : learning_->inputs) lines.push_back(input.name);
  const std::optional<std::size_t> clicked =
      draw_choice(learning_->chosen ? fmt::format("turn a knob, press a key or send OSC: it will play {}",
                                                  learning_->inputs[*learning_->chosen].name)
                                    : "which input is to learn?",
                  lines, learning_->chosen, overlay_.scale());
  if (clicked) choose_input(*clicked);
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
  std::string text;
  if (spool_.records())
    text = fmt::format("recording {:.1f} s",
                       static_cast<double>(spool_.ticks()) * static_cast<double>(state_.budget_nanoseconds) * 1e-9);
  if (!state_.transport.playing)
    text += fmt::format("{}paused at {:.2f} s", text.empty() ? "" : "\n", state_.transport.position_ms * 1e-3);
  else if (state_.transport.speed != 1)
    text += fmt::format("{}speed {:g}", text.empty() ? "" : "\n", state_.transport.speed);
  return text;
}

/// How an action is called by key now: with Ctrl, where the patch listens to the key itself.
std::string Stage::key_of(std::string_view key) const {
  return (patch_keys_.contains(key) ? "Ctrl+" : "") + key_label(key);
}

}  // namespace oscilla::cli::play
