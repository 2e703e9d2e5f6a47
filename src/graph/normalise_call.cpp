// Calls to nodes: Kinds, functions, ops and combine(); arguments find their ports, what is left out gets its default.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "graph/normaliser.hpp"
#include "graph/other_names.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {
namespace {

/// "x, low = 0" -> x, low. The names point into the row.
std::vector<std::string_view> parameter_names(std::string_view parameters) {
  std::vector<std::string_view> names;
  while (!parameters.empty()) {
    const std::size_t comma = std::min(parameters.find(','), parameters.size());
    std::string_view name = parameters.substr(0, comma);
    parameters.remove_prefix(std::min(comma + 1, parameters.size()));
    name = name.substr(std::min(name.find_first_not_of(' '), name.size()));
    names.push_back(name.substr(0, std::min(name.find_first_of(" ="), name.size())));
  }
  return names;
}

bool is_kind_name(std::string_view name) { return !name.empty() && name[0] >= 'A' && name[0] <= 'Z'; }

}  // namespace

Place Normaliser::place_of_call(const patch::Node& ast, const Place& place) {
  for (const patch::Argument& argument : patch_->arguments_of(ast)) {
    if (argument.was_path.empty()) continue;
    const std::string_view was = patch_->at(argument.was_path);
    renames_.push_back({was, argument.span, place.now, place.definition});
    return {place.now, was, place.definition};
  }
  return place;
}

std::vector<Given> Normaliser::arguments_of(const patch::Node& ast, std::optional<Ref> left) {
  std::vector<Given> given;
  if (left) given.push_back({ast.span, {}, {}, *left});
  for (const patch::Argument& argument : patch_->arguments_of(ast))
    if (argument.was_path.empty()) given.push_back({argument.span, patch_->at(argument.name), argument.value, {}});
  return given;
}

Ref Normaliser::value_of(const Given& given, const Place& place) {
  return given.ast.valid() ? build(given.ast, place) : given.left;
}

/// The mistakes in an argument that nothing takes. Whether a text or a list were right there nobody knows.
void Normaliser::read_for_mistakes(const Given& given, const Place& place) {
  const patch::NodeKind kind = given.ast.valid() ? (*patch_)[given.ast].kind : patch::NodeKind::Error;
  if (kind != patch::NodeKind::String && kind != patch::NodeKind::List) value_of(given, place);
}

/// More arguments without a name than there are ports.
void Normaliser::refuse_more(std::string_view call, std::span<const std::string_view> ports,
                             std::span<const Given> given) {
  std::string hint =
      ports.empty() ? "leave the brackets empty" : fmt::format("in this order: {}", fmt::join(ports, ", "));
  std::string number;
  for (const Given& each : given)
    if (number.empty()) number = patch::decimal_comma(patch_->text, each.span.end);
  if (!number.empty()) hint = fmt::format("a number is written `{}`; {}", number, hint);
  report({}, Code::E_ARGUMENT, given[ports.size()].span,
         ports.empty() ? fmt::format("`{}` takes no arguments", call)
                       : fmt::format("`{}` takes {} argument{}", call, ports.size(), ports.size() == 1 ? "" : "s"),
         hint);
}

std::vector<std::size_t> Normaliser::match(const patch::Node& ast, std::span<const std::string_view> ports,
                                           std::span<const Given> given) {
  const std::string_view call = ast.kind == patch::NodeKind::Vector ? "a vector" : patch_->at(ast.token);
  std::vector<std::size_t> result(given.size(), kNoPort);
  std::vector<bool> taken(ports.size());
  std::size_t positional = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    std::size_t port = kNoPort;
    if (given[i].name.empty()) {
      port = positional++;
      if (port >= ports.size()) {
        if (port == ports.size()) refuse_more(call, ports, given);
        continue;
      }
    } else {
      const auto found = std::find(ports.begin(), ports.end(), given[i].name);
      if (found == ports.end()) {
        const std::string hint = nearest(given[i].name, ports);
        report({}, Code::E_UNKNOWN_NAME, given[i].span, fmt::format("`{}` has no `{}`", call, given[i].name),
               hint.empty() ? fmt::format("it takes {}", fmt::join(ports, ", ")) : hint);
        continue;
      }
      port = static_cast<std::size_t>(found - ports.begin());
    }
    if (taken[port]) {
      report({}, Code::E_ARGUMENT, given[i].span, fmt::format("`{}` is given twice", ports[port]),
             "an argument without a name fills the first free port");
      continue;
    }
    taken[port] = true;
    result[i] = port;
  }
  return result;
}

Ref Normaliser::build_op_call(kernels::Op op, const patch::Node& ast, const Place& place,
                              std::span<const Given> given) {
  const kernels::OpRow& row = kernels::row_of(op);
  const std::vector<std::string_view> names = parameter_names(row.parameters);
  const std::vector<std::size_t> ports = match(ast, names, given);
  Node node;
  node.kind = NodeKind::Op;
  node.op = op;
  node.inputs.resize(names.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (ports[i] == kNoPort)
      read_for_mistakes(given[i], place);
    else
      node.inputs[ports[i]] = input(value_of(given[i], place), given[i].span);
  }
  const bool all_matched = std::find(ports.begin(), ports.end(), kNoPort) == ports.end();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (node.inputs[i].given) continue;
    const Ref missing = error(ast.span, place);
    node.inputs[i] = input(missing, ast.token, false);
    if (!all_matched) continue;  // the argument that found no parameter may be this one
    report(missing.source.node, Code::E_ARGUMENT, ast.token, fmt::format("`{}` needs `{}`", row.name, names[i]),
           fmt::format("{}({})", row.name, row.parameters));
  }
  node.outputs.resize(1);
  return {{add(std::move(node), place, ast.span), 0}};
}

