// oscilla render: frames of a patch as pictures, a video, raw pixels or digests.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/player.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/recording_file.hpp"
#include "oscilla/render_jobs.hpp"
#include "oscilla/verbs.hpp"
#include "output/capabilities.hpp"
#include "output/file_io.hpp"
#include "output/raster_pool.hpp"

namespace oscilla::cli {
namespace {

struct RenderOptions {
  std::string path;
  std::string target;
  std::string record;
  std::optional<output::Format> format;
  std::optional<FrameSet> frames;
  std::optional<Size> size;
  std::optional<std::array<float, 4>> background;
  bool transparent = false;
  bool digest = false;
  bool quiet = false;
  bool counts = false;
  std::int64_t jobs = 1;
  output::DebugView view = output::DebugView::None;
  std::optional<output::Backend> backend;
  EngineOptions engine;
};

constexpr std::pair<const char*, output::Format> kFormats[] = {
    {"png", output::Format::Png},   {"svg", output::Format::Svg}, {"mp4", output::Format::Mp4},
    {"webm", output::Format::Webm}, {"gif", output::Format::Gif}, {"raw", output::Format::Raw},
};

constexpr const char* kRenderFooter = R"(The name says what is written:
  name.png, name.svg        one frame
  name-%05d.png, .svg       a file for each frame, with the frame's number
  directory/                frame-00000.png and so on in it
  name.mp4, .webm, .gif     a video, made by the program ffmpeg; needs --frames
  name.digest               each frame's digest, a line each, as --digest prints it
  name.rgba, -              raw RGBA, 8 bits a channel, frame after frame; - is standard output,
                            which also takes one picture with --format png or svg
  null                      nothing, as fast as it goes
Several frames never go into one picture's name: that is an error, so that nothing is
overwritten or renamed unasked.

Frame n shows the time n / fps seconds exactly, and what ticks 0 to n make: a block with state
has lived through all of them. The same patch, seed and frame give the same bytes, whatever
--threads and --isa say. A file appears under its name only when it is complete; what was there
before stays until then.

--digest prints "FRAME DIGEST" a line instead of (or, with -o, beside) the pictures; equal
digests are equal frames, bit for bit; the number and the time of a frame are in its digest.

--jobs N has N processes make the frames, each with its share of them and of the threads: for what is
drawn slowly, since each runs all ticks before its frames. Shares of a job on several machines are
--frames A:B, one each: docs/render-farm.md.

--inputs FILE writes to the patch's inputs, at times counted from the first frame; a line each:
  {"time": 250, "channel": "level", "value": 0.7}
time is in milliseconds, value a number, true or false, or a list of numbers. A channel is an input's
own name, or the one that it listens to with `channel:`. What is due when a frame begins is in it.

--record FILE writes down what was rendered, with the digest of every frame: `oscilla replay FILE`
says on another machine whether its frames are the same.

examples:
  oscilla render spiral.oscilla -o spiral.png --frame 30 --size 1920x1080
  oscilla render spiral.oscilla -o spiral.webm --frames 0:240 --transparent
  oscilla render spiral.oscilla -o frames/spiral-%05d.png --frames 0:120
  oscilla render spiral.oscilla --frames 0:240 -o - | ffplay -f rawvideo -pix_fmt rgba -s 1280x720 -
  oscilla render spiral.oscilla --frames 0,30,120 --digest)";

std::expected<output::DebugView, std::string> read_view(const std::string& text) {
  for (std::size_t i = 0; i < std::size(output::kDebugViews); ++i) {
    if (text == output::kDebugViews[i]) return static_cast<output::DebugView>(i + 1);
  }
  return std::unexpected(
      fmt::format("\"{}\" is not a view; the views are {}", text, fmt::join(output::kDebugViews, ", ")));
}

std::expected<output::Backend, std::string> read_backend(const std::string& text) {
  for (std::size_t i = 0; i < std::size(output::kBackends); ++i) {
    if (text == output::kBackends[i]) return static_cast<output::Backend>(i);
  }
  return std::unexpected(
      fmt::format("\"{}\" is not a backend; the backends are {}", text, fmt::join(output::kBackends, ", ")));
}

/// Passes that were marked, and on request what was drawn.
void report_drawing(const output::DrawReport& report, bool counts) {
  for (const std::string& broken : report.broken)
    complain(fmt::format("not drawn, but marked in the picture: {}", broken));
  if (counts)
    complain(fmt::format("{} figures drawn, {} outside the picture, {} without size or colour", report.drawn,
                         report.outside, report.unseen));
}

std::expected<output::Format, std::string> read_format(const std::string& text) {
  std::string known;
  for (const auto& [name, format] : kFormats) {
    if (text == name) return format;
    if (!known.empty()) known += ", ";
    known += name;
  }
  return std::unexpected(fmt::format("\"{}\" is not a format; the formats are {}", text, known));
}

std::expected<std::int64_t, std::string> read_jobs(const std::string& text) {
  constexpr std::int64_t kMost = 256;
  const auto jobs = read_integer(text, 1, kMost);
  if (jobs) return *jobs;
  return std::unexpected(fmt::format("\"{}\" is not a number of jobs from 1 to {}", text, kMost));
}

bool is_picture(output::Format format) { return format == output::Format::Png || format == output::Format::Svg; }

bool is_picture_to_output(const RenderOptions& options) {
  return options.target == "-" && options.format && is_picture(*options.format);
}

/// A device or pipe would be replaced by a file of its name.
bool is_special_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) &&
         !std::filesystem::is_directory(status);
}

