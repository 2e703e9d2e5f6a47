// oscilla live: a patch runs against the clock, without a window; every save of its file takes over while it runs.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/device_inputs.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/health_text.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/json.hpp"
#include "oscilla/live_commands.hpp"
#include "oscilla/live_edits.hpp"
#include "oscilla/live_opening.hpp"
#include "oscilla/live_report.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/recording_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct LiveOptions {
  std::string path;
  double seconds = 0;  ///< 0: until interrupted
  bool json = false;
  bool health = false;
  std::string record;     ///< the file; empty: none
  bool commands = false;  ///< are read from standard input
  DeviceOptions devices;
  EngineOptions engine;
};

constexpr const char* kLiveFooter =
    R"(Runs the patch at its rate until Ctrl-C, or for --for seconds. Whenever the file is saved, or one
that it uses or draws from, its new text is compiled beside the running one and takes over between two frames: time goes on, state
goes on where a block of the same name and type is still there (or says `was:`), and a report
tells what became of everything. A text with errors changes nothing; its errors are shown.

--json prints one object a line: {"event": "swap", "edit", "outcome", "tick", "states": [...],
"targets": [...], "rehearsed",
"diagnostics": [...], "prepareMs", "boundaryUs"} for each edit, {"event": "error", "kind", "port",
"operation", "operands", "lane", "tick", "line", "column", "message"} when something new had to be
mended (a division by zero, a number that is none), {"event": "health", "frames", "late", "dropped",
"medianUs", "p99Us", "mostUs", "budgetUs", "evaluation", "assembly", "output", "memoryBytes",
"swaps", "errors"} five times a second, {"event": "end", ...} at last.

On a terminal a line tells how it goes: frames, those that took longer than there was time for and
those that were left out, what the last 600 took, what that went to, memory, edits, and what had to be mended.
--health says it once a second wherever standard error goes.

--record FILE writes down everything that makes the frames what they are: inputs, edits with their
texts, times. `oscilla replay FILE` plays it again, bit for bit, and makes a video of it at any size.
The file can be read at any moment, also after a crash.

--commands reads lines from standard input, in seconds: back 5 (everything is again what it was then,
the patch too, and goes on from there; up to a minute), pause, play, step 0.1, seek 30, speed 0.5, quit.
Recordings hold them all.

--osc PORT listens to OSC over UDP from this machine; --osc ADDRESS:PORT at one of its addresses
(0.0.0.0: all). "/hit" goes to every input with `osc: "/hit"` or `channel: "osc.hit"`: one number, or as
many as the input has; a text is an event's key. --midi listens to MIDI devices, those that are plugged
in later too: `midi: "cc.7"`, `midi: "note"`. --smooth MS lets values glide where they are sent, where
the input itself has no `smooth:`.

examples:
  oscilla live spiral.oscilla
  oscilla live spiral.oscilla --for 60 --json
  oscilla live spiral.oscilla --record tonight.jsonl --osc 9000 --smooth 100)";

/// How it goes: an object five times a second, or a line that stays where it is on a terminal.
class HealthLine {
 public:
  HealthLine(std::uint64_t budget, const LiveOptions& options)
      : monitor_(budget), json_(options.json), always_(options.health), terminal_(error_is_terminal()) {}

  ExitCode tell(const Session& session, const FrameCost& cost, double elapsed_ms) {
    const std::optional<Health> health = monitor_.add(session, cost, steady_nanoseconds());
    if (!health) return ExitCode::Ok;
    ++snapshots_;
    if (json_) {
      StandardOutput out;
      out.write(json_line(health_json(*health, elapsed_ms / 1000)) + "\n");
      return out.finish();
    } else if (terminal_) {
      say(fmt::format("\r{}\x1b[K", health_line(*health)));
      shown_ = true;
    } else if (always_ && snapshots_ % kSnapshotsASecond == 0) {
      say(health_line(*health) + "\n");
    }
    return ExitCode::Ok;
  }
  /// Something else is about to be told.
  void clear() {
    if (std::exchange(shown_, false)) say("\r\x1b[K");
  }

