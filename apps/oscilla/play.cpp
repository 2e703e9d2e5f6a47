// oscilla play: the window where patches are performed.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/device_inputs.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/live_opening.hpp"
#include "oscilla/live_report.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/play/actions.hpp"
#include "oscilla/play/engine.hpp"
#include "oscilla/play/inspector.hpp"
#include "oscilla/play/spool.hpp"
#include "oscilla/play/stage.hpp"
#include "oscilla/recording_file.hpp"
#include "oscilla/verbs.hpp"
#include "window/hands.hpp"
#include "window/window.hpp"

namespace oscilla::cli {
namespace {

std::string footer() {
  return fmt::format(
      R"(Opens a window and performs the patch in it, at its rate, until the window is closed, Ctrl-C, or
for --for seconds. Whenever the file is saved, or one that it uses or a mesh or drawing in it, its
new text takes over between two frames: time and state go on, what changed glides. A text with
errors is shown over the picture with its places, while the old program runs on. A slow display
never changes what is computed: frames are made by a thread of their own, and the window shows the
newest.

keys, and commands for --commands (lines of standard input) and --osc ("/oscilla/back" 5):
{}
A key that the patch listens to (key: "space") is the patch's; with Ctrl it does what is said here.
Inputs of the patch listen to the mouse, keys, gamepads, OSC and MIDI: docs/inputs.md. Learning (L)
lets any of them play an input. --commands also knows inspect and cursor FILE:LINE:COLUMN, for
editors: docs/inspector.md.

Everything is written down from the first frame on, so R can begin in the middle: PATCH-1.jsonl has
the whole performance, and the command that is said at the end renders what was meant. --record
FILE records from the first frame. What a full disk does not take waits in memory. Without a
display the exit code is 3; `oscilla live` needs none.

examples:
  oscilla play spiral.oscilla
  oscilla play spiral.oscilla --fullscreen --record tonight.jsonl --midi --osc 9000
  oscilla play spiral.oscilla --size 1920x1080 --for 5 --screenshot spiral.png --at 2)",
      play::actions_text());
}

struct PlayOptions {
  std::string path;
  std::optional<Size> size;
  bool full_screen = false;
  std::string record;  ///< the file; empty: none from the beginning
  std::int64_t rewind_seconds = 120;
  play::StageOptions stage;
  DeviceOptions devices;
  EngineOptions engine;
};

/// As large as the canvas, but no larger than most screens.
Size size_of(const PlayOptions& options, const Program& program) {
  if (options.size) return *options.size;
  Size size{program.width(), program.height()};
  constexpr std::uint32_t kMost = 1600;
  for (; size.width > kMost || size.height > kMost; size.width /= 2, size.height /= 2) {
  }
  return size;
}

/// A window, or the reason why there is none, with what can be done without one.
std::unique_ptr<window::Window> open_window(const PlayOptions& options, const Program& program) {
  const Size size = size_of(options, program);
  auto window = window::Window::open({.title = fmt::format("{} - oscilla", options.path),
                                      .width = static_cast<int>(size.width),
                                      .height = static_cast<int>(size.height),
                                      .full_screen = options.full_screen});
  if (window) return std::move(*window);
  complain(window.error());
  say(fmt::format("`oscilla live {}` runs it without a window\n", options.path));
  return nullptr;
}

std::uint32_t ticks_of(std::int64_t seconds, Rate rate) {
  return static_cast<std::uint32_t>((seconds * rate.numerator + rate.denominator - 1) / rate.denominator);
}

ExitCode end(play::Engine& engine, Recorder& recorder, play::Stage& stage) {
  engine.stop();
  recorder.finish();
  bool whole = stage.look_at_recorder();
  whole &= stage.end_recording();
  whole &= stage.end_screenshots();
  StandardOutput out;
  out.write(errors_text(engine.session(), colour_on_output()));
  if (engine.devices().any()) out.write(summary(engine.devices().counts(), false));
  out.write(summary(engine.pace(), engine.outcomes(), false));
  const play::EngineState& state = engine.state();
  out.write(fmt::format("{} ticks late, {} of them waited\n", state.late, state.waited));
  const ExitCode written = out.finish();
  return whole ? written : ExitCode::InputOutput;
}

ExitCode run(LiveParts parts, const PlayOptions& options) {
  const auto window = open_window(options, parts.program);
  if (!window) return ExitCode::InputOutput;
  const Program program = parts.program;
  window::Hands hands;
  parts.devices.add(hands.producer());
  play::Inspector inspector(options.path, options.engine.compile_options());
  std::atomic<play::Engine*> told = nullptr;  // the spool is there before it, and has a thread of its own
  play::Spool spool([&told](bool good, std::string sentence) {
    using Kind = play::NoticeNews::Kind;
    if (play::Engine* const engine = told.load(); engine != nullptr)
      engine->tell(play::NoticeNews{good ? Kind::Good : Kind::Trouble, std::move(sentence)});
  });
  RecorderOptions recorded;
  recorded.rewind_ticks = ticks_of(options.rewind_seconds, parts.rate);
  Recorder recorder(
      [&spool](std::string_view lines) {
        spool.write(lines);
        return std::string();
      },
      recorded);
  if (!options.record.empty()) {
    if (const auto begun = spool.begin(options.record); !begun) {
      complain(begun.error());
      return ExitCode::InputOutput;
    }
  }
  play::Engine engine({.program = program,
                       .session = options.engine.session_options(),
                       .rate = parts.rate,
                       .inputs = std::move(parts.inputs),
                       .devices = std::move(parts.devices),
                       .recorder = &recorder,
                       .rewind_ticks = recorded.rewind_ticks,
                       .watchers = {&inspector}});
  told = &engine;
  inspector.attach(engine);
  const HeldInterrupts held;
  say(fmt::format("playing {}; save it to change it, ? shows the keys\n", options.path));
  play::Stage stage({*window, engine, inspector, hands, spool, recorder, program}, options.stage);
  window->set_lost([&] {
    stage.run_blind();
    std::_Exit(
        static_cast<int>(end(engine, recorder, stage)));  // whatever has to do with the window is not to be freed
  });
  engine.start(std::move(parts.watch), options.path);
  stage.run();
  const ExitCode code = end(engine, recorder, stage);
  window->set_lost([code] { std::_Exit(static_cast<int>(code)); });  // the window goes last
  return code;
}

ExitCode perform(const PlayOptions& options) {
  auto parts = open_live("play", options.path, options.engine, options.devices);
  return parts ? run(std::move(*parts), options) : parts.error();
}

std::expected<std::int64_t, std::string> read_rewind(const std::string& text) {
  constexpr std::int64_t kMost = 600;
  const auto seconds = read_integer(text, 0, kMost);
  if (seconds) return *seconds;
  return std::unexpected(fmt::format("\"{}\" is not a number of seconds from 0 to {}", text, kMost));
}

std::expected<double, std::string> read_time(const std::string& text) {
  return read_within(text, 0, 365 * 86'400.0, "a number of seconds");
}
/// A screenshot's name, which is refused before the performance and not in it.
std::expected<std::string, std::string> read_picture_name(const std::string& text) {
  if (text.ends_with(".png")) return text;
  return std::unexpected(fmt::format("\"{}\" does not end in .png", text));
}
std::expected<double, std::string> read_scale(const std::string& text) { return read_within(text, 0.5, 8, "a factor"); }

}  // namespace

void declare_play(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("play", "perform a patch in a window; every save takes over");
  auto options = std::make_shared<PlayOptions>();
  verb->add_option("PATCH", options->path, "the patch's file, which is watched")->required();
  add_read_option(*verb, "--size", options->size, read_size, "of the window; default: the patch's canvas")
      ->type_name("WxH");
  verb->add_flag("--fullscreen", options->full_screen, "fill the screen");
  add_read_option(*verb, "--for", options->stage.seconds, read_seconds, "how long; default: until it is closed")
      ->type_name("SECONDS");
  add_record_option(*verb, options->record);
  add_read_option(*verb, "--rewind", options->rewind_seconds, read_rewind,
                  "so many seconds can be gone back to; default: 120; 0: none, which spares a second computation")
      ->type_name("SECONDS");
  add_read_option(*verb, "--screenshot", options->stage.screenshot, read_picture_name,
                  "write what is shown to a PNG file, at --at")
      ->type_name("FILE");
  add_read_option(*verb, "--at", options->stage.screenshot_at, read_time,
                  "after so many seconds; default: the first frame")
      ->type_name("SECONDS");
  verb->add_flag("--commands", options->stage.commands, "do what lines of standard input say: pause, back 5 ...");
  add_read_option(*verb, "--text-scale", options->stage.text_scale, read_scale,
                  "how large text is; default: as the display wants it")
      ->type_name("FACTOR");
  add_device_options(*verb, options->devices);
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(footer());
  verb->callback([options, &action] {
    options->stage.path = options->path;
    action = [options] { return perform(*options); };
  });
}

}  // namespace oscilla::cli
