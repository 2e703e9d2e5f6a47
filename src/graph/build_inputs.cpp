// `input` statements to nodes, and where their Kinds may not stand.
#include <algorithm>

#include <fmt/format.h>

#include "graph/normaliser.hpp"

namespace oscilla::graph {

Ref Normaliser::build_input(const patch::Input& input) {
  const std::string_view name = patch_->at(input.name);
  const Place place{name, name, kNoDefinition};
  const patch::Node& call = (*patch_)[input.call];
  const bool readable = call.kind == patch::NodeKind::Call;
  const blocks::Row* row = readable ? blocks::find_kind(patch_->at(call.token)) : nullptr;
  if (!readable) return error(input.span, place);
  if (row == nullptr || row->form != blocks::Form::Input) {
    std::vector<std::string_view> kinds;
    for (const blocks::Row& known : blocks::rows())
      if (known.form == blocks::Form::Input) kinds.push_back(known.name);
    const std::string hint = nearest(patch_->at(call.token), kinds);
    const Ref result = error(input.span, place);
    report(result.source.node, row == nullptr ? Code::E_UNKNOWN_NAME : Code::E_ARGUMENT, call.token,
           fmt::format("`{}` is no Kind of inputs", patch_->at(call.token)),
           hint.empty() ? fmt::format("the Kinds are {}", fmt::join(kinds, ", ")) : hint);
    return result;
  }
  in_input_ = true;
  return build_call(call, place, std::nullopt);
}

/// Before the definitions, in the order of their names.
void Normaliser::build_inputs() {
  std::vector<const patch::Input*> order;
  for (const patch::Input& input : patch_->inputs) order.push_back(&input);
  const auto name_of = [&](const patch::Input* input) { return patch_->at(input->name); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return name_of(a) < name_of(b); });
  for (const patch::Input* input : order) {
    if (inputs_.contains(name_of(input)) || definitions_.contains(name_of(input)))
      continue;  // refused when it was read
    inputs_.emplace(name_of(input), build_input(*input));
    definition_names_.push_back(name_of(input));
  }
}

/// Kinds of inputs stand in `input` statements, nowhere else.
Ref Normaliser::refuse_inner_input(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  const std::string_view kind = patch_->at(ast.token);
  const Ref result = error(ast.span, place);
  for (const Given& argument : given)
    if (argument.ast.valid() && (*patch_)[argument.ast].kind != patch::NodeKind::String) value_of(argument, place);
  report(result.source.node, Code::E_ARGUMENT, ast.token, fmt::format("`{}` is a Kind of inputs", kind),
         fmt::format("declare it in a line of its own: `input name = {}(...)`", kind));
  return result;
}

}  // namespace oscilla::graph