Ref Normaliser::build_combine(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  Node node;
  node.kind = NodeKind::Combine;
  const bool has_mode = !given.empty() && given[0].ast.valid() && (*patch_)[given[0].ast].kind == patch::NodeKind::Name;
  const std::string_view word = has_mode ? patch_->at((*patch_)[given[0].ast].token) : std::string_view();
  const auto mode = std::find(std::begin(kCombineWords), std::end(kCombineWords), word);
  if (mode == std::end(kCombineWords) || given.size() < 2) {
    std::string hint = nearest(word, kCombineWords);
    if (mode != std::end(kCombineWords))
      hint = fmt::format("write what is combined behind it: combine({}, a, b)", word);
    report(
        {}, Code::E_ARGUMENT, given.empty() ? ast.span : given[0].span,
        mode == std::end(kCombineWords) ? "combine() begins with how to combine" : "combine() needs a value",
        hint.empty() ? fmt::format("combine(mode, a, b, ...) with one of {}", fmt::join(kCombineWords, ", ")) : hint);
    return error(ast.span, place);
  }
  node.combine = static_cast<CombineMode>(mode - std::begin(kCombineWords));
  for (const Given& writer : given.subspan(1)) {
    node.inputs.push_back(input(value_of(writer, place), writer.span));
    if (!writer.name.empty())
      report({}, Code::E_ARGUMENT, writer.span, fmt::format("combine() has no `{}`", writer.name),
             "its writers have no names: combine(mode, a, b, ...)");
  }
  node.outputs.resize(1);
  return {{add(std::move(node), place, ast.span), 0}};
}

/// What an unknown block takes is unknown: a bare name may be a word, texts and lists may be right. The rest is read
/// for the mistakes that are in it, and is needed where the block is needed.
Ref Normaliser::unknown_call(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  const std::string_view name = patch_->at(ast.token);
  std::vector<Input> inputs;
  for (const Given& argument : given) {
    const patch::Node* value = argument.ast.valid() ? &(*patch_)[argument.ast] : nullptr;
    const bool literal =
        value != nullptr && (value->kind == patch::NodeKind::String || value->kind == patch::NodeKind::List);
    const bool word =
        value != nullptr && value->kind == patch::NodeKind::Name && !find_definition(patch_->at(value->token));
    if (!literal && !word) inputs.push_back(input(value_of(argument, place), argument.span));
  }
  const Ref result = error(ast.span, place);
  graph_[result.source.node].inputs.append(inputs);
  const bool unread =
      std::any_of(patch_->uses.begin(), patch_->uses.end(), [](const patch::Use& use) { return !use.file; });
  if (unread && is_kind_name(name)) return result;  // it may be defined there; refused where it is used
  std::vector<std::string_view> candidates;
  for (const blocks::Row& row : blocks::rows()) candidates.push_back(row.name);
  for (const kernels::OpRow& row : kernels::op_rows())
    if (row.callable()) candidates.push_back(row.name);
  const std::size_t own = candidates.size();
  for (const auto& [kind, composite] : visible_[file_]) candidates.push_back(kind);
  if (library_ != nullptr)
    for (const auto& [kind, composite] : kinds_.back()) candidates.push_back(kind);
  std::sort(candidates.begin() + static_cast<std::ptrdiff_t>(own), candidates.end());
  const std::string_view here = other_name(name);
  std::string hint = here.empty() ? nearest(name, candidates) : fmt::format("here it is written {}", here);
  if (hint.empty()) hint = "`oscilla blocks` lists what there is";
  report(result.source.node, Code::E_UNKNOWN_NAME, ast.token,
         fmt::format("there is no {} `{}`", is_kind_name(name) ? "Kind" : "function", name), hint);
  return result;
}

/// Only blocks have an identity that could be kept.
void Normaliser::refuse_was(const patch::Node& ast) {
  for (const patch::Argument& argument : patch_->arguments_of(ast))
    if (!argument.was_path.empty())
      report({}, Code::E_ARGUMENT, argument.span,
             fmt::format("`{}` is a function and has no `was:`", patch_->at(ast.token)),
             "a function remembers nothing; `was:` goes into the brackets of the block that was renamed");
}

Ref Normaliser::build_call(const patch::Node& ast, const Place& place, std::optional<Ref> left) {
  const std::string_view name = patch_->at(ast.token);
  const std::vector<Given> given = arguments_of(ast, left);
  if (!is_kind_name(name)) refuse_was(ast);
  if (is_kind_name(name)) {
    if (const auto composite = find_composite(name)) return build_composite(*composite, ast, place, given);
    const blocks::Row* row = blocks::find_kind(name);
    if (row != nullptr && row->form == blocks::Form::Input && !std::exchange(in_input_, false))
      return refuse_inner_input(ast, place, given);
    if (row != nullptr) return may_stand_here(*row, ast) ? build_row(*row, ast, place, given) : error(ast.span, place);
    if (const auto composite = find_in_library(name)) return build_composite(*composite, ast, place, given);
    return unknown_call(ast, place, given);
  }
  if (name == "combine") return build_combine(ast, place, given);
  if (const blocks::Row* row = blocks::find_function(name, given.size())) return build_row(*row, ast, place, given);
  if (const std::optional<kernels::Op> op = kernels::find_op(name)) return build_op_call(*op, ast, place, given);
  return unknown_call(ast, place, given);
}

}  // namespace oscilla::graph
