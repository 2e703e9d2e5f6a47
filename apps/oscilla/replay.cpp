// oscilla replay: a recording is played again and compared, and rendered on the way if somebody wants to see it.
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/json.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/playback.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/replay.hpp"
#include "oscilla/replay_against.hpp"
#include "oscilla/replay_pictures.hpp"
#include "oscilla/verbs.hpp"
#include "output/file_io.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kMostSnapshotBytes = std::size_t{4} << 30;

struct Options {
  std::string path;
  PictureOptions pictures;
  std::int64_t from = 0;
  std::optional<std::int64_t> to;
  std::string snapshots;     ///< their file; empty: none
  std::int64_t every = 300;  ///< ticks from one to the next
  std::string against;
  bool digest = false;
  bool json = false;
  bool quiet = false;
  EngineOptions engine;
};

constexpr const char* kReplayFooter =
    R"(Plays what `live --record` or `render --record` wrote: the same patch, edits, inputs and times. Every
digest in the recording is compared with the frame's; all equal means that this machine makes the
same frames, bit for bit. A recording that was cut off anywhere, by a crash or a full disk, plays as
far as it goes.

--render makes pictures of it as `render -o` does, at any size, as fast as it goes: a frame that was
late in the performance shows in its place, and the one before it stands until then.

--from N shows nothing before frame N (pictures are numbered from there), though all frames are made:
an animation is what was before. --snapshots FILE makes that short: it keeps the session every --every
frames, and begins at the nearest one that is in the file already. A range of frames can be rendered
by anybody who has the recording and its snapshots; they belong to this recording only.

--against NAME compares nothing with the recording, but runs it twice at once, with --isa and with
this instruction set, and compares every frame. Where they differ, the first lane is named, and of all
that was computed for the frame the first that differs: its step and its slot.

exit codes: 0 all equal, 3 a file is missing or changed, 4 a frame differs. 2: this is no recording,
or one whose frames have another form than this engine's.

examples:
  oscilla replay tonight.jsonl
  oscilla replay tonight.jsonl --render tonight.mp4 --size 7680x4320
  oscilla replay tonight.jsonl --to 600 --isa scalar --threads 1
  oscilla replay tonight.jsonl --snapshots tonight.snap
  oscilla replay tonight.jsonl --snapshots tonight.snap --from 36000 --to 36599 --render finale.mp4
  oscilla replay tonight.jsonl --against sse2)";

Json to_json(const Divergence& divergence) {
  Json json{{"tick", divergence.tick},         {"lastEqual", divergence.last_equal},
            {"expected", divergence.expected}, {"found", divergence.found},
            {"pass", divergence.pass},         {"part", divergence.part},
            {"message", describe(divergence)}};
  json["unit"] = divergence.unit ? Json(*divergence.unit) : Json();
  return json;
}

struct Played {
  std::int64_t ticks = 0;   ///< that were shown
  std::int64_t began = 0;   ///< with this one, to get to the first of them
  double seek_seconds = 0;  ///< which took so long
  double recorded_ms = 0;   ///< from the first of them to the last
  double seconds = 0;
};

std::string summary(const Options& options, const Recording& recording, const Replay& replay, const Played& played) {
  const double speed = played.seconds > 0 ? played.recorded_ms * 1e-3 / played.seconds : 0;
  if (options.json) {
    return json_line({{"recording", options.path},
                      {"patch", recording.patch_name()},
                      {"engine", recording.engine()},
                      {"ticks", recording.ticks()},
                      {"swaps", recording.swaps()},
                      {"complete", recording.complete()},
                      {"played", played.ticks},
                      {"from", options.from},
                      {"began", played.began},
                      {"seekSeconds", played.seek_seconds},
                      {"compared", replay.compared()},
                      {"seconds", played.seconds},
                      {"speed", speed},
                      {"divergence", replay.divergence() ? to_json(*replay.divergence()) : Json()}}) +
           "\n";
  }
  std::string text = fmt::format("{} of {} frames played in {:.2f} s, {:.1f} times as fast as they were\n",
                                 played.ticks, recording.ticks(), played.seconds, speed);
  if (options.from > 0)
    text += fmt::format("from frame {}, which took {:.3f} s from frame {} on\n", options.from, played.seek_seconds,
                        played.began);
  if (replay.divergence()) return text;
  if (replay.compared() == 0) return text + "no frame was compared: the recording has no digest of these\n";
  return text + fmt::format("{} compared, all equal\n", replay.compared());
}

