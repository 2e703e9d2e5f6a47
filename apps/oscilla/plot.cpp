// oscilla plot: values over time as a picture.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/playback.hpp"
#include "oscilla/plot_values.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/verbs.hpp"
#include "output/chart.hpp"
#include "output/drawing.hpp"
#include "output/file_io.hpp"
#include "output/png_encode.hpp"

namespace oscilla::cli {
namespace {

constexpr std::int64_t kMostFrames = 100'000;
constexpr double kPngScale = 2;

struct PlotOptions {
  std::string path;
  std::vector<std::string> values;
  std::vector<std::string> edits;
  std::optional<FrameSet> frames;
  std::string target;
  std::string title;
  EngineOptions engine;
};

constexpr const char* kPlotFooter =
    R"(A VALUE is a block ("knob": its first output), an output ("dots.t"), an input ("draw.position") or
components of one ("pos.x"); [3] or [0:4] chooses lanes: "pos[3].x". One value, or up to 8 lanes,
are lines; a field is a heat-map, lanes over time; what happens is ticks. Values of one unit share
their axes.
"frame.draw[3].x" is what the frame of the sink `draw` shows, glide and camera included: x y depth
size red green blue opacity rotation.

--edit N:FILE lets the patch in FILE take over at frame N, as an edit of the running patch; a line
marks it. Of a recording (FILE.jsonl) its own edits are marked. Frames before the first one drawn run
too.

examples:
  oscilla plot spiral.oscilla time.phaseA pos[3].x -o plot.png --frames 0:600
  oscilla plot flock.oscilla pos.x -o lanes.svg --frames 0:300
  oscilla plot ring.oscilla frame.draw[0].x --edit 60:wide.oscilla -o edit.png --frames 0:180)";

bool ends_in(std::string_view path, std::string_view ending) {
  return path.size() > ending.size() && path.ends_with(ending);
}

/// The frames of one range that is not too long.
std::expected<FrameRange, std::string> range_of(const std::optional<FrameSet>& frames) {
  constexpr FrameRange kDefault{0, 600};
  if (!frames) return kDefault;
  if (frames->ranges().size() > 1) return std::unexpected("plot: --frames takes one range, A:B");
  const FrameRange range = frames->ranges().front();
  if (range.end - range.begin <= kMostFrames) return range;
  return std::unexpected(
      fmt::format("plot: {} frames are too many; {} is the most", range.end - range.begin, kMostFrames));
}

ExitCode usage(const std::string& sentence) {
  complain(sentence);
  return ExitCode::Usage;
}

ExitCode write(const PlotOptions& options, const output::Chart& chart) {
  const output::Drawing drawing = output::draw_chart(chart);
  std::vector<std::uint8_t> bytes;
  output::Outcome outcome;
  if (ends_in(options.target, ".svg")) {
    const std::string svg = output::drawing_svg(drawing);
    bytes.assign(svg.begin(), svg.end());
  } else if (const auto raster = output::drawing_raster(drawing, kPngScale); raster) {
    outcome = output::encode_png(*raster, bytes);
  } else {
    outcome = std::unexpected(raster.error());
  }
  if (outcome) {
    auto file = output::AtomicFile::create(options.target);
    outcome = !file ? output::Outcome(std::unexpected(file.error())) : file->write(bytes);
    if (outcome) outcome = file->commit();
  }
  if (outcome) return ExitCode::Ok;
  complain(outcome.error());
  return ExitCode::InputOutput;
}

ExitCode plot(const PlotOptions& options) {
  if (!ends_in(options.target, ".svg") && !ends_in(options.target, ".png"))
    return usage(fmt::format("plot: \"{}\" ends neither in .svg nor in .png", options.target));
  const auto range = range_of(options.frames);
  if (!range) return usage(range.error());
  std::vector<PlotValue> values;
  for (const std::string& text : options.values) {
    auto value = read_plot_value(text);
    if (!value) return usage("plot: " + value.error());
    values.push_back(std::move(*value));
  }
  PlotRecorder recorder(std::move(values));
  PlaybackOptions played{options.path, options.edits, options.engine, options.engine.compile_options()};
  played.compile.probes = recorder.probes();
  const std::int64_t wanted = range->end;
  Progress progress("plotting", wanted, true);
  auto playback = Playback::open(played, "plot", progress);
  if (!playback) return playback.error();
  const std::int64_t end = std::min(wanted, playback->frames().value_or(wanted));
  if (end <= range->begin) return usage(fmt::format("plot: {} has only {} frames", options.path, end));
  output::Chart chart;
  for (std::int64_t frame = 0; frame < end; ++frame) {
    const RenderFrame* picture = playback->go_to(frame);
    if (picture == nullptr) return playback->trouble().value_or(ExitCode::Ok);
    if (frame < range->begin) continue;
    chart.seconds.push_back(playback->time_ms(frame) / 1000);
    if (const auto recorded = recorder.record(playback->session(), *picture); !recorded)
      return usage("plot: " + recorded.error());
  }
  playback->report_errors();
  playback->complain_of_next_edit("plot", end - 1);
  for (const PlayedEdit& edit : playback->edits())
    if (edit.frame >= range->begin) chart.moments.push_back({playback->time_ms(edit.frame) / 1000, edit.name});
  chart.panels = recorder.panels(chart.seconds);
  chart.title = options.title.empty() ? std::filesystem::path(options.path).filename().string() : options.title;
  chart.subtitle = fmt::format("frames {} to {}", range->begin, end - 1);
  if (const auto rate = playback->rate())
    chart.subtitle += fmt::format(" at {} a second", static_cast<double>(rate->numerator) / rate->denominator);
  progress.clear();
  return write(options, chart);
}

}  // namespace

void declare_plot(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("plot", "values over time, as SVG or PNG");
  auto options = std::make_shared<PlotOptions>();
  verb->add_option("PATCH", options->path, "the patch, or a recording (FILE.jsonl)")->required();
  verb->add_option("VALUE", options->values, "what to draw: knob.out, pos[3].x, dots.t, frame.draw[0].x")->required();
  verb->add_option("-o,--output", options->target, "the picture: FILE.svg or FILE.png")->required()->type_name("FILE");
  add_frame_options(*verb, options->frames, false);
  add_edit_option(*verb, options->edits);
  verb->add_option("--title", options->title, "default: the patch's file")->type_name("TEXT");
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kPlotFooter);
  verb->callback([options, &action] { action = [options] { return plot(*options); }; });
}

}  // namespace oscilla::cli
