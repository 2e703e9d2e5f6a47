// oscilla doctor: what a patch does that its author may not have meant.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/doctor.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/player.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct DoctorOptions {
  std::string path;
  std::optional<FrameSet> frames;
  bool json = false;
  EngineOptions engine;
};

constexpr const char* kDoctorFooter =
    R"(Runs the patch and tells what looks wrong, with the numbers that say so:
  not-finite    a value was no number or infinite, or a division had no divisor
  undrawable    a number of the picture was beyond what can be drawn
  overflow      more came than there is room for: events, voices, elements, lanes that fade
  silent-input  nothing came to an input
  unbound       a port that was left out follows time.phaseA
  conflict      of several writers only the last one counts
  unseen        nothing of a sink could be seen
  stacked       all lanes of a sink covered each other
  flat-line     a value that could change did not
  jitter        a value changes by more than 0.1 a frame, within a range of 0.2
  clipping      a value stands at the end of its range, or comes within 5 % of it again and again,
                in a quarter of the frames
  event-storm   an event fires more than 20 times a second
  heavy-field   more than 5,000 lanes are computed in every frame
The same patch, frames and inputs give the same findings. --frames A:B looks at these frames; ticks
before them run too. Default: 0:600.

--json prints an object a line: {"rule", "severity", "target", "message", "hint", "evidence", "file",
"line", "column"}.

exit code: 1 if any finding is a warning

examples:
  oscilla doctor spiral.oscilla
  oscilla doctor pad.oscilla --inputs performance.jsonl --frames 0:1800 --json)";

Diagnostic diagnostic_of(const DoctorFinding& finding) {
  return {.code = name_of(finding.rule),
          .severity = finding.severity,
          .domain = DiagnosticDomain::Runtime,
          .span = finding.span,
          .target = finding.target,
          .message = finding.message,
          .hint = finding.hint,
          .file = finding.file};
}

std::string json_text(const DoctorFinding& finding, const Patch& patch) {
  const Diagnostic diagnostic = diagnostic_of(finding);
  Json json = {{"rule", name_of(finding.rule)},
               {"severity", finding.severity == Severity::Warning ? "warning" : "info"},
               {"target", finding.target},
               {"message", finding.message},
               {"hint", finding.hint},
               {"evidence", json_number(finding.evidence)},
               {"file", patch.file_name_of(diagnostic)}};
  if (diagnostic.has_place()) {
    const TextPosition at = text_position(patch.text_of(diagnostic), finding.span.begin);
    json["line"] = at.line;
    json["column"] = at.column;
  }
  return json_line(json) + "\n";
}

/// Runs the frames, looking at those that are wanted; false if the user interrupted.
bool examine(Player& player, Doctor& doctor, const FrameSet& frames) {
  for (const FrameRange range : frames.ranges())
    for (std::int64_t frame = range.begin; frame < range.end; ++frame) {
      if (!player.go_to(frame)) return false;
      doctor.look(player.session());
    }
  return true;
}

ExitCode doctor(const DoctorOptions& options) {
  const auto plain = load_program(options.path, options.engine.compile_options());
  if (!plain) return plain.error();
  CompileOptions compile_options = options.engine.compile_options();
  compile_options.probes = values_to_examine(*plain);
  const CompileResult examined = compile_patch(plain->patch(), compile_options);
  auto inputs = ScriptedInputs::load(options.engine, *plain);
  if (!inputs) return inputs.error();
  const FrameSet frames = options.frames ? *options.frames : *FrameSet::parse("0:600");
  Progress progress("examining", frames.last() + 1, !output_is_terminal());
  Player player(*examined.program, options.engine.session_options(), options.engine.rate, std::move(*inputs), progress);
  Doctor doctor(*examined.program);
  StandardOutput out;
  if (!examine(player, doctor, frames)) return out.finish();
  const Rate rate = player.rate();
  const double frames_a_second = static_cast<double>(rate.numerator) / static_cast<double>(rate.denominator);
  const Patch patch = plain->patch();
  bool warned = false;
  std::vector<Diagnostic> diagnostics;
  for (const DoctorFinding& finding : doctor.findings(player.session(), frames_a_second)) {
    warned = warned || finding.severity == Severity::Warning;
    if (options.json) out.write(json_text(finding, patch));
    diagnostics.push_back(diagnostic_of(finding));
  }
  if (!options.json) {
    out.write(diagnostics_text(diagnostics, patch, Severity::Hint, colour_on_output()));
    if (diagnostics.empty())
      out.write(fmt::format("{}: nothing to report in {} frames\n", patch.file_name(), frames.count()));
  }
  const ExitCode written = out.finish();
  return written != ExitCode::Ok ? written : warned ? ExitCode::PatchErrors : ExitCode::Ok;
}

}  // namespace

void declare_doctor(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("doctor", "what a patch does that may not be meant");
  auto options = std::make_shared<DoctorOptions>();
  add_patch_argument(*verb, options->path);
  add_frame_options(*verb, options->frames);
  verb->add_flag("--json", options->json, "an object a line");
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kDoctorFooter);
  verb->callback([options, &action] { action = [options] { return doctor(*options); }; });
}

}  // namespace oscilla::cli
