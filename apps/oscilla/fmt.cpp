// oscilla fmt: patches in canonical form.
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct FormatOptions {
  std::vector<std::string> paths;
  std::optional<PatchForm> from;
  PatchForm to = PatchForm::Text;
  bool write = false;
  bool check = false;
};

constexpr const char* kFmtFooter =
    R"(Prints the canonical text to standard output; the files stay as they are unless -w says
otherwise. Comments are kept, order never changes, and a statement with a syntax error stays
byte for byte: it is said on standard error, and the exit code is 1.

--to json prints the patch as a tree for programs (docs/language.md, section 8; `oscilla blocks
--schema` is its JSON Schema); --from json reads one, as every verb does from a file called .json.
Nothing is lost between the two: text to tree to text is the canonical text, byte for byte.

exit code: 1 if a patch has a syntax error, or with --check differs

examples:
  oscilla fmt -w *.oscilla              rewrite in place; a file changes completely or not at all
  oscilla fmt --check patches/*.oscilla names the files that differ
  oscilla fmt - < rough.oscilla > fine.oscilla
  oscilla fmt --to json spiral.oscilla | jq '.statements[].name' )";

std::expected<PatchForm, std::string> read_form(const std::string& text) {
  if (text == "text") return PatchForm::Text;
  if (text == "json") return PatchForm::Json;
  return std::unexpected(fmt::format("\"{}\" is not a form; the forms are text, json", text));
}

std::string written(const Patch& patch, PatchForm form) {
  return form == PatchForm::Json ? patch.to_json() : patch.format();
}

ExitCode format_one(const std::string& path, const FormatOptions& options, StandardOutput& out) {
  const PatchForm form = options.from.value_or(form_of(path));
  const auto patch = read_patch(path, form, Uses::Ignore);
  if (!patch) return patch.error();
  say(diagnostics_text(patch->diagnostics(), *patch, Severity::Error, colour_on_error()));
  const ExitCode code = has_errors(patch->diagnostics()) ? ExitCode::PatchErrors : ExitCode::Ok;
  if (!options.check && !options.write) {
    out.write(written(*patch, options.to));
    return code;
  }
  const std::string text = patch->format();
  const bool differs = text != patch->text();
  if (options.check) {
    if (differs) out.write(fmt::format("{}\n", patch->file_name()));
    return differs ? ExitCode::PatchErrors : code;
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
    if ((options.write || options.check) && options.from.value_or(form_of(path)) == PatchForm::Json) {
      complain(fmt::format("fmt: -w and --check are for patches as text, {} is JSON", path));
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
  add_read_option(*verb, "--from", options->from, read_form, "text or json; default: json for names that end in .json")
      ->type_name("FORM");
  add_read_option(*verb, "--to", options->to, read_form, "text (the default) or json")
      ->type_name("FORM")
      ->excludes(write);
  verb->footer(kFmtFooter);
  verb->callback([options, &action] { action = [options] { return format(*options); }; });
}

}  // namespace oscilla::cli
