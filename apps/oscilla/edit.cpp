// oscilla edit: changes of a patch, all of them or none.
#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/change_json.hpp"
#include "oscilla/console.hpp"
#include "oscilla/diagnostic_json.hpp"
#include "oscilla/diff.hpp"
#include "oscilla/edit.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct EditOptions {
  std::string path;
  std::string target;
  std::vector<Edit> edits;
  bool dry_run = false;
  bool force = false;
  bool json = false;
};

constexpr const char* kEditFooter =
    R"(Edits are made in the order in which they are given, all of them or none. A TARGET is a definition
(draw), a port on the way down from one (draw.size, draw.position.target, spin.Phasor~2.frequency),
or something inside a define (Swing.spin.frequency). Statements that no edit speaks of keep every
byte, comments too; the others are laid out anew. A renamed block gets `was:`, so it keeps its state.

An edit that cannot be made is refused (E_EDIT_*). One that can, but would give the patch an error
that it does not have, is said and not written unless --force says so.

The result replaces PATCH, or goes to -o; with standard input as PATCH to standard output.

--dry-run says what would change, as `oscilla diff` does.

--json prints one object: {"file", "written", "changes", "refusals", "introduced"}: changes as
`oscilla diff --json` has them; then diagnostics as `oscilla check --json` has them, why the edits
cannot be made, and what the edited patch has that the patch has not (places are of the edited
patch).

exit code: 1 if the edits are refused, or would introduce an error and --force is missing

examples:
  oscilla edit spiral.oscilla --set draw.size=0.02 --rename dots=seeds
  oscilla edit spiral.oscilla --add 'n = Hash()' --add-writer draw.position=sum:n --dry-run
  oscilla edit spiral.oscilla --setting fps=30 -o slow.oscilla)";

/// "a=b" as {"a", "b"}; both sides may have blanks around them.
std::optional<std::pair<std::string, std::string>> split(const std::string& text) {
  const auto trimmed = [](std::string_view part) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    return std::string(part);
  };
  const std::string_view all = text;
  const std::size_t equals = all.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  return std::pair{trimmed(all.substr(0, equals)), trimmed(all.substr(equals + 1))};
}

/// Takes the "[2]" off the end of a target; Edit::kLast if there is none.
std::optional<std::size_t> take_index(std::string& target) {
  if (!target.ends_with(']')) return Edit::kLast;
  const std::size_t open = target.rfind('[');
  std::size_t index = 0;
  if (open == std::string::npos) return std::nullopt;
  const char* end = target.data() + target.size() - 1;
  const auto [stop, error] = std::from_chars(target.data() + open + 1, end, index);
  if (error != std::errc() || stop != end) return std::nullopt;
  target.erase(open);
  return index;
}

/// The word before a colon: "sum:pos" becomes "pos".
std::string take_mode(std::string& text) {
  const std::size_t colon = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  if (colon == 0 || colon == std::string::npos || text[colon] != ':') return "last";
  std::string mode = text.substr(0, colon);
  text.erase(0, colon + 1);
  return mode;
}

using Read = std::optional<Edit> (*)(const std::string& text);

/// "TARGET=TEXT" for edits that have both.
template <Edit (*make)(std::string, std::string)>
std::optional<Edit> read_pair(const std::string& text) {
  auto parts = split(text);
  if (!parts || parts->first.empty() || parts->second.empty()) return std::nullopt;
  return make(std::move(parts->first), std::move(parts->second));
}

std::optional<Edit> read_add(const std::string& text) { return Edit::add(text); }
std::optional<Edit> read_remove(const std::string& text) { return Edit::remove(text); }
std::optional<Edit> read_clear(const std::string& text) { return Edit::clear(text); }

std::optional<Edit> read_move(const std::string& text) {
  const auto parts = split(text);
  return parts ? Edit::move(parts->first, parts->second) : Edit::move(text);
}

std::optional<Edit> read_add_writer(const std::string& text) {
  auto parts = split(text);
  if (!parts) return std::nullopt;
  const auto index = take_index(parts->first);
  if (!index) return std::nullopt;
  std::string mode = take_mode(parts->second);
  return Edit::add_writer(parts->first, parts->second, mode, *index);
}

std::optional<Edit> read_remove_writer(const std::string& text) {
  std::string target = text;
  const auto index = take_index(target);
  if (!index || *index == Edit::kLast) return std::nullopt;
  return Edit::remove_writer(target, *index);
}

std::optional<Edit> read_move_writer(const std::string& text) {
  auto parts = split(text);
  if (!parts) return std::nullopt;
  const auto from = take_index(parts->first);
  std::string to_text = fmt::format("[{}]", parts->second);
  const auto to = take_index(to_text);
  if (!from || *from == Edit::kLast || !to) return std::nullopt;
  return Edit::move_writer(parts->first, *from, *to);
}

/// An option that makes an edit.
struct EditOption {
  const char* name;
  const char* form;
  const char* help;
  Read read;
};

