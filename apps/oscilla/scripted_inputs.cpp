#include "oscilla/scripted_inputs.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/patch_file.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kMostBytes = 256 << 20;

void say_problems(const std::string& path, std::string_view severity, const std::vector<input::ScriptProblem>& list) {
  for (const input::ScriptProblem& problem : list)
    say(fmt::format("{}:{}: {}: {}\n", path, problem.line, severity, problem.sentence));
}

void write(const input::BoundWrite& write, Session& session) {
  if (write.key.empty())
    session.set(write.target, write.values);
  else
    session.send(write.target, write.key, write.values[0]);
}

input::BoundScript bound_to(const std::vector<input::ScriptWrite>& script, const Program& program) {
  const std::vector<ChannelInfo> channels = program.channels();
  std::vector<input::ScriptTarget> targets;
  for (const ChannelInfo& channel : channels)
    targets.push_back({channel.name, channel.channel, channel.components, channel.kind == ChannelKind::Event});
  return input::bind_script(script, targets);
}

}  // namespace

std::expected<ScriptedInputs, ExitCode> ScriptedInputs::load(const std::string& path, const Program& program) {
  ScriptedInputs inputs;
  if (path.empty()) return inputs;
  const auto text = read_text(path, kMostBytes);
  if (!text) return std::unexpected(text.error());
  auto writes = input::read_script(*text);
  if (!writes) {
    say_problems(path, "error", writes.error());
    return std::unexpected(ExitCode::Usage);
  }
  inputs.script_ = std::move(*writes);
  input::BoundScript bound = bound_to(inputs.script_, program);
  say_problems(path, "warning", bound.problems);
  inputs.writes_ = std::move(bound.writes);
  inputs.program_ = &program.compiled();
  return inputs;
}

void ScriptedInputs::bind(const Program& program) {
  program_ = &program.compiled();
  writes_ = bound_to(script_, program).writes;
  next_ = 0;
  while (next_ < writes_.size() && writes_[next_].time_ms <= written_ms_) ++next_;
}

void ScriptedInputs::write_until(double t_ms, Session& session) {
  if (!script_.empty() && program_ != &session.program().compiled()) bind(session.program());
  written_ms_ = std::max(written_ms_, t_ms);
  for (; next_ < writes_.size() && writes_[next_].time_ms <= t_ms; ++next_) write(writes_[next_], session);
}

}  // namespace oscilla::cli
