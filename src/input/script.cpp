#include "input/script.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/nearest_name.hpp"
#include "base/number_text.hpp"
#include "input/midi_message.hpp"

namespace oscilla::input {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostProblems = 20;
constexpr std::string_view kForm = R"({"time": 250, "channel": "level", "value": 0.7})";

/// Whether `json` is a number that a channel can take; `to` gets it.
bool read_value(const Json& json, std::vector<double>& to) {
  if (json.is_boolean()) {
    to.push_back(json.get<bool>() ? 1 : 0);
    return true;
  }
  if (!json.is_number()) return false;
  to.push_back(json.get<double>());
  return std::isfinite(to.back());
}

bool read_values(const Json& json, std::vector<double>& to) {
  if (!json.is_array()) return read_value(json, to);
  if (json.empty() || json.size() > 4) return false;
  return std::all_of(json.begin(), json.end(), [&](const Json& value) { return read_value(value, to); });
}

/// A sentence about what is wrong, empty if nothing is.
std::string read_line(std::string_view text, ScriptWrite& write) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return fmt::format("this is no JSON object of the form {}", kForm);
  const auto member = [&](const char* name) { return json.contains(name) ? json[name] : Json(); };
  for (const auto& [name, value] : json.items())
    if (name != "time" && name != "channel" && name != "value" && name != "key")
      return fmt::format("\"{}\" is not known here; a line is {}", name, kForm);
  const Json time = member("time"), channel = member("channel");
  if (!time.is_number() || !std::isfinite(time.get<double>()) || time.get<double>() < 0)
    return "\"time\" must be a number of milliseconds from 0 on";
  if (!channel.is_string()) return "\"channel\" must be the name of an input";
  if (!read_values(member("value"), write.values))
    return "\"value\" must be a number, true or false, or a list of one to four of them";
  const Json key = member("key");
  if (!key.is_null() && !key.is_string() && !key.is_number())
    return "\"key\" must be a text or a number: what tells the events of an input apart";
  if (key.is_number()) write.key = to_text(key.get<double>());
  if (key.is_string()) write.key = key.get<std::string>();
  write.time_ms = time.get<double>();
  write.channel = channel.get<std::string>();
  return {};
}

/// By one of the names that what is written goes by.
bool listens_to(const Listener& listener, std::string_view channel) {
  std::array<MidiAlias, 16> room;
  const auto listens = [&](std::string_view name) {
    return std::ranges::find(listener.sources, name) != listener.sources.end();
  };
  return listens(channel) || std::ranges::any_of(midi_aliases(channel, room), listens, &MidiAlias::name);
}

/// A sentence; empty: none.
std::string trouble_with(const ScriptWrite& write, const Listener& listener) {
  if (!write.key.empty() && !listener.event)
    return fmt::format("`{}` takes no events, so nothing with a key", listener.name);
  const std::size_t count = write.values.size(), wanted = listener.event ? 1 : listener.components;
  if (count == 1 || count == wanted) return {};
  return fmt::format("`{}` takes {} value{}, not {}", listener.name, wanted, wanted == 1 ? "" : "s", count);
}

}  // namespace

std::expected<std::vector<ScriptWrite>, std::vector<ScriptProblem>> read_script(std::string_view text) {
  std::vector<ScriptWrite> writes;
  std::vector<ScriptProblem> problems;
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view here = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (here.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    ScriptWrite write;
    write.line = line;
    const std::string sentence = read_line(here, write);
    if (sentence.empty())
      writes.push_back(std::move(write));
    else if (problems.size() < kMostProblems)
      problems.push_back({line, sentence});
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  std::stable_sort(writes.begin(), writes.end(),
                   [](const ScriptWrite& a, const ScriptWrite& b) { return a.time_ms < b.time_ms; });
  return writes;
}

std::vector<ScriptProblem> check_script(const std::vector<ScriptWrite>& writes, std::span<const Listener> listeners) {
  std::vector<ScriptProblem> problems;
  std::vector<std::string_view> sources;
  for (const Listener& listener : listeners)
    sources.insert(sources.end(), listener.sources.begin(), listener.sources.end());
  std::set<std::string> unknown;
  for (const ScriptWrite& write : writes) {
    bool found = false;
    for (const Listener& listener : listeners) {
      if (!listens_to(listener, write.channel)) continue;
      found = true;
      const std::string trouble = trouble_with(write, listener);
      if (!trouble.empty()) problems.push_back({write.line, trouble});
    }
    if (found || !unknown.insert(write.channel).second) continue;
    const std::string hint = did_you_mean(write.channel, sources);
    problems.push_back(
        {write.line, fmt::format("the patch has no input `{}`{}{}", write.channel, hint.empty() ? "" : "; ", hint)});
  }
  std::ranges::stable_sort(problems, {}, &ScriptProblem::line);
  return problems;
}

}  // namespace oscilla::input