/// What is to be said of the recording itself.
void introduce(const Options& options, const Recording& recording) {
  if (!recording.trouble().empty())
    complain(fmt::format("{}: it ended before its time: {}", options.path, recording.trouble()));
  else if (!recording.complete())
    complain(fmt::format("{}: it was cut off; {} frames are there", options.path, recording.ticks()));
  if (options.json) return;
  StandardOutput out;
  out.write(fmt::format("{}: {} frames of {}, {} edits, recorded by {}\n", options.path, recording.ticks(),
                        recording.patch_name(), recording.swaps(), recording.engine()));
  out.finish();
}

ReplayOptions replay_options(const Options& options) {
  ReplayOptions replay;
  replay.session = options.engine.session_options();
  replay.read = library_reader();
  replay.read_asset = asset_reader();
  if (!options.snapshots.empty()) replay.snapshot_every = static_cast<std::uint32_t>(options.every);
  return replay;
}

/// What the file has, if it is there. Returns how many.
std::expected<std::size_t, ExitCode> read_snapshots(const Options& options, Replay& replay) {
  if (options.snapshots.empty() || !std::filesystem::exists(options.snapshots)) return 0;
  const auto bytes = read_text(options.snapshots, kMostSnapshotBytes);
  if (!bytes) return std::unexpected(bytes.error());
  const auto used = replay.use_snapshots(std::as_bytes(std::span(bytes->data(), bytes->size())));
  if (used) return *used;
  complain(fmt::format("{}: {}", options.snapshots, used.error()));
  return std::unexpected(ExitCode::Usage);
}

/// All that were kept; false, and it was said, if they could not be written.
bool write_snapshots(const std::string& path, const Replay& replay) {
  const std::vector<std::byte> bytes = replay.snapshots();
  auto file = output::AtomicFile::create(path);
  output::Outcome written = file ? file->write({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()})
                                 : output::Outcome(std::unexpected(file.error()));
  if (written) written = file->commit();
  if (!written) complain_about_output(written.error());
  return written.has_value();
}

/// Plays to the end. False if the user interrupted; the error is a sentence about pictures.
std::expected<bool, std::string> play(const Options& options, const Recording& recording, Replay& replay,
                                      Played& played) {
  const std::int64_t end = std::min(options.to ? *options.to + 1 : recording.ticks(), recording.ticks());
  Progress progress("replaying", end, !options.quiet);
  const HeldInterrupts held;
  const std::uint64_t seek = steady_nanoseconds();
  played.began = replay.nearest_snapshot(std::min(options.from, end));
  if (played.began > 0 && !replay.go_to(played.began)) return true;
  while (replay.tick() < std::min(options.from, end)) {
    if (interrupted()) return false;
    if (replay.next() == nullptr || replay.divergence()) return true;
    progress.show(replay.tick());
  }
  played.seek_seconds = static_cast<double>(steady_nanoseconds() - seek) * 1e-9;
  const std::int64_t first = replay.tick();
  auto pictures = ReplayPictures::open(options.pictures, replay.session().program(), options.engine, end - first);
  if (!pictures) return std::unexpected(pictures.error());
  StandardOutput digests;
  const std::uint64_t begin = steady_nanoseconds();
  for (; replay.tick() < end; ++played.ticks) {
    if (interrupted()) return false;
    const RenderFrame* frame = replay.next();
    if (frame == nullptr) break;
    if (options.digest) digests.write(fmt::format("{} {}\n", replay.tick() - 1, frame_digest(*frame)));
    if (auto drawn = pictures->show(replay.host_ms(replay.tick() - 1), *frame); !drawn)
      return std::unexpected(drawn.error());
    progress.show(replay.tick());
    if (replay.divergence() && !options.pictures.wanted()) {
      ++played.ticks;
      break;
    }
  }
  if (interrupted()) return false;  // while the last one was shown
  if (auto finished = pictures->finish(); !finished) return std::unexpected(finished.error());
  played.seconds = static_cast<double>(steady_nanoseconds() - begin) * 1e-9;
  if (played.ticks > 1) played.recorded_ms = replay.host_ms(first + played.ticks - 1) - replay.host_ms(first);
  digests.finish();
  return true;
}

