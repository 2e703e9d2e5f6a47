#include "oscilla/scripted_inputs.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "input/audio.hpp"
#include "oscilla/console.hpp"
#include "oscilla/listeners.hpp"
#include "oscilla/patch_file.hpp"

namespace oscilla::cli {
namespace {

using Script = std::vector<input::ScriptWrite>;

constexpr std::size_t kMostBytes = 256 << 20;

void say_problems(const std::string& path, std::string_view severity, const std::vector<input::ScriptProblem>& list) {
  for (const input::ScriptProblem& problem : list)
    say(fmt::format("{}:{}: {}: {}\n", path, problem.line, severity, problem.sentence));
}

std::expected<void, ExitCode> add_script(const std::string& path, const Program& program, Script& script) {
  const auto text = read_text(path, kMostBytes);
  if (!text) return std::unexpected(text.error());
  auto writes = input::read_script(*text);
  if (!writes) {
    say_problems(path, "error", writes.error());
    return std::unexpected(ExitCode::Usage);
  }
  say_problems(path, "warning", input::check_script(*writes, listeners_of(program)));
  script = std::move(*writes);
  return {};
}

/// Only what somebody listens to.
std::expected<void, ExitCode> add_audio(const std::string& path, const Program& program, Script& script) {
  auto writes = input::analyse_audio(path);
  if (!writes) {
    complain(writes.error());
    return std::unexpected(ExitCode::InputOutput);
  }
  const std::vector<ChannelInfo> channels = program.channels();
  if (std::ranges::none_of(channels, input::is_audio_channel, &ChannelInfo::channel))
    complain(
        fmt::format("{}: no input of the patch listens to it; write for instance "
                    "`input loud = Value(0, channel: \"audio.rms\")`",
                    path));
  script.insert(script.end(), std::make_move_iterator(writes->begin()), std::make_move_iterator(writes->end()));
  std::stable_sort(script.begin(), script.end(),
                   [](const input::ScriptWrite& a, const input::ScriptWrite& b) { return a.time_ms < b.time_ms; });
  return {};
}

}  // namespace

std::expected<ScriptedInputs, ExitCode> ScriptedInputs::load(const EngineOptions& options, const Program& program) {
  Script script;
  if (!options.inputs.empty())
    if (auto added = add_script(options.inputs, program, script); !added) return std::unexpected(added.error());
  if (!options.audio.empty())
    if (auto added = add_audio(options.audio, program, script); !added) return std::unexpected(added.error());
  ScriptedInputs inputs;
  if (!script.empty()) inputs.timeline_ = input::Timeline(std::move(script));
  return inputs;
}

void ScriptedInputs::write_until(double t_ms, Session& session) {
  if (timeline_.empty()) return;
  if (program_ != &session.program().compiled()) {
    program_ = &session.program().compiled();
    router_.bind(listeners_of(session.program()));
  }
  follow(router_, session);
  timeline_.drain(t_ms, [this](const input::Played& played) { router_.take(played); });
  write_due(router_, t_ms, last_ms_, session);
}

}  // namespace oscilla::cli
