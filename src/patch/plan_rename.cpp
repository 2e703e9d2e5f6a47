// Renaming: the name, everything that reads it, and `was:` in the blocks that may remember.
#include <algorithm>

#include <fmt/format.h>

#include "patch/plan_edit.hpp"
#include "patch/target.hpp"

namespace oscilla::patch {
namespace {

bool holds(Span outer, Span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

/// Whether a node belongs to the scope: a define, or the file outside all of them.
bool in_scope(const Patch& patch, std::uint32_t scope, Span span) {
  if (scope != kNoIndex) return holds(patch.defines[scope].span, span);
  return std::none_of(patch.defines.begin(), patch.defines.end(),
                      [&](const Define& define) { return holds(define.span, span); });
}

std::vector<Span> uses(const Patch& patch, std::uint32_t scope, std::string_view name, const Signatures& signatures) {
  std::vector<Span> found;
  const std::vector<bool> words = word_nodes(patch, signatures);
  for (std::uint32_t i = 0; i < patch.nodes.size(); ++i) {
    const Node& node = patch.nodes[i];
    if (node.kind == NodeKind::Name && !words[i] && patch.at(node.token) == name && in_scope(patch, scope, node.span))
      found.push_back(node.token);
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool is_name(std::string_view text, bool kind) {
  if (text.empty() || is_kind(text) != kind || text == "true" || text == "false" || text == "was") return false;
  const auto is_part = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !(text[0] >= '0' && text[0] <= '9') && std::all_of(text.begin(), text.end(), is_part);
}

/// `was:` in every block that stands at the definition's own place; what stands in their ports follows from it.
void remember(const Patch& patch, NodeIx value, std::string_view was, std::string_view name,
              std::vector<Replacement>& plan) {
  for (const CallSite site : calls_at(patch, value)) {
    if (!is_kind(patch.at(patch[site.call].token))) continue;
    const auto arguments = patch.arguments_of(patch[site.call]);
    const auto old = std::find_if(arguments.begin(), arguments.end(),
                                  [](const Argument& argument) { return !argument.was_path.empty(); });
    if (old == arguments.end()) {
      if (was != name) append_argument(patch, site.call, fmt::format("was: {}", was), plan);
    } else if (was == name) {
      drop_argument(patch, site.call, static_cast<std::size_t>(old - arguments.begin()), plan);
    } else {
      plan.push_back({old->was_path, std::string(was), true});
    }
  }
}

Plan rename_define(const Patch& patch, const Edit& edit, const Target& target) {
  std::vector<Replacement> plan = {{target.name, edit.text}};
  const std::string_view name = patch.at(target.name);
  for (const Node& node : patch.nodes)
    if (node.kind == NodeKind::Call && patch.at(node.token) == name) plan.push_back({node.token, edit.text});
  return plan;
}

Plan rename_definition(const Patch& patch, const Edit& edit, const Target& target, const Signatures& signatures,
                       Renames& renames) {
  const std::string name(patch.at(target.name));
  const std::uint32_t scope = target.define;
  if (scope != kNoIndex) {
    for (const Span output : patch.defines[scope].outputs)
      if (patch.at(output) == name)
        return refuse(Code::E_EDIT_IN_USE, output,
                      fmt::format("`{}` is an output of `{}`", name, patch.at(patch.defines[scope].name)),
                      "its readers elsewhere would lose it; define the new name, give it out too, rewire them, then "
                      "remove this one");
  } else if (name == "time") {
    return refuse(Code::E_EDIT_NAME, target.name, "the clock is called `time`", "every patch's clock has this name");
  }
  if (const std::vector<Span> taken = uses(patch, scope, edit.text, signatures); !taken.empty())
    return refuse(Code::E_EDIT_NAME, taken.front(), fmt::format("`{}` means something here already", edit.text),
                  "what reads it would read another value; take another name");
  std::vector<Replacement> plan = {{target.name, edit.text}};
  for (const Span use : uses(patch, scope, name, signatures)) plan.push_back({use, edit.text});
  std::string was = name;
  if (scope == kNoIndex) {
    if (const auto before = renames.find(name); before != renames.end()) {
      was = before->second;
      renames.erase(before);
    }
    renames[edit.text] = was;
    if (target.definition != kNoIndex) remember(patch, target.value, was, edit.text, plan);
  }
  return plan;
}

}  // namespace

Span first_use(const Patch& patch, std::uint32_t scope, std::string_view name, const Signatures& signatures) {
  if (is_kind(name)) {
    for (const Node& node : patch.nodes)
      if (node.kind == NodeKind::Call && patch.at(node.token) == name) return node.token;
    return {};
  }
  const std::vector<Span> found = uses(patch, scope, name, signatures);
  return found.empty() ? Span{} : found.front();
}

Plan plan_rename(const Patch& patch, const Edit& edit, const Signatures& signatures, Renames& renames) {
  const FoundTarget target = find_statement(patch, edit.target);
  if (!target) return std::unexpected(target.error());
  const bool is_define = target->is_define();
  if (!is_name(edit.text, is_define))
    return refuse(
        Code::E_EDIT_NAME, target->name,
        fmt::format("`{}` cannot be the name of {}", edit.text, is_define ? "a define" : "a definition"),
        is_define ? "a capital letter, then letters, digits and _" : "a small letter or _, then letters, digits and _");
  if (patch.at(target->name) == edit.text) return std::vector<Replacement>{};
  Plan plan =
      is_define ? rename_define(patch, edit, *target) : rename_definition(patch, edit, *target, signatures, renames);
  if (plan)
    std::stable_sort(plan->begin(), plan->end(),
                     [](const Replacement& a, const Replacement& b) { return a.span.begin < b.span.begin; });
  return plan;
}

}  // namespace oscilla::patch