ExitCode replay(const Options& options) {
  if (const auto wrong = options.pictures.usage_error()) {
    complain(fmt::format("replay: {}", *wrong));
    return ExitCode::Usage;
  }
  if (!options.against.empty() && (options.from > 0 || !options.snapshots.empty())) {
    complain("replay: --against begins with the first frame, without --from and --snapshots");
    return ExitCode::Usage;
  }
  const auto recording = read_recording(options.path);
  if (!recording) return recording.error();
  if (const std::int64_t end = std::min(options.to.value_or(recording->ticks()), recording->ticks() - 1);
      options.from > 0 && options.from > end) {
    complain(fmt::format("replay: --from {} is behind the last frame, {}", options.from, end));
    return ExitCode::Usage;
  }
  introduce(options, *recording);
  if (!options.against.empty())
    return replay_against(*recording, replay_options(options), options.against, options.to, options.quiet);
  auto replay = Replay::begin(*recording, replay_options(options));
  if (!replay) return tell_problem(options.path, replay.error());
  const auto kept = read_snapshots(options, *replay);
  if (!kept) return kept.error();
  Played played;
  const auto finished = play(options, *recording, *replay, played);
  if (!finished) {
    complain_about_output(finished.error());
    return ExitCode::InputOutput;
  }
  if (!*finished) return ExitCode::Ok;
  if (replay->problem()) return tell_problem(options.path, *replay->problem());
  if (!options.snapshots.empty() && replay->kept_snapshots() > *kept && !write_snapshots(options.snapshots, *replay))
    return ExitCode::InputOutput;
  StandardOutput out;
  out.write(summary(options, *recording, *replay, played));
  const ExitCode written = out.finish();
  if (!replay->divergence()) return written;
  complain(fmt::format("{}: {}", options.path, describe(*replay->divergence())));
  return ExitCode::Diverged;
}

std::expected<std::int64_t, std::string> read_tick(const std::string& text) {
  const auto tick = read_integer(text, 0, kLastFrame);
  if (tick) return *tick;
  return std::unexpected(fmt::format("\"{}\" is not a frame number from 0 to {}", text, kLastFrame));
}

std::expected<std::int64_t, std::string> read_every(const std::string& text) {
  const auto every = read_integer(text, 1, kLastFrame);
  if (every) return *every;
  return std::unexpected(fmt::format("\"{}\" is not a number of frames from 1 to {}", text, kLastFrame));
}

}  // namespace

void declare_replay(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("replay", "play a recording again, compare its frames, render it");
  auto options = std::make_shared<Options>();
  verb->add_option("RECORDING", options->path, "the file that --record wrote; - is standard input")->required();
  add_picture_options(*verb, options->pictures);
  add_rate_option(*verb, options->engine);
  add_read_option(*verb, "--from", options->from, read_tick, "the first frame to show; default: 0")->type_name("N");
  add_read_option(*verb, "--to", options->to, read_tick, "the last frame to play; default: all")->type_name("N");
  verb->add_option("--snapshots", options->snapshots, "keep the session there, and begin from what is kept")
      ->type_name("FILE");
  add_read_option(*verb, "--every", options->every, read_every, "frames from one snapshot to the next; default: 300")
      ->type_name("N");
  add_isa_option(*verb, "--against", options->against, "compare two instruction sets frame by frame");
  verb->add_flag("--digest", options->digest, "print each frame's digest");
  verb->add_flag("--json", options->json, "what came of it as one object");
  add_machine_options(*verb, options->engine);
  verb->add_flag("-q,--quiet", options->quiet, "no progress");
  verb->footer(kReplayFooter);
  verb->callback([options, &action] { action = [options] { return replay(*options); }; });
}

}  // namespace oscilla::cli
