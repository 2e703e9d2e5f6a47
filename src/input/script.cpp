#include "input/script.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/nearest_name.hpp"
#include "base/number_text.hpp"

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

BoundScript bind_script(const std::vector<ScriptWrite>& writes, std::span<const ScriptTarget> targets) {
  BoundScript bound;
  std::vector<std::string_view> names;
  for (const ScriptTarget& target : targets) names.push_back(target.name);
  std::set<std::string> unknown;
  for (const ScriptWrite& write : writes) {
    bool found = false;
    for (std::uint32_t i = 0; i < targets.size(); ++i) {
      if (write.channel != targets[i].name && write.channel != targets[i].listens_to) continue;
      found = true;
      if (!write.key.empty() && !targets[i].event)
        bound.problems.push_back(
            {write.line, fmt::format("`{}` takes no events, so nothing with a key", targets[i].name)});
      else if (write.values.size() == 1 || write.values.size() == targets[i].components)
        bound.writes.push_back({write.time_ms, i, write.values, write.key});
      else
        bound.problems.push_back({write.line, fmt::format("`{}` takes {} values, not {}", targets[i].name,
                                                          targets[i].components, write.values.size())});
    }
    if (found || !unknown.insert(write.channel).second) continue;
    const std::string hint = did_you_mean(write.channel, names);
    bound.problems.push_back(
        {write.line, fmt::format("the patch has no input `{}`{}{}", write.channel, hint.empty() ? "" : "; ", hint)});
  }
  std::stable_sort(bound.problems.begin(), bound.problems.end(),
                   [](const ScriptProblem& a, const ScriptProblem& b) { return a.line < b.line; });
  return bound;
}

}  // namespace oscilla::input
