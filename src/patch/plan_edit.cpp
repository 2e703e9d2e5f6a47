#include "patch/plan_edit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "patch/target.hpp"

namespace oscilla::patch {
namespace {

/// Behind an argument: where its comma stands, or where the bracket closes if it has none. Between them stand only
/// blanks and comments.
struct Behind {
  std::uint32_t at = 0;
  bool comma = false;
};

Behind behind(const Patch& patch, std::uint32_t offset) {
  while (offset < patch.text.size()) {
    const char c = patch.text[offset];
    if (c == ',' || c == ')' || c == ']') return {offset, c == ','};
    if (c == '#')
      offset = static_cast<std::uint32_t>(std::min(patch.text.find('\n', offset), patch.text.size()));
    else
      ++offset;
  }
  return {offset, false};
}

}  // namespace

void append_argument(const Patch& patch, NodeIx call, std::string text, std::vector<Replacement>& plan) {
  const Node& node = patch[call];
  const auto arguments = patch.arguments_of(node);
  const std::uint32_t close = node.span.end - 1;
  if (!arguments.empty()) {
    const std::uint32_t end = arguments.back().span.end;
    if (!behind(patch, end).comma) plan.push_back({{end, end}, ",", true});
    text = " " + text;
  }
  plan.push_back({{close, close}, std::move(text), true});
}

void drop_argument(const Patch& patch, NodeIx call, std::size_t argument, std::vector<Replacement>& plan) {
  const auto arguments = patch.arguments_of(patch[call]);
  const Span span = arguments[argument].span;
  const Behind next = behind(patch, span.end);
  plan.push_back({span, "", true});
  if (next.comma) {
    plan.push_back({{next.at, next.at + 1}, "", true});
  } else if (argument > 0) {
    const std::uint32_t comma = behind(patch, arguments[argument - 1].span.end).at;
    plan.insert(plan.end() - 1, {{comma, comma + 1}, "", true});
  }
}

Plan plan_set(const Patch& patch, const Edit& edit, const Signatures& signatures) {
  const FoundTarget target = find_target(patch, edit.target, signatures);
  if (!target) return std::unexpected(target.error());
  if (target->is_define())
    return refuse(Code::E_EDIT_TARGET, target->name, fmt::format("`{}` is a define and has no value", edit.target),
                  "set a definition of its body");
  std::vector<Replacement> plan;
  if (target->value.valid())
    plan.push_back({patch[target->value].span, edit.text, true});
  else
    append_argument(patch, target->call.call, fmt::format("{}: {}", target->port_name, edit.text), plan);
  return plan;
}

Plan plan_clear(const Patch& patch, const Edit& edit, const Signatures& signatures) {
  const FoundTarget target = find_target(patch, edit.target, signatures);
  if (!target) return std::unexpected(target.error());
  if (!target->is_port())
    return refuse(Code::E_EDIT_TARGET, target->name, fmt::format("`{}` is no port", edit.target),
                  "only a port falls back to its default; `remove` takes a definition away");
  std::vector<Replacement> plan;
  if (!target->value.valid()) return plan;
  const auto arguments = patch.arguments_of(patch[target->call.call]);
  const Signature signature = signature_of(patch, target->call, signatures);
  const bool is_left = target->argument == kNoPort;
  if (is_left) plan.push_back({{patch[target->value].span.begin, patch[target->call.call].span.begin}, "", true});
  // Positions behind the one that goes would mean other ports: they get their names.
  for (const FilledPort& filled : filled_ports(patch, target->call, signature)) {
    if (filled.argument == kNoPort) continue;
    const Argument& argument = arguments[filled.argument];
    const bool behind_it = is_left || filled.argument > target->argument;
    if (filled.argument == target->argument) drop_argument(patch, target->call.call, target->argument, plan);
    if (behind_it && argument.name.empty() && filled.port != kNoPort)
      plan.push_back({{argument.span.begin, argument.span.begin}, signature.ports[filled.port].name + ": ", true});
  }
  return plan;
}

Plan plan_edit(const Patch& patch, const Edit& edit, const Signatures& signatures, Renames& renames) {
  switch (edit.kind) {
    case Edit::Kind::Set: return plan_set(patch, edit, signatures);
    case Edit::Kind::Clear: return plan_clear(patch, edit, signatures);
    case Edit::Kind::AddWriter:
    case Edit::Kind::RemoveWriter:
    case Edit::Kind::MoveWriter: return plan_writers(patch, edit, signatures);
    case Edit::Kind::Rename: return plan_rename(patch, edit, signatures, renames);
    case Edit::Kind::Setting: return plan_setting(patch, edit);
    case Edit::Kind::Add:
    case Edit::Kind::AddInside:
    case Edit::Kind::Remove:
    case Edit::Kind::Move: break;
  }
  return plan_statement(patch, edit);
}

}  // namespace oscilla::patch
