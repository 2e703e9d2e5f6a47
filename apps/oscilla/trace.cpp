// oscilla trace: what was computed, frame by frame, as a table or for Perfetto's viewer.
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/json.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/playback.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/trace_text.hpp"
#include "oscilla/verbs.hpp"
#include "output/file_io.hpp"

namespace oscilla::cli {
namespace {

struct TraceVerb {
  PlaybackOptions playback;
  std::vector<std::string> places;
  std::vector<std::string> kinds;
  std::optional<FrameSet> frames;
  std::optional<LaneRange> lanes;
  std::uint32_t every = 1;
  std::uint32_t last = 0;  ///< 0: all
  std::string format;
  std::string target;
};

constexpr std::uint32_t kMostLanes = 1024;
/// Frames that are written at once.
constexpr std::uint32_t kPiece = 256;

constexpr const char* kTraceFooter =
    R"(Runs a patch, or plays a recording (FILE.jsonl) with its edits, and writes what was computed in every
frame: signals, what blocks remember, fields, events, caches, and what continuity adds after an edit.
A VALUE is a block ("pos"), a port ("pos.radius") or a sink's picture ("frame.draw"); none: all that is
in memory, which of fields are states, what is drawn and what steps leave to each other.

Of a field there are the number of lanes, the first one, the smallest, the largest and the mean;
--lanes A:B writes these lanes instead. kinds: signal state field event cache glide. A cache is 1
where something was taken as it was, 0 where it was computed.

--format csv      a line an entry: frame, tMs, kind, name, lane, key, value, lanes, min, max, mean, step,
                  slot, expression, block, port, file, line, column
--format jsonl    the same, an object a line; and one with "kind":"program" where another took over
--format perfetto for ui.perfetto.dev or chrome://tracing: a counter a value, the steps of every frame
                  with the time they took, events and edits as marks
Default: csv, or what the ending of -o says (.csv .jsonl .json).

examples:
  oscilla trace spiral.oscilla --frames 0:120 > spiral.csv
  oscilla trace spiral.oscilla time.phaseA pos --lanes 0:4 --format jsonl
  oscilla trace ring.oscilla --edit 60:wide.oscilla --frames 0:180 -o ring.json
  oscilla trace tonight.jsonl draw.position --last 600 -o tonight.csv)";

std::expected<TraceFormat, std::string> format_of(const TraceVerb& verb) {
  const std::string_view target = verb.target;
  const std::string_view wanted = !verb.format.empty()         ? std::string_view(verb.format)
                                  : target.ends_with(".jsonl") ? "jsonl"
                                  : target.ends_with(".json")  ? "perfetto"
                                                               : "csv";
  for (const auto& [name, format] : kTraceFormats)
    if (name == wanted) return format;
  return std::unexpected(fmt::format("--format: \"{}\" is none of csv, jsonl, perfetto", wanted));
}

std::expected<TraceOptions, std::string> options_of(const TraceVerb& verb) {
  TraceOptions options;
  options.frames = verb.last > 0 ? verb.last : kPiece;
  options.every = verb.every;
  options.places = verb.places;
  for (const std::string& name : verb.kinds) {
    const auto kind = trace_kind_of(name);
    if (!kind)
      return std::unexpected(fmt::format("--kinds: \"{}\" is none of signal, state, field, event, cache, glide", name));
    options.kinds.push_back(*kind);
  }
  if (verb.lanes) {
    if (verb.lanes->end - verb.lanes->begin > kMostLanes)
      return std::unexpected(fmt::format("--lanes: at most {} lanes, as in 0:{}", kMostLanes, kMostLanes));
    for (std::uint32_t lane = verb.lanes->begin; lane < verb.lanes->end; ++lane) options.lanes.push_back(lane);
  }
  return options;
}

/// To standard output, or to a file that appears when it is complete.
class TraceOutput {
 public:
  static std::expected<TraceOutput, ExitCode> open(const std::string& target) {
    TraceOutput made;
    if (target.empty()) return made;
    auto file = output::AtomicFile::create(target);
    if (!file) return complain(file.error()), std::unexpected(ExitCode::InputOutput);
    made.file_ = std::make_unique<output::AtomicFile>(std::move(*file));
    return made;
  }

  bool write(std::string_view text) {
    if (file_ == nullptr) {
      out_.write(text);
      return !out_.failed();
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return keep(file_->write(std::span(bytes, text.size())));
  }

  ExitCode finish() {
    if (file_ != nullptr && !failed_) keep(file_->commit());
    const ExitCode written = out_.finish();
    return failed_ ? ExitCode::InputOutput : written;
  }

 private:
  bool keep(const output::Outcome& outcome) {
    if (!outcome) complain(outcome.error());
    failed_ |= !outcome;
    return outcome.has_value();
  }
  StandardOutput out_;
  std::unique_ptr<output::AtomicFile> file_;
  bool failed_ = false;
};

/// The frames of the time that is there in the end, without what was gone back from.
class Course {
 public:
  Course(const Playback& playback, std::int64_t end) : playback_(playback) {
    if (!playback.frames()) return;
    gone_.resize(static_cast<std::size_t>(end), true);
    for (std::int64_t frame = end - 1; frame >= 0; frame = playback.before(frame))
      gone_[static_cast<std::size_t>(frame)] = false;
  }
  /// Of frames that were made by then, with `tick` as the last one's number: the number of the last one that stays.
  std::int64_t last_tick(std::int64_t frame, std::int64_t tick) const {
    for (; is_gone(frame); frame = playback_.before(frame)) --tick;
    return tick;
  }
  /// How many stay of those before a frame.
  std::int64_t count(std::int64_t frame) const {
    return frame - std::count(gone_.begin(), gone_.begin() + std::min<std::int64_t>(frame, std::ssize(gone_)), true);
  }

