#include "oscilla/swap_report.hpp"

#include <fmt/format.h>

namespace oscilla {
namespace {

std::string describe(const StateFate& state) {
  std::string line = fmt::format("{:<9} {}", word_of(state.fate), state.name);
  if (!state.was.empty()) line += fmt::format(" (was {})", state.was);
  if (state.fate == Fate::Remapped) line += fmt::format(": {} of {} lanes go on", state.kept, state.lanes);
  if (!state.why.empty()) line += fmt::format(": {}", state.why);
  return line;
}

/// Nothing of a target that is as it was. That a sink's lanes are other ones is said once, with its first port.
std::string describe(const TargetFate& target) {
  if (target.fate == Fate::Kept) return {};
  const bool lanes = target.fate == Fate::Remapped || target.fate == Fate::Born || !target.why.empty();
  if (lanes && target.jump == 0 && !target.name.ends_with(".position")) return {};
  std::string line = fmt::format("  {:<9} {}", word_of(target.fate), target.name);
  if (target.fate == Fate::Remapped) line += fmt::format(": {} of {} lanes go on", target.kept, target.lanes);
  if (!target.why.empty()) line += fmt::format(": {}", target.why);
  if (target.jump > 0)
    line += fmt::format("{} {:.3g} absorbed", target.fate == Fate::Remapped ? "," : ":", target.jump);
  if (target.abrupt > 0)
    line += target.abrupt == 1 && target.lanes == 1 ? ", but not its speed"
                                                    : fmt::format(", but not the speed of {} lanes", target.abrupt);
  return line + '\n';
}

std::string times_of(const SwapReport& report) {
  if (report.prepare_nanoseconds == 0) return {};
  return fmt::format(", prepared in {:.1f} ms, {:.1f} us between two ticks",
                     static_cast<double>(report.prepare_nanoseconds) * 1e-6,
                     static_cast<double>(report.boundary_nanoseconds) * 1e-3);
}

}  // namespace

std::string_view word_of(Fate fate) {
  switch (fate) {
    case Fate::Kept: return "kept";
    case Fate::Renamed: return "renamed";
    case Fate::Remapped: return "remapped";
    case Fate::Reset: return "reset";
    case Fate::Born: return "born";
    case Fate::Dropped: return "dropped";
    case Fate::Moved: return "moved";
  }
  return {};
}

std::string describe(const SwapReport& report) {
  if (report.outcome == SwapOutcome::Superseded) return fmt::format("edit {}: superseded\n", report.generation);
  if (report.outcome == SwapOutcome::Restored)
    return fmt::format("request {}: back to tick {}, goes on as tick {}{}\n", report.generation, report.restored,
                       report.tick, times_of(report));
  if (report.outcome == SwapOutcome::Refused && !report.why.empty())
    return fmt::format("request {}: {}; the running program goes on\n", report.generation, report.why);
  if (report.outcome == SwapOutcome::Refused) {
    std::size_t errors = 0;
    for (const Diagnostic& diagnostic : report.diagnostics) errors += diagnostic.severity >= Severity::Error;
    return fmt::format("edit {}: {} error{}; the running program goes on\n", report.generation, errors,
                       errors == 1 ? "" : "s");
  }
  std::string text = fmt::format("edit {}: swapped at tick {}", report.generation, report.tick);
  text += times_of(report) + '\n';
  for (const StateFate& state : report.states) text += "  " + describe(state) + '\n';
  for (const TargetFate& target : report.targets) text += describe(target);
  return text;
}

}  // namespace oscilla
