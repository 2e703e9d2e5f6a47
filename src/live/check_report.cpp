#include "live/check_report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oscilla::live {
namespace {

const ir::State* find_state(const ir::Program& program, std::string_view name) {
  const auto found = std::ranges::find(program.states, name, &ir::State::name);
  return found == program.states.end() ? nullptr : &*found;
}

const ir::Instance* instance_of(const ir::Program& program, const ir::State& state) {
  return state.instance.valid() ? &program.instances[state.instance.v] : nullptr;
}

/// Of a state that both programs have.
std::string check_common(const StateFate& line, const ir::Program& before, const ir::State& old,
                         const ir::Program& after, const ir::State& now) {
  const ir::Instance* from = instance_of(before, old);
  const ir::Instance* to = instance_of(after, now);
  const bool of_lanes = from != nullptr && to != nullptr;
  const bool alike = old.payload == now.payload && (from == nullptr) == (to == nullptr);
  if (!alike) return {};
  if (of_lanes && from->name != to->name) return {};
  const bool same_lanes = !of_lanes || (from->lanes == to->lanes && from->inner == to->inner);
  if (same_lanes && line.fate != Fate::Kept)
    return fmt::format("{} is there before and after, the same, yet the report calls it {}", line.name,
                       word_of(line.fate));
  if (same_lanes && line.kept != line.lanes)
    return fmt::format("{} keeps {} of {} lanes, though nothing of it changed", line.name, line.kept, line.lanes);
  if (!same_lanes && line.fate != Fate::Remapped)
    return fmt::format("{} has other lanes now, yet the report calls it {}", line.name, word_of(line.fate));
  return {};
}

bool speaks_of_old(const StateFate& line, std::string_view name) {
  if (line.fate == Fate::Born) return false;
  return line.was.empty() ? line.name == name : line.was == name;
}

}  // namespace

std::string check_report(const SwapReport& report, const ir::Program& before, const ir::Program& after) {
  for (const ir::State& state : after.states) {
    const auto is_line = [&](const StateFate& line) { return line.fate != Fate::Dropped && line.name == state.name; };
    const auto line = std::ranges::find_if(report.states, is_line);
    if (line == report.states.end()) return fmt::format("the report has no line about {}", state.name);
    if (line->fate == Fate::Reset && line->why.empty()) return fmt::format("nobody says why {} is reset", state.name);
    const ir::State* old = find_state(before, state.name);
    if (old == nullptr) continue;
    if (line->fate == Fate::Born) return fmt::format("{} was there before, yet the report calls it born", state.name);
    if (std::string wrong = check_common(*line, before, *old, after, state); !wrong.empty()) return wrong;
  }
  for (const ir::State& state : before.states) {
    const auto lines =
        std::ranges::count_if(report.states, [&](const StateFate& line) { return speaks_of_old(line, state.name); });
    if (lines == 0) return fmt::format("the report has no line about {}, which is gone", state.name);
    if (lines > 1) return fmt::format("the report says {} times what became of {}", lines, state.name);
  }
  return {};
}

}  // namespace oscilla::live