bool is_directory(const std::string& path) {
  std::error_code error;
  return path.ends_with('/') || std::filesystem::is_directory(path, error);
}

std::expected<output::Format, std::string> format_of(const RenderOptions& options) {
  if (options.format) return *options.format;
  return output::format_of(options.target, is_directory(options.target));
}

/// What is wrong with pictures of these names.
std::optional<std::string> picture_error(const RenderOptions& options) {
  const bool several = options.frames && options.frames->count() > 1;
  if (options.target == "-") {
    if (several) return "standard output takes one picture; several as raw pixels";
    return std::nullopt;
  }
  if (is_directory(options.target)) return std::nullopt;
  const auto pattern = output::FilePattern::parse(options.target);
  if (!pattern) return pattern.error();
  if (!several || pattern->has_number()) return std::nullopt;
  const std::filesystem::path name = options.target;
  return fmt::format("{} frames need a number in the file's name: {}-%05d{}", options.frames->count(),
                     (name.parent_path() / name.stem()).string(), name.extension().string());
}

/// What is wrong with several jobs.
std::optional<std::string> jobs_error(const RenderOptions& options) {
  if (options.jobs == 1) return std::nullopt;
  if (!options.frames || options.frames->count() < options.jobs)
    return fmt::format("{} jobs need at least as many frames, for instance --frames 0:240", options.jobs);
  if (options.digest) return "--digest goes through one job";
  if (!options.record.empty()) return "--record goes through one job";
  if (options.counts) return "--counts goes through one job";
  return std::nullopt;
}

std::optional<std::string> usage_error(const RenderOptions& options) {
  if (auto wrong = jobs_error(options)) return wrong;
  if (options.target.empty()) {
    if (!options.digest) return "say where the frames go: -o spiral.png, -o spiral.mp4, -o - for raw RGBA; or --digest";
    if (options.format) return "--format needs -o";
    if (options.backend) return "--backend needs -o";
    return std::nullopt;
  }
  const bool to_output = options.target == "-";
  if (to_output && options.digest) return "-o - and --digest both want standard output";
  if (to_output && output_is_terminal()) return "pixels do not go to a terminal; pipe them, or give -o a file's name";
  const auto format = format_of(options);
  if (!format) return format.error();
  if (options.backend && (*format == output::Format::Svg || *format == output::Format::Null))
    return "--backend says what draws pixels; here none are drawn";
  if (options.transparent)
    if (auto missing = output::transparency_problem(*format)) return missing;
  if (is_picture(*format)) return picture_error(options);
  if (!output::is_video(*format)) return std::nullopt;
  if (to_output) return "a video cannot be written to a pipe; give -o a file's name";
  if (!options.frames) return "a video needs --frames, for instance --frames 0:240";
  return std::nullopt;
}

