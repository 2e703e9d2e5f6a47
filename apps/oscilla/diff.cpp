// oscilla diff: what changed between two patches, in words.
#include <memory>
#include <string>
#include <vector>

#include "oscilla/change_json.hpp"
#include "oscilla/console.hpp"
#include "oscilla/diff.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct DiffOptions {
  std::string before;
  std::string after;
  bool json = false;
};

constexpr const char* kDiffFooter =
    R"(Compares what the patches say, definition by definition: layout, comments, positional or named
arguments and the order of definitions are no changes, the order of writers is. A definition whose
block has `was: old`, or whose value is that of one that is gone, was renamed; what only follows a
rename is no change.

--json prints one array. An entry: {"change": "added", "removed", "changed" or "renamed", "what",
"name", "before", "parts": [{"part", "before", "after"}]}; "before" of an entry is the old name,
null unless renamed; "before" and "after" of a part are null where there is nothing.

exit code: 0 nothing changed, 1 something did (as diff has it)

examples:
  oscilla diff old.oscilla spiral.oscilla
  git show HEAD:spiral.oscilla | oscilla diff - spiral.oscilla --json)";

ExitCode diff(const DiffOptions& options) {
  const auto before = read_patch(options.before);
  if (!before) return before.error();
  const auto after = read_patch(options.after);
  if (!after) return after.error();
  const std::vector<Change> changes = diff_patches(*before, *after);
  StandardOutput out;
  if (options.json) {
    Json list = Json::array();
    for (const Change& change : changes) list.push_back(change_json(change));
    out.write(json_line(list) + "\n");
  } else {
    for (const Change& change : changes) out.write(change_text(change) + "\n");
  }
  const ExitCode written = out.finish();
  if (written != ExitCode::Ok) return written;
  return changes.empty() ? ExitCode::Ok : ExitCode::PatchErrors;
}

}  // namespace

void declare_diff(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("diff", "what changed between two patches, in words");
  auto options = std::make_shared<DiffOptions>();
  verb->add_option("BEFORE", options->before, "a patch's file; - is standard input")->required();
  verb->add_option("AFTER", options->after, "another")->required();
  verb->add_flag("--json", options->json, "one JSON array");
  verb->footer(kDiffFooter);
  verb->callback([options, &action] {
    if (options->before == "-" && options->after == "-")
      throw CLI::ValidationError("AFTER", "standard input can be read once");
    action = [options] { return diff(*options); };
  });
}

}  // namespace oscilla::cli
