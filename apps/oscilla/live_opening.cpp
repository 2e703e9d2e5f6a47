#include "oscilla/live_opening.hpp"

#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/patch_file.hpp"

namespace oscilla::cli {

std::expected<LiveParts, ExitCode> open_live(std::string_view verb, const std::string& path,
                                             const EngineOptions& engine, const DeviceOptions& options) {
  if (path == "-") {
    complain(fmt::format("{} needs a file that can be saved again, not standard input", verb));
    return std::unexpected(ExitCode::Usage);
  }
  auto watch = input::FileWatch::open(path);  // before it is read, so that no save is missed
  const auto patch = read_patch(path);
  if (!patch) return std::unexpected(patch.error());
  const auto program = compile_program(*patch, engine.compile_options());
  if (!program) return std::unexpected(program.error());
  if (!watch) {
    complain(fmt::format("cannot watch {}: {}", path, watch.error()));
    return std::unexpected(ExitCode::InputOutput);
  }
  watch->also(patch->files());
  auto inputs = ScriptedInputs::load(engine, *program);
  if (!inputs) return std::unexpected(inputs.error());
  auto devices = DeviceInputs::open(options);
  if (!devices) return std::unexpected(devices.error());
  const Rate rate = engine.rate.value_or(Rate{program->fps_numerator(), program->fps_denominator()});
  return LiveParts{*program, rate, std::move(*watch), std::move(*inputs), std::move(*devices)};
}

std::expected<double, std::string> read_seconds(const std::string& text) {
  constexpr double kLeast = 0.001, kMost = 365 * 86'400;
  return read_within(text, kLeast, kMost, "a number of seconds");
}

}  // namespace oscilla::cli
