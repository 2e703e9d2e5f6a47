#include "oscilla/diff.hpp"

#include <fmt/format.h>

#include "lang/format.hpp"
#include "lang/parse.hpp"
#include "live/signatures.hpp"
#include "patch/diff.hpp"

namespace oscilla {

std::vector<Change> diff_patches(const Patch& before, const Patch& after) {
  return patch::diff(lang::parse(lang::format(before.model())), lang::parse(lang::format(after.model())),
                     live::signature);
}

namespace {

std::string part_text(const PartChange& part) {
  const std::string name = part.part == "value" ? std::string() : part.part + " ";
  if (part.before.empty()) return fmt::format("{}is new: {}", name, part.after);
  if (part.after.empty()) return fmt::format("{}is gone: {}", name, part.before);
  return fmt::format("{}{} -> {}", name, part.before, part.after);
}

}  // namespace

std::string change_text(const Change& change) {
  const std::string subject = fmt::format("{} `{}`", change.what, change.name);
  if (change.kind == Change::Kind::Added) return fmt::format("added {}: {}", subject, change.parts[0].after);
  if (change.kind == Change::Kind::Removed) return fmt::format("removed {}: {}", subject, change.parts[0].before);
  std::string text = change.kind == Change::Kind::Renamed
                         ? fmt::format("renamed {} `{}` to `{}`", change.what, change.before, change.name)
                         : fmt::format("changed {}", subject);
  for (const PartChange& part : change.parts) text += (&part == &change.parts.front() ? ": " : "; ") + part_text(part);
  return text;
}

}  // namespace oscilla