constexpr EditOption kEditOptions[] = {
    {"--set", "TARGET=VALUE", "an expression for a definition or port", read_pair<Edit::set>},
    {"--clear", "TARGET", "the port falls back to its default", read_clear},
    {"--add", "STATEMENT", "at the end: a definition, input, define or use", read_add},
    {"--add-inside", "DEFINE=DEFINITION", "a definition at the end of a define's body", read_pair<Edit::add_inside>},
    {"--remove", "NAME", "a definition, input or define; nobody may still read it", read_remove},
    {"--rename", "OLD=NEW", "with everything that reads it", read_pair<Edit::rename>},
    {"--move", "NAME[=BEFORE]", "before another statement, or to the end", read_move},
    {"--add-writer", "TARGET[I]=[MODE:]VALUE", "one more writer, last or as number I", read_add_writer},
    {"--remove-writer", "TARGET[I]", "writer I of a combine(), from 0", read_remove_writer},
    {"--move-writer", "TARGET[I]=J", "writer I becomes number J", read_move_writer},
    {"--setting", "NAME=VALUE", "size, fps, background, fit or seed of the file", read_pair<Edit::setting>},
};

/// The edits of a parsed line, in its order.
std::vector<Edit> edits_of(const CLI::App& verb) {
  std::vector<Edit> edits;
  std::map<std::string, std::size_t> seen;
  for (const CLI::Option* option : verb.parse_order()) {
    for (const EditOption& known : kEditOptions) {
      if (option->get_name() != known.name) continue;
      const std::string& text = option->results()[seen[known.name]++];
      auto edit = known.read(text);
      if (!edit) throw CLI::ValidationError(known.name, fmt::format("\"{}\" is not of the form {}", text, known.form));
      edits.push_back(std::move(*edit));
    }
  }
  return edits;
}

ExitCode write(const EditOptions& options, const Patch& patch) {
  StandardOutput out;
  const std::string& target = options.target.empty() ? options.path : options.target;
  const std::string text = form_of(target) == PatchForm::Json ? patch.to_json() : std::string(patch.text());
  if (target == "-") {
    out.write(text);
    return out.finish();
  }
  if (const auto written = rewrite_file(target, text); !written) {
    complain(written.error());
    return ExitCode::InputOutput;
  }
  return ExitCode::Ok;
}

ExitCode print_json(const Patch& patch, const EditPreview& preview, bool written) {
  Json refusals = Json::array();
  for (const Diagnostic& diagnostic : preview.refusals) refusals.push_back(diagnostic_json(diagnostic, patch));
  Json introduced = Json::array();
  for (const Diagnostic& diagnostic : preview.introduced)
    introduced.push_back(diagnostic_json(diagnostic, *preview.patch));
  Json changes = Json::array();
  if (preview.patch)
    for (const Change& change : diff_patches(patch, *preview.patch)) changes.push_back(change_json(change));
  StandardOutput out;
  out.write(json_line({{"file", patch.file_name()},
                       {"written", written},
                       {"changes", std::move(changes)},
                       {"refusals", std::move(refusals)},
                       {"introduced", std::move(introduced)}}) +
            "\n");
  return out.finish();
}

ExitCode edit(const EditOptions& options) {
  const auto patch = read_patch(options.path);
  if (!patch) return patch.error();
  const EditPreview preview = preview_edits(*patch, options.edits);
  const bool sound = preview.patch && (options.force || !has_errors(preview.introduced));
  ExitCode code = sound ? ExitCode::Ok : ExitCode::PatchErrors;
  const bool writes = sound && !options.dry_run;
  if (writes) code = write(options, *preview.patch);
  if (options.json) return std::max(code, print_json(*patch, preview, writes && code == ExitCode::Ok));
  say(diagnostics_text(preview.refusals, *patch, Severity::Hint, colour_on_error()));
  if (preview.patch) say(diagnostics_text(preview.introduced, *preview.patch, Severity::Hint, colour_on_error()));
  if (preview.patch && options.dry_run) {
    StandardOutput out;
    for (const Change& change : diff_patches(*patch, *preview.patch)) out.write(change_text(change) + "\n");
    code = std::max(code, out.finish());
  }
  if (preview.patch && !sound && !options.dry_run)
    complain("edit: nothing is written, because of these errors; --force writes all the same");
  return code;
}

}  // namespace

void declare_edit(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("edit", "changes of a patch, all of them or none");
  auto options = std::make_shared<EditOptions>();
  add_patch_argument(*verb, options->path);
  for (const EditOption& option : kEditOptions)
    verb->add_option(option.name, option.help)
        ->type_name(option.form)
        ->expected(1, CLI::detail::expected_max_vector_size)
        ->allow_extra_args(false);
  verb->add_option("-o,--output", options->target, "where the result goes; - is standard output")->type_name("FILE");
  verb->add_flag("--dry-run", options->dry_run, "say what it would come to, write nothing");
  verb->add_flag("--force", options->force, "write even what introduces errors");
  verb->add_flag("--json", options->json, "one JSON object");
  verb->footer(kEditFooter);
  verb->callback([options, verb, &action] {
    options->edits = edits_of(*verb);
    if (options->edits.empty()) throw CLI::RequiredError("an edit (--set, --add, --rename, ...)");
    const bool to_output = options->target == "-" || (options->target.empty() && options->path == "-");
    if (options->json && to_output && !options->dry_run)
      throw CLI::ValidationError("--json", "the result and the object both want standard output; use -o FILE");
    action = [options] { return edit(*options); };
  });
}

}  // namespace oscilla::cli
