// oscilla check: every diagnostic of some patches.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/diagnostic_json.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/session.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  bool json = false;
};

constexpr const char* kFooter =
    R"(Prints what reading and compiling found, in text order, to standard output: errors and warnings
with the line and a caret span, infos and hints too. A patch without errors gets a line of what
it is.

--json prints one array for all files. An entry: {"file", "line", "column", "endLine",
"endColumn", "begin", "end", "code", "severity", "domain", "target", "message", "hint"}; lines
and columns count from 1 (columns in code points), the end is not included, begin and end are
bytes.

exit code: 1 if any patch has an error

examples:
  oscilla check *.oscilla
  oscilla check --json - < spiral.oscilla)";

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

ExitCode check(const CheckOptions& options) {
  ExitCode code = ExitCode::Ok;
  StandardOutput out;
  Json list = Json::array();
  for (const std::string& path : options.paths) {
    const auto patch = read_patch(path);
    if (!patch) {
      code = patch.error();
      continue;
    }
    const CompileResult result = compile_patch(*patch);
    if (!result.program && code == ExitCode::Ok) code = ExitCode::PatchErrors;
    if (options.json) {
      for (const Diagnostic& diagnostic : result.diagnostics) list.push_back(diagnostic_json(diagnostic, *patch));
    } else {
      out.write(diagnostics_text(result.diagnostics, *patch, Severity::Hint, colour_on_output()));
      out.write(summary(*patch, result));
    }
  }
  if (options.json) out.write(json_line(list) + "\n");
  const ExitCode written = out.finish();
  return written == ExitCode::Ok ? code : written;
}

}  // namespace

void declare_check(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("check", "every error, warning and hint about patches");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("PATCH", options->paths, "the patches' files; - is standard input")->required();
  verb->add_flag("--json", options->json, "one JSON array");
  verb->footer(kFooter);
  verb->callback([options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace oscilla::cli