 private:
  bool is_gone(std::int64_t frame) const {
    return frame >= 0 && frame < std::ssize(gone_) && gone_[static_cast<std::size_t>(frame)];
  }

  const Playback& playback_;
  std::vector<bool> gone_;  ///< by frame; empty: none is
};

/// Goes through the frames, writing what the ring has before it is full, and before what is in it is gone back from.
/// False if the output does not take it.
bool run(const TraceVerb& verb, Playback& playback, std::int64_t end, TraceWriter& writer, TraceOutput& out) {
  Session& session = playback.session();
  const Course course(playback, end);
  std::int64_t written = (verb.frames ? course.count(verb.frames->ranges().front().begin) : 0) - 1;
  const auto write = [&](std::int64_t last) {
    for (const TracedFrame& traced : session.traced()) {
      if (traced.tick <= written || traced.tick > last) continue;
      if (!out.write(writer.frame(session, traced))) return false;
      written = traced.tick;
    }
    return true;
  };
  std::int64_t made = 0;
  for (const RenderFrame* frame = nullptr; made < end && (frame = playback.go_to(made)) != nullptr; ++made) {
    const bool full = (made + 1) % (std::int64_t{kPiece} * verb.every) == 0;
    const bool goes_back = made + 1 < end && playback.before(made + 1) != made;
    if (verb.last > 0 || !(full || goes_back)) continue;
    if (!write(course.last_tick(made, frame->tick))) return false;
  }
  // What is left, also where it ended before its time.
  return write(kLastFrame) && out.write(writer.end());
}

ExitCode wrong_usage(const std::string& sentence) {
  complain(fmt::format("trace: {}", sentence));
  return ExitCode::Usage;
}

ExitCode trace(const TraceVerb& verb) {
  const auto format = format_of(verb);
  if (!format) return wrong_usage(format.error());
  const auto options = options_of(verb);
  if (!options) return wrong_usage(options.error());
  if (verb.frames && verb.frames->ranges().size() > 1) return wrong_usage("--frames takes one range, A:B");
  PlaybackOptions played = verb.playback;
  played.compile = verb.playback.engine.compile_options();
  const std::int64_t wanted = verb.frames ? verb.frames->last() + 1 : is_recording(played.path) ? kLastFrame : 600;
  Progress progress("tracing", wanted, verb.target.empty() ? !output_is_terminal() : true);
  auto playback = Playback::open(played, "trace", progress);
  if (!playback) return playback.error();
  if (*format == TraceFormat::Perfetto) playback->session().measure(steady_nanoseconds);
  playback->session().trace(*options);
  auto out = TraceOutput::open(verb.target);
  if (!out) return out.error();
  TraceWriter writer(*format);
  if (!out->write(writer.begin())) return out->finish();
  const std::int64_t end = std::min(wanted, playback->frames().value_or(wanted));
  run(verb, *playback, end, writer, *out);
  progress.clear();
  if (playback->trouble()) return *playback->trouble();
  playback->report_errors();
  playback->complain_of_next_edit("trace", end - 1);
  if (writer.rows() == 0 && !verb.places.empty())
    complain(fmt::format("trace: nothing is called {}; `oscilla dump --stage types` lists all values",
                         fmt::join(verb.places, " or ")));
  return out->finish();
}

std::expected<std::uint32_t, std::string> read_count(const std::string& text) {
  if (const auto count = read_integer(text, 1, 1'000'000)) return static_cast<std::uint32_t>(*count);
  return std::unexpected(fmt::format("\"{}\" is not a number of frames from 1 to 1000000", text));
}

}  // namespace

void declare_trace(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("trace", "what was computed in every frame, as a table or for Perfetto");
  auto options = std::make_shared<TraceVerb>();
  verb->add_option("PATCH", options->playback.path, "the patch, or a recording (FILE.jsonl)")->required();
  verb->add_option("VALUE", options->places, "what to write: pos, pos.radius, frame.draw; default: everything");
  add_frame_options(*verb, options->frames, false);
  verb->add_option("--kinds", options->kinds, "signal, state, field, event, cache, glide; default: all")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("KIND,...");
  add_read_option(*verb, "--lanes", options->lanes, read_lanes, "of fields lanes A to B, without B; or one")
      ->type_name("A:B");
  add_read_option(*verb, "--every", options->every, read_count, "one of so many frames")->type_name("N");
  add_read_option(*verb, "--last", options->last, read_count, "only so many frames, the last ones")->type_name("N");
  verb->add_option("--format", options->format, "csv, jsonl, perfetto");
  verb->add_option("-o,--output", options->target, "the file; default: standard output")->type_name("FILE");
  add_edit_option(*verb, options->playback.edits);
  add_inputs_option(*verb, options->playback.engine);
  add_rate_option(*verb, options->playback.engine);
  add_seed_option(*verb, options->playback.engine);
  add_machine_options(*verb, options->playback.engine);
  verb->footer(kTraceFooter);
  verb->callback([options, &action] { action = [options] { return trace(*options); }; });
}

}  // namespace oscilla::cli
