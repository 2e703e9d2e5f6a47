// oscilla play: the window where patches are performed.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "input/file_watch.hpp"
#include "oscilla/console.hpp"
#include "oscilla/device_inputs.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/play/engine.hpp"
#include "oscilla/play/inspector.hpp"
#include "oscilla/play/stage.hpp"
#include "oscilla/scripted_inputs.hpp"
#include "oscilla/verbs.hpp"
#include "window/window.hpp"

namespace oscilla::cli {
namespace {

struct PlayOptions {
  std::string path;
  double seconds = 0;  ///< 0: until it is closed
  std::optional<Size> size;
  bool full_screen = false;
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

ExitCode perform(const PlayOptions& options) {
  if (options.path == "-") {
    complain("play needs a file that can be saved again, not standard input");
    return ExitCode::Usage;
  }
  auto watch = input::FileWatch::open(options.path);
  const auto patch = read_patch(options.path);
  if (!patch) return patch.error();
  const auto program = compile_program(*patch, options.engine.compile_options());
  if (!program) return program.error();
  if (!watch) {
    complain(fmt::format("cannot watch {}: {}", options.path, watch.error()));
    return ExitCode::InputOutput;
  }
  watch->also(patch->files());
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return inputs.error();
  auto devices = DeviceInputs::open(options.devices);
  if (!devices) return devices.error();
  const Size size = size_of(options, *program);
  auto window = window::Window::open({.title = fmt::format("{} - oscilla", options.path),
                                      .width = static_cast<int>(size.width),
                                      .height = static_cast<int>(size.height),
                                      .full_screen = options.full_screen});
  if (!window) {
    complain(window.error());
    say(fmt::format("`oscilla live {}` runs it without a window\n", options.path));
    return ExitCode::InputOutput;
  }
  play::Inspector inspector(options.path, options.engine.compile_options());
  play::Engine engine({.program = *program,
                       .session = options.engine.session_options(),
                       .rate = options.engine.rate.value_or(Rate{program->fps_numerator(), program->fps_denominator()}),
                       .inputs = std::move(*inputs),
                       .devices = std::move(*devices),
                       .watchers = {&inspector}});
  inspector.attach(engine);
  const HeldInterrupts held;
  say(fmt::format("playing {}; save it to change it, ? shows the keys\n", options.path));
  play::Stage stage(**window, engine, inspector, {.seconds = options.seconds, .path = options.path});
  engine.start(std::move(*watch), options.path);
  stage.run();
  engine.stop();
  StandardOutput out;
  out.write(summary(engine.pace(), engine.outcomes(), false));
  return out.finish();
}

std::expected<double, std::string> read_seconds(const std::string& text) {
  constexpr std::int64_t kMost = 365 * 86'400;
  const auto seconds = read_integer(text, 1, kMost);
  if (seconds) return static_cast<double>(*seconds);
  return std::unexpected(fmt::format("\"{}\" is not a number of seconds from 1 to {}", text, kMost));
}

}  // namespace

void declare_play(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("play", "perform a patch in a window; every save takes over");
  auto options = std::make_shared<PlayOptions>();
  add_patch_argument(*verb, options->path);
  add_read_option(*verb, "--size", options->size, read_size, "of the window; default: the patch's canvas")
      ->type_name("WxH");
  verb->add_flag("--fullscreen", options->full_screen, "fill the screen");
  add_read_option(*verb, "--for", options->seconds, read_seconds, "how long; default: until it is closed")
      ->type_name("SECONDS");
  add_device_options(*verb, options->devices);
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->callback([options, &action] { action = [options] { return perform(*options); }; });
}

}  // namespace oscilla::cli
