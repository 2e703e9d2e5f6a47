// oscilla check: every diagnostic of some patches.
#include <algorithm>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/diagnostic_json.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/inspect.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/sarif.hpp"
#include "oscilla/session.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

enum class CheckForm : std::uint8_t { Text, Json, Sarif };

struct CheckOptions {
  std::vector<std::string> paths;
  CheckForm form = CheckForm::Text;
  bool fix = false;
};

constexpr const char* kCheckFooter =
    R"(Prints what reading and compiling found, in text order, to standard output: errors and warnings
with the line and a caret span, infos and hints too. A patch without errors gets a line of what
it is.

--json prints one array for all files. An entry: {"file", "line", "column", "endLine",
"endColumn", "begin", "end", "code", "severity", "domain", "target", "message", "hint", "fix"}; lines
and columns count from 1 (columns in code points), the end is not included, begin and end are
bytes. "fix" is what the hint would change, {"begin", "end", "replacement"}, or null. Fields are added
at the end only, and none changes its meaning.

--format sarif prints one SARIF 2.1.0 log for review tools and editors, hints as its fixes.

--fix makes the changes that hints name (a name misspelt, the version line) in the files, each only
if it takes its diagnostic away and brings no other, says them, and checks what is left.

exit code: 1 if any patch has an error

examples:
  oscilla check *.oscilla
  oscilla check --json - < spiral.oscilla
  oscilla check --format sarif *.oscilla > findings.sarif
  oscilla check --fix spiral.oscilla)";

std::expected<CheckForm, std::string> read_form(const std::string& text) {
  if (text == "text") return CheckForm::Text;
  if (text == "json") return CheckForm::Json;
  if (text == "sarif") return CheckForm::Sarif;
  return std::unexpected(fmt::format("\"{}\" is not a form; the forms are text, json, sarif", text));
}

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string summary(const Patch& patch, const CompileResult& result) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    errors += diagnostic.severity >= Severity::Error;
    warnings += diagnostic.severity == Severity::Warning;
  }
  std::string text = fmt::format("{}: ", patch.file_name());
  if (!result.program) {
    text += counted(errors, "error");
  } else {
    Session session(*result.program);
    const std::size_t sinks = session.tick(0).passes.size();
    text += fmt::format("ok, {}, {}", counted(sinks, "sink"), counted(result.program->lanes(), "lane"));
  }
  if (warnings > 0) text += fmt::format(", {}", counted(warnings, "warning"));
  return text + "\n";
}

/// The patch with its hints followed, in its file too.
std::expected<Patch, ExitCode> fixed(const std::string& path, const Patch& patch) {
  FixedPatch result = fix_patch(patch);
  if (result.fixed.empty()) return patch;
  const std::string text = form_of(path) == PatchForm::Json ? result.patch.to_json() : std::string(result.patch.text());
  if (const auto written = rewrite_file(path, text); !written) {
    complain(written.error());
    return std::unexpected(ExitCode::InputOutput);
  }
  for (const Diagnostic& diagnostic : result.fixed)
    say(fmt::format("{}: fixed: {}; {}\n", patch.file_name(), diagnostic.message, diagnostic.hint));
  return result.patch;
}

/// What was found, in the form that was asked for.
class Report {
 public:
  explicit Report(CheckForm form) : form_(form) {}

  void add(const Patch& patch, const CompileResult& result) {
    if (form_ == CheckForm::Text) {
      out_.write(diagnostics_text(result.diagnostics, patch, Severity::Hint, colour_on_output()));
      out_.write(summary(patch, result));
    } else if (form_ == CheckForm::Json) {
      for (const Diagnostic& diagnostic : result.diagnostics) list_.push_back(diagnostic_json(diagnostic, patch));
    } else {
      sarif_.add(patch, result.diagnostics);
    }
  }

  ExitCode finish() && {
    if (form_ == CheckForm::Json) out_.write(json_line(list_) + "\n");
    if (form_ == CheckForm::Sarif) out_.write(json_line(std::move(sarif_).finish()) + "\n");
    return out_.finish();
  }

 private:
  CheckForm form_;
  StandardOutput out_;
  Json list_ = Json::array();
  SarifLog sarif_;
};

ExitCode check(const CheckOptions& options) {
  ExitCode code = ExitCode::Ok;
  Report report(options.form);
  for (const std::string& path : options.paths) {
    auto patch = read_patch(path);
    if (patch && options.fix) patch = fixed(path, *patch);
    if (!patch) {
      code = patch.error();
      continue;
    }
    const CompileResult result = compile_patch(*patch);
    if (!result.program && code == ExitCode::Ok) code = ExitCode::PatchErrors;
    report.add(*patch, result);
  }
  const ExitCode written = std::move(report).finish();
  return written == ExitCode::Ok ? code : written;
}

}  // namespace

void declare_check(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("check", "every error, warning and hint about patches");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("PATCH", options->paths, "the patches' files; - is standard input")->required();
  auto* form = add_read_option(*verb, "--format", options->form, read_form, "text (the default), json or sarif");
  form->type_name("FORM");
  verb->add_flag_callback(
          "--json", [options] { options->form = CheckForm::Json; }, "one JSON array; as --format json")
      ->excludes(form);
  verb->add_flag("--fix", options->fix, "make the changes that hints name, in the files");
  verb->footer(kCheckFooter);
  verb->callback([options, &action] {
    const bool from_input = std::find(options->paths.begin(), options->paths.end(), "-") != options->paths.end();
    if (options->fix && from_input) throw CLI::ValidationError("--fix", "standard input is no file to be fixed");
    action = [options] { return check(*options); };
  });
}

}  // namespace oscilla::cli