output::OutputOptions output_options(const RenderOptions& options, const Program& program, const FrameSet& frames,
                                     Rate rate) {
  const Size size = options.size.value_or(Size{program.width(), program.height()});
  output::OutputOptions result;
  result.path = options.target;
  result.format = options.format;
  if (options.target.empty()) {
    result.path = "-";
    result.format = output::Format::Digest;
  } else if (is_picture_to_output(options)) {
    result.path = "null";  // encoded here, printed by print_picture()
  }
  result.width = size.width;
  result.height = size.height;
  result.frames = frames.count();
  result.rate = {rate.numerator, rate.denominator};
  result.background = options.background;
  result.transparent = options.transparent;
  result.view = options.view;
  result.backend = options.backend.value_or(output::Backend::Cairo);
  return result;
}

/// One encoded picture to standard output.
std::expected<bool, std::string> print_picture(Player& player, std::int64_t number, const output::FrameWriter& writer) {
  const RenderFrame* frame = player.go_to(number);
  if (!frame) return false;
  output::EncodeScratch scratch;
  std::vector<std::uint8_t> bytes;
  if (auto encoded = writer.encode(number, *frame, scratch, bytes); !encoded) return std::unexpected(encoded.error());
  if (const int error = output::write_all(STDOUT_FILENO, bytes)) {
    return std::unexpected("cannot write to standard output: " + output::system_reason(error));
  }
  return true;
}

/// Plays the frames into the pool. False if the user interrupted.
std::expected<bool, std::string> play(Player& player, const FrameSet& frames, output::RasterPool& pool,
                                      StandardOutput* digests) {
  for (const FrameRange range : frames.ranges()) {
    for (std::int64_t number = range.begin; number < range.end; ++number) {
      const RenderFrame* frame = player.go_to(number);
      if (!frame) return false;
      if (digests) digests->write(fmt::format("{} {}\n", number, frame_digest(*frame)));
      if (auto submitted = pool.submit(number, *frame); !submitted) return std::unexpected(submitted.error());
    }
  }
  if (auto finished = pool.finish(); !finished) return std::unexpected(finished.error());
  return true;
}

/// What happens to the frames. False if the user interrupted.
std::expected<bool, std::string> render_frames(const RenderOptions& options, const Program& program,
                                               ScriptedInputs inputs, Recorder* recorder, StandardOutput& digests) {
  const FrameSet frames = options.frames.value_or(FrameSet::one(0));
  Progress progress("rendering", frames.last() + 1, !options.quiet);
  Player player(program, options.engine.session_options(), options.engine.rate, std::move(inputs), progress);
  if (recorder != nullptr) player.session().record(*recorder);
  if (is_special_file(options.target)) return std::unexpected(options.target + " is not a regular file");
  const HeldInterrupts held;
  auto writer = output::FrameWriter::open(output_options(options, program, frames, player.rate()));
  if (!writer) return std::unexpected(writer.error());
  if (is_picture_to_output(options)) {
    auto printed = print_picture(player, frames.last(), *writer);
    player.report_errors();
    return printed;
  }
  output::RasterPool pool(*writer, options.engine.thread_count());
  const bool beside = options.digest && !options.target.empty();
  auto played = play(player, frames, pool, beside ? &digests : nullptr);
  report_drawing(pool.report(), options.counts);
  player.report_errors();
  return played;
}

/// A share of the frames, as one of several jobs makes it. The writer's error is said here.
int render_share(const RenderOptions& options, const Program& program, const ScriptedInputs& inputs,
                 const FrameSet& frames, std::expected<output::FrameWriter, std::string> writer) {
  const bool is_last = frames.last() == options.frames->last();
  const auto jobs = static_cast<std::uint32_t>(options.jobs);
  EngineOptions engine = options.engine;
  engine.threads = std::max(1u, options.engine.thread_count() / jobs);
  Progress progress("rendering", frames.last() + 1, is_last && !options.quiet);
  Player player(program, engine.session_options(), engine.rate, inputs, progress);
  std::expected<bool, std::string> played = true;
  if (writer) {
    output::RasterPool pool(*writer, engine.thread_count());
    played = play(player, frames, pool, nullptr);
    report_drawing(pool.report(), false);
  } else {
    played = std::unexpected(writer.error());
  }
  if (is_last) player.report_errors();
  if (played) return static_cast<int>(*played ? ExitCode::Ok : ExitCode::InputOutput);
  complain_about_output(played.error());
  return static_cast<int>(ExitCode::InputOutput);
}

