#include "oscilla/live_report.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/diagnostic_json.hpp"
#include "oscilla/patch_file.hpp"

namespace oscilla::cli {
namespace {

std::string_view word(SwapOutcome outcome) {
  switch (outcome) {
    case SwapOutcome::Swapped: return "swapped";
    case SwapOutcome::Refused: return "refused";
    case SwapOutcome::Superseded: return "superseded";
    case SwapOutcome::Restored: return "restored";
  }
  return {};
}

}  // namespace

void Outcomes::count(const SwapReport& report) {
  swapped += report.outcome == SwapOutcome::Swapped;
  refused += report.outcome == SwapOutcome::Refused;
  superseded += report.outcome == SwapOutcome::Superseded;
}

Json swap_json(const SwapReport& report, const Patch& patch) {
  Json states = Json::array();
  for (const StateFate& state : report.states) {
    states.push_back({{"name", state.name},
                      {"was", state.was},
                      {"fate", word_of(state.fate)},
                      {"lanes", state.lanes},
                      {"kept", state.kept},
                      {"why", state.why}});
  }
  Json targets = Json::array();
  for (const TargetFate& target : report.targets) {
    targets.push_back({{"name", target.name},
                       {"fate", word_of(target.fate)},
                       {"lanes", target.lanes},
                       {"kept", target.kept},
                       {"jump", target.jump},
                       {"abrupt", target.abrupt},
                       {"why", target.why}});
  }
  Json diagnostics = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics) diagnostics.push_back(diagnostic_json(diagnostic, patch));
  return {{"event", "swap"},
          {"edit", report.generation},
          {"outcome", word(report.outcome)},
          {"tick", report.tick},
          {"states", std::move(states)},
          {"targets", std::move(targets)},
          {"rehearsed", report.rehearsed},
          {"diagnostics", std::move(diagnostics)},
          {"prepareMs", static_cast<double>(report.prepare_nanoseconds) * 1e-6},
          {"boundaryUs", static_cast<double>(report.boundary_nanoseconds) * 1e-3}};
}

Json error_json(const RuntimeError& error, const Program& program) {
  const Diagnostic diagnostic = to_diagnostic(error, program);
  const Patch patch = program.patch();
  const TextPosition at = text_position(patch.text_of(diagnostic), diagnostic.span.begin);
  Json operands = Json::array();
  for (std::size_t i = 0; i < error.operand_count; ++i) operands.push_back(error.operands[i]);
  return {{"event", "error"},
          {"kind", name_of(error.kind)},
          {"block", error.block},
          {"port", error.port},
          {"operation", error.operation},
          {"operands", std::move(operands)},
          {"instance", error.instance},
          {"lane", error.lane},
          {"step", error.step},
          {"tick", error.first_tick},
          {"file", patch.file_name_of(diagnostic)},
          {"line", at.line},
          {"column", at.column},
          {"message", diagnostic.message}};
}

ExitCode tell_return(const SwapReport& report, bool json) {
  StandardOutput out;
  if (json)
    out.write(json_line({{"event", "back"},
                         {"request", report.generation},
                         {"outcome", word(report.outcome)},
                         {"to", report.restored},
                         {"tick", report.tick},
                         {"why", report.why},
                         {"prepareMs", static_cast<double>(report.prepare_nanoseconds) * 1e-6},
                         {"boundaryUs", static_cast<double>(report.boundary_nanoseconds) * 1e-3}}) +
              "\n");
  else
    out.write(describe(report));
  return out.finish();
}

ExitCode tell_swap(const SwapReport& report, const Patch& patch, bool json) {
  StandardOutput out;
  if (json) {
    out.write(json_line(swap_json(report, patch)) + "\n");
  } else {
    out.write(diagnostics_text(report.diagnostics, patch, Severity::Warning, colour_on_output()));
    out.write(describe(report));
  }
  return out.finish();
}

std::string notice_text(const SwapReport& report) {
  if (report.outcome == SwapOutcome::Restored) return fmt::format("back to tick {}", report.restored);
  if (!report.why.empty()) return report.why;
  std::string text = fmt::format("edit {}", report.generation);
  constexpr Fate kFates[] = {Fate::Kept, Fate::Renamed, Fate::Remapped, Fate::Born, Fate::Reset, Fate::Dropped};
  std::string_view joint = ": ";
  for (const Fate fate : kFates) {
    const auto count = std::ranges::count(report.states, fate, &StateFate::fate);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", joint, count, word_of(fate));
    joint = ", ";
  }
  const auto moved = std::ranges::count(report.targets, Fate::Moved, &TargetFate::fate);
  if (moved != 0) text += fmt::format("{}{} glide{}", joint, moved, moved == 1 ? "s" : "");
  return text + fmt::format(" ({:.1f} ms)", static_cast<double>(report.prepare_nanoseconds) * 1e-6);
}

bool ErrorNews::has_news(const Session& session) {
  const std::span<const RuntimeError> errors = session.errors();
  if (errors.data() != known_) told_ = 0;  // another program runs
  known_ = errors.data();
  return told_ != errors.size();
}

std::span<const RuntimeError> ErrorNews::take(const Session& session) {
  if (!has_news(session)) return {};
  const std::span<const RuntimeError> errors = session.errors();
  return errors.subspan(std::exchange(told_, errors.size()));
}

ExitCode ErrorNews::tell(const Session& session, bool json) {
  StandardOutput out;
  std::vector<Diagnostic> list;
  for (const RuntimeError& error : take(session)) {
    if (json) out.write(json_line(error_json(error, session.program())) + "\n");
    list.push_back(to_diagnostic(error, session.program()));
  }
  if (!json) out.write(diagnostics_text(list, session.program().patch(), Severity::Warning, colour_on_output()));
  return out.finish();
}

std::string summary(const Pace& pace, const Outcomes& outcomes, bool json) {
  const Pace::Health health = pace.health();
  if (json) {
    return json_line({{"event", "end"},
                      {"frames", health.frames},
                      {"late", health.late},
                      {"medianUs", static_cast<double>(health.median_nanoseconds) * 1e-3},
                      {"p99Us", static_cast<double>(health.p99_nanoseconds) * 1e-3},
                      {"budgetUs", static_cast<double>(health.budget_nanoseconds) * 1e-3},
                      {"swapped", outcomes.swapped},
                      {"refused", outcomes.refused},
                      {"superseded", outcomes.superseded}}) +
           "\n";
  }
  return fmt::format(
      "{} frames, {} late; a frame takes {:.2f} ms, 99 of 100 at most {:.2f} ms, of {:.2f} ms\n"
      "{} edits swapped, {} refused, {} superseded\n",
      health.frames, health.late, static_cast<double>(health.median_nanoseconds) * 1e-6,
      static_cast<double>(health.p99_nanoseconds) * 1e-6, static_cast<double>(health.budget_nanoseconds) * 1e-6,
      outcomes.swapped, outcomes.refused, outcomes.superseded);
}

std::string summary(const DeviceInputs::Counts& counts, bool json) {
  if (json)
    return json_line({{"event", "devices"},
                      {"writes", counts.writes},
                      {"dropped", counts.dropped},
                      {"malformed", counts.malformed},
                      {"unheard", counts.unheard}}) +
           "\n";
  return fmt::format("devices: {} writes, {} without an input, {} dropped, {} malformed\n", counts.writes,
                     counts.unheard, counts.dropped, counts.malformed);
}

}  // namespace oscilla::cli