 private:
  static constexpr std::uint64_t kSnapshotsASecond = 1'000'000'000 / HealthMonitor::kInterval;
  HealthMonitor monitor_;
  bool json_, always_, terminal_;
  bool shown_ = false;
  std::uint64_t snapshots_ = 0;
};

ExitCode live(const LiveOptions& options) {
  auto parts = open_live("live", options.path, options.engine, options.devices);
  if (!parts) return parts.error();
  auto& [program, rate, watch, inputs, devices] = *parts;
  RecorderOptions recorder;
  if (options.commands) recorder.rewind_ticks = LiveCommands::most_ticks_back(rate);
  auto recording = open_recording(options.record, recorder);
  if (!recording) return recording.error();
  Recorder memory([](std::string_view) { return std::string(); }, recorder);  // to go back, where nothing is recorded
  Session session(program, options.engine.session_options());
  session.measure(steady_nanoseconds);
  if (*recording)
    session.record((*recording)->recorder());
  else if (options.commands)
    session.record(memory);
  Pace pace(rate);
  HealthLine health(pace.budget_nanoseconds(), options);
  Outcomes outcomes;
  Requests requests;
  ErrorNews errors;
  ExitCode told = ExitCode::Ok;  // what nobody can read any more ends it, as an interrupt does
  const auto note = [&told](ExitCode code) { told = told == ExitCode::Ok ? code : told; };
  {
    const HeldInterrupts held;  // so that the summary is still told
    say(fmt::format("running {}; save it to change it, Ctrl-C ends\n", options.path));
    const Reloader reloader(std::move(watch), options.path, session, requests, complain);
    std::uint64_t dropped = 0;
    LiveCommands commands(options.commands, rate);
    while (!interrupted() && told == ExitCode::Ok && !commands.quit() &&
           (options.seconds == 0 || pace.elapsed_ms() < 1000.0 * options.seconds)) {
      const double t_ms = pace.begin_frame();
      const std::uint64_t begin = steady_nanoseconds();
      inputs.write_until(t_ms, session);
      devices.write_due(t_ms, session);
      commands.obey(t_ms, session);
      session.tick(t_ms);
      pace.end_frame();
      const std::uint64_t ticked = steady_nanoseconds();
      for (const SwapReport& report : session.take_swap_reports()) {
        health.clear();
        const std::optional<Patch> edit = requests.take(report.generation);
        if (edit) outcomes.count(report), note(tell_swap(report, *edit, options.json));
        if (!edit) note(tell_return(report, options.json));
      }
      if (errors.has_news(session)) {
        health.clear();
        note(errors.tell(session, options.json));
      }
      const std::uint64_t end = steady_nanoseconds();
      note(health.tell(session, {ticked - begin, end - ticked, pace.late() - dropped}, pace.elapsed_ms()));
      dropped = pace.late();
      pace.wait_for_next();
    }
  }
  health.clear();
  session.end_recording();
  const bool recorded = !*recording || (*recording)->finish();
  if (told != ExitCode::Ok) return told;
  StandardOutput out;
  if (!options.json) out.write(errors_text(session, colour_on_output()));
  if (devices.any()) out.write(summary(devices.counts(), options.json));
  out.write(summary(pace, outcomes, options.json));
  const ExitCode written = out.finish();
  return recorded ? written : ExitCode::InputOutput;
}

}  // namespace

void declare_live(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("live", "run a patch against the clock; every save takes over");
  auto options = std::make_shared<LiveOptions>();
  verb->add_option("PATCH", options->path, "the patch's file, which is watched")->required();
  add_read_option(*verb, "--for", options->seconds, read_seconds, "how long; default: until Ctrl-C")
      ->type_name("SECONDS");
  verb->add_flag("--json", options->json, "one object a line");
  verb->add_flag("--health", options->health, "say how it goes once a second, also where no terminal is");
  add_record_option(*verb, options->record);
  verb->add_flag("--commands", options->commands, "go back, pause, seek ... by lines of standard input");
  add_device_options(*verb, options->devices);
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kLiveFooter);
  verb->callback([options, &action] { action = [options] { return live(*options); }; });
}

}  // namespace oscilla::cli
