// oscilla fmt: patches in canonical form.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct FormatOptions {
  std::vector<std::string> paths;
  bool write = false;
  bool check = false;
};

constexpr const char* kFooter =
    R"(Prints the canonical text to standard output; the files stay as they are unless -w says
otherwise. Comments are kept, order never changes, and a statement with a syntax error stays
byte for byte: it is said on standard error, and the exit code is 1.

exit code: 1 if a patch has a syntax error, or with --check differs

examples:
  oscilla fmt -w *.oscilla              rewrite in place; a file changes completely or not at all
  oscilla fmt --check patches/*.oscilla names the files that differ
  oscilla fmt - < rough.oscilla > fine.oscilla)";

ExitCode format_one(const std::string& path, const FormatOptions& options, StandardOutput& out) {
  const auto patch = read_patch(path, Uses::Ignore);
  if (!patch) return patch.error();
  say(diagnostics_text(patch->diagnostics(), *patch, Severity::Error, colour_on_error()));
  const ExitCode code = has_errors(patch->diagnostics()) ? ExitCode::PatchErrors : ExitCode::Ok;
  const std::string text = patch->format();
  const bool differs = text != patch->text();
  if (options.check) {
    if (differs) out.write(fmt::format("{}\n", patch->file_name()));
    return differs ? ExitCode::PatchErrors : code;
  }
  if (!options.write) {
    out.write(text);
    return code;
  }
  if (!differs) return code;
  const auto replaced = rewrite_file(path, text);
  if (replaced) return code;
  complain(replaced.error());
  return ExitCode::InputOutput;
}

ExitCode format(const FormatOptions& options) {
  ExitCode worst = ExitCode::Ok;
  StandardOutput out;
  for (const std::string& path : options.paths) {
    if (options.write && path == "-") {
      complain("fmt: standard input cannot be rewritten in place; leave out -w");
      return ExitCode::Usage;
    }
    worst = std::max(worst, format_one(path, options, out));
  }
  return std::max(worst, out.finish());
}

}  // namespace

void declare_fmt(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("fmt", "patches in canonical form");
  auto options = std::make_shared<FormatOptions>();
  verb->add_option("PATCH", options->paths, "the patches' files; - is standard input")->required();
  auto* write = verb->add_flag("-w,--write", options->write, "rewrite the files in place");
  verb->add_flag("--check", options->check, "print the names of the files that differ, change nothing")
      ->excludes(write);
  verb->footer(kFooter);
  verb->callback([options, &action] { action = [options] { return format(*options); }; });
}

}  // namespace oscilla::cli