ExitCode render_in_jobs(const RenderOptions& options, const Program& program, const ScriptedInputs& inputs) {
  const Rate rate = options.engine.rate.value_or(Rate{program.fps_numerator(), program.fps_denominator()});
  const output::OutputOptions output = output_options(options, program, *options.frames, rate);
  const HeldInterrupts held;
  auto writer = output::FrameWriter::open(output);
  if (!writer) {
    complain_about_output(writer.error());
    return ExitCode::InputOutput;
  }
  const Jobs jobs{*options.frames, options.jobs};
  if (is_picture(*format_of(options)))
    return make_shares(jobs, [&](const FrameSet& frames) {
      return render_share(options, program, inputs, frames, output::FrameWriter::open(output));
    });
  const std::size_t bytes = std::size_t{output.width} * output.height * 4;
  return make_interleaved(jobs, bytes, *writer, [&](const FrameSet& frames) {
    auto to = output::open_stream("-");
    return render_share(options, program, inputs, frames, writer->to(std::move(*to)));
  });
}

ExitCode render(const RenderOptions& options) {
  if (const auto wrong = usage_error(options)) {
    complain(fmt::format("render: {}", *wrong));
    return ExitCode::Usage;
  }
  const auto program = load_program(options.path, options.engine.compile_options());
  if (!program) return program.error();
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return inputs.error();
  if (options.jobs > 1) return render_in_jobs(options, *program, *inputs);
  auto recording = open_recording(options.record, {.digest_every = 1});
  if (!recording) return recording.error();
  StandardOutput digests;
  const auto rendered =
      render_frames(options, *program, std::move(*inputs), *recording ? &(*recording)->recorder() : nullptr, digests);
  const bool recorded = !*recording || (*recording)->finish();
  const ExitCode digests_written = recorded ? digests.finish() : ExitCode::InputOutput;
  if (rendered) return digests_written;
  complain_about_output(rendered.error());
  return ExitCode::InputOutput;
}

}  // namespace

void declare_render(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("render", "frames as pictures, a video, raw pixels or digests");
  auto options = std::make_shared<RenderOptions>();
  add_patch_argument(*verb, options->path);
  verb->add_option("-o,--output", options->target, "where to, and by its ending what; see below")->type_name("FILE");
  add_frame_options(*verb, options->frames);
  add_inputs_option(*verb, options->engine);
  add_record_option(*verb, options->record);
  add_rate_option(*verb, options->engine);
  add_read_option(*verb, "--size", options->size, read_size, "in pixels; default: the patch's canvas")
      ->type_name("WxH");
  auto* background =
      add_read_option(*verb, "--background", options->background, read_colour, "beats the patch's background");
  background->type_name("#RRGGBB[AA]");
  verb->add_flag("--transparent", options->transparent, "no background: png, svg, webm, gif, raw")
      ->excludes(background);
  add_read_option(*verb, "--format", options->format, read_format,
                  "png, svg, mp4, webm, gif, raw: beats the name's ending")
      ->type_name("FORMAT");
  add_read_option(*verb, "--view", options->view, read_view,
                  "how the picture is made: bounds, batches, overdraw, wireframe, depth, lanes")
      ->type_name("VIEW");
  add_read_option(*verb, "--backend", options->backend, read_backend,
                  "what draws pixels: cairo, or gl (OpenGL 3.3, without a window)")
      ->type_name("NAME");
  verb->add_flag("--counts", options->counts, "say how many figures were drawn (png, video, raw)");
  verb->add_flag("--digest", options->digest, "print each frame's digest");
  add_read_option(*verb, "--jobs", options->jobs, read_jobs, "so many processes share the frames; never changes a byte")
      ->type_name("N");
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->add_flag("-q,--quiet", options->quiet, "no progress");
  verb->footer(kRenderFooter);
  verb->callback([options, &action] { action = [options] { return render(*options); }; });
}

}  // namespace oscilla::cli
