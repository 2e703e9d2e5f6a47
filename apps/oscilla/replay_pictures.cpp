#include "oscilla/replay_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"

namespace oscilla::cli {
namespace {

constexpr int kLongestGapSeconds = 86'400;  // a performance that waited a day

}  // namespace

std::optional<std::string> PictureOptions::usage_error() const {
  if (!wanted()) return size ? std::optional<std::string>("--size needs --render") : std::nullopt;
  if (target == "-" && output_is_terminal())
    return "pixels do not go to a terminal; pipe them, or give --render a file's name";
  const auto format = output::format_of(target, target.ends_with('/'));
  if (!format) return format.error();
  if (*format != output::Format::Png && *format != output::Format::Svg) return std::nullopt;
  if (target.ends_with('/')) return std::nullopt;
  const auto pattern = output::FilePattern::parse(target);
  if (!pattern) return pattern.error();
  if (!pattern->has_number())
    return "pictures need a number in their name: tonight-%05d.png; or make a video: tonight.mp4";
  return std::nullopt;
}

void add_picture_options(CLI::App& verb, PictureOptions& options) {
  verb.add_option("--render", options.target, "make pictures or a video of it, named as with `render -o`")
      ->type_name("FILE");
  add_read_option(verb, "--size", options.size, read_size, "in pixels; default: the patch's canvas")->type_name("WxH");
  verb.add_flag("--transparent", options.transparent, "no background: png, svg, webm, gif, raw");
}

std::expected<ReplayPictures, std::string> ReplayPictures::open(const PictureOptions& options, const Program& program,
                                                                const EngineOptions& engine, std::int64_t frames) {
  ReplayPictures pictures;
  if (!options.wanted()) return pictures;
  pictures.rate_ = engine.rate.value_or(Rate{program.fps_numerator(), program.fps_denominator()});
  const Size size = options.size.value_or(Size{program.width(), program.height()});
  output::OutputOptions output;
  output.path = options.target;
  output.width = size.width;
  output.height = size.height;
  output.frames = frames;
  output.rate = {pictures.rate_.numerator, pictures.rate_.denominator};
  output.transparent = options.transparent;
  auto writer = output::FrameWriter::open(output);
  if (!writer) return std::unexpected(writer.error());
  pictures.writer_ = std::make_unique<output::FrameWriter>(std::move(*writer));
  pictures.pool_ = std::make_unique<output::RasterPool>(*pictures.writer_, engine.thread_count());
  return pictures;
}

output::Outcome ReplayPictures::show(double host_ms, const RenderFrame& frame) {
  if (!pool_ || !std::isfinite(host_ms)) return {};
  if (!first_ms_) first_ms_ = host_ms;
  const double frames_a_second = static_cast<double>(rate_.numerator) / rate_.denominator;
  const double place = (host_ms - *first_ms_) * rate_.numerator / (1000.0 * rate_.denominator);
  if (place - static_cast<double>(next_) > kLongestGapSeconds * frames_a_second)
    return std::unexpected(fmt::format("its times leap by {:.3g} seconds, and a gap of more than {} is not filled",
                                       (place - static_cast<double>(next_)) / frames_a_second, kLongestGapSeconds));
  const auto number = static_cast<std::int64_t>(std::llround(std::max(place, -1.0)));
  if (number < next_) return {};
  for (; next_ < number; ++next_) {
    if (interrupted()) return {};
    if (auto stands = pool_->submit(next_, last_.view()); !stands) return stands;
  }
  ++next_;
  last_.assign(frame);
  return pool_->submit(number, last_.view());
}

output::Outcome ReplayPictures::finish() { return pool_ ? pool_->finish() : output::Outcome{}; }

}  // namespace oscilla::cli
