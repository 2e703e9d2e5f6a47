#include "oscilla/scripted_inputs.hpp"

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

}  // namespace

std::expected<ScriptedInputs, ExitCode> ScriptedInputs::load(const std::string& path, const Program& program) {
  ScriptedInputs inputs;
  if (path.empty()) return inputs;
  const auto text = read_text(path, kMostBytes);
  if (!text) return std::unexpected(text.error());
  const auto writes = input::read_script(*text);
  if (!writes) {
    say_problems(path, "error", writes.error());
    return std::unexpected(ExitCode::Usage);
  }
  const std::vector<ChannelInfo> channels = program.channels();
  std::vector<input::ScriptTarget> targets;
  for (const ChannelInfo& channel : channels)
    targets.push_back({channel.name, channel.channel, channel.components, channel.kind == ChannelKind::Event});
  input::BoundScript bound = input::bind_script(*writes, targets);
  say_problems(path, "warning", bound.problems);
  inputs.writes_ = std::move(bound.writes);
  return inputs;
}

void ScriptedInputs::write_until(double t_ms, Session& session) {
  for (; next_ < writes_.size() && writes_[next_].time_ms <= t_ms; ++next_) write(writes_[next_], session);
}

}  // namespace oscilla::cli
