// Calls to nodes: Kinds, functions, ops and combine(); arguments find their ports, what is left out gets its default.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "graph/normaliser.hpp"

namespace oscilla::graph {
namespace {

constexpr std::string_view kCombineModes[] = {"sum",   "product", "average", "min", "max",
                                              "first", "last",    "or",      "and", "blend"};

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

/// The type of a default in the port's own unit.
ir::Type default_type(blocks::PortType type) {
  using blocks::PortType;
  switch (type) {
    case PortType::Bool: return {ir::Payload::Bool};
    case PortType::Int: return {ir::Payload::Int};
    case PortType::Vec2:
    case PortType::Position: return {ir::Payload::Vec2};
    case PortType::Vec3: return {ir::Payload::Vec3};
    case PortType::Color: return {ir::Payload::Color};
    case PortType::Phase: return {ir::Payload::Float, ir::Unit::Turn};
    case PortType::Angle: return {ir::Payload::Float, ir::Unit::Rad};
    case PortType::Degrees: return {ir::Payload::Float, ir::Unit::Deg};
    case PortType::Time: return {ir::Payload::Float, ir::Unit::Ms};
    case PortType::T:
    case PortType::AnyT:
    case PortType::AnyValue: return {ir::Payload::Int};  // takes whatever the others are
    default: return {ir::Payload::Float};
  }
}

}  // namespace

Place Normaliser::place_of_call(const patch::Node& ast, const Place& place) {
  for (const patch::Argument& argument : patch_.arguments_of(ast)) {
    if (argument.was_path.empty()) continue;
    const std::string was(patch_.at(argument.was_path));
    renames_.push_back({was, argument.span, place.now});
    return {place.now, was, place.definition};
  }
  return place;
}

std::vector<Given> Normaliser::arguments_of(const patch::Node& ast, std::optional<Ref> left) {
  std::vector<Given> given;
  if (left) given.push_back({ast.span, {}, {}, *left});
  for (const patch::Argument& argument : patch_.arguments_of(ast))
    if (argument.was_path.empty()) given.push_back({argument.span, patch_.at(argument.name), argument.value, {}});
  return given;
}

Ref Normaliser::value_of(const Given& given, const Place& place) {
  return given.ast.valid() ? build(given.ast, place) : given.left;
}

std::vector<std::size_t> Normaliser::match(const patch::Node& ast, std::span<const std::string_view> ports,
                                           std::span<const Given> given) {
  const std::string_view call = ast.kind == patch::NodeKind::Vector ? "a vector" : patch_.at(ast.token);
  std::vector<std::size_t> result(given.size(), kNoPort);
  std::vector<bool> taken(ports.size());
  std::size_t positional = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    std::size_t port = kNoPort;
    if (given[i].name.empty()) {
      port = positional++;
      if (port >= ports.size()) {
        if (port == ports.size())
          findings_.report(
              {}, Code::E_ARGUMENT, given[i].span,
              ports.empty() ? fmt::format("`{}` takes no arguments", call)
                            : fmt::format("`{}` takes {} argument{}", call, ports.size(), ports.size() == 1 ? "" : "s"),
              ports.empty() ? "leave the brackets empty" : fmt::format("in this order: {}", fmt::join(ports, ", ")));
        continue;
      }
    } else {
      const auto found = std::find(ports.begin(), ports.end(), given[i].name);
      if (found == ports.end()) {
        const std::string hint = did_you_mean(given[i].name, ports);
        findings_.report({}, Code::E_UNKNOWN_NAME, given[i].span, fmt::format("`{}` has no `{}`", call, given[i].name),
                         hint.empty() ? fmt::format("it takes {}", fmt::join(ports, ", ")) : hint);
        continue;
      }
      port = static_cast<std::size_t>(found - ports.begin());
    }
    if (taken[port]) {
      findings_.report({}, Code::E_ARGUMENT, given[i].span, fmt::format("`{}` is given twice", ports[port]),
                       "an argument without a name fills the first free port");
      continue;
    }
    taken[port] = true;
    result[i] = port;
  }
  return result;
}

std::vector<Input> Normaliser::elements_of(const Given& given, const Place& place) {
  if (!given.ast.valid() || patch_[given.ast].kind != patch::NodeKind::List)
    return {input(value_of(given, place), given.span)};
  std::vector<Input> elements;
  for (const patch::NodeIx element : patch_.children_of(patch_[given.ast]))
    elements.push_back(input(build(element, place), patch_[element].span));
  return elements;
}

std::string_view Normaliser::word_of(const blocks::Port& port, const Given& given) {
  const bool is_name = given.ast.valid() && patch_[given.ast].kind == patch::NodeKind::Name;
  const std::string_view word = is_name ? patch_.at(patch_[given.ast].token) : std::string_view();
  if (std::find(port.words.begin(), port.words.end(), word) != port.words.end()) return word;
  const std::string hint = did_you_mean(word, port.words);
  findings_.report(
      {}, Code::E_ARGUMENT, given.span,
      is_name ? fmt::format("`{}` has no word `{}`", port.name, word) : fmt::format("`{}` takes a word", port.name),
      hint.empty() ? fmt::format("one of {}", fmt::join(port.words, ", ")) : hint);
  return port.words.front();
}

/// A text's own characters. Escapes are for quotes and backslashes, which no name of the outside has.
std::string_view Normaliser::text_of(const blocks::Port& port, const Given& given) {
  const bool is_text = given.ast.valid() && patch_[given.ast].kind == patch::NodeKind::String;
  if (!is_text) {
    findings_.report({}, Code::E_ARGUMENT, given.span, fmt::format("`{}` takes a text", port.name),
                     fmt::format("in quotes: {}: \"...\"", port.name));
    return {};
  }
  const std::string_view token = patch_.at(patch_[given.ast].token);
  const std::string_view text = token.substr(1, token.size() - 2);
  if (text.empty() || text.find('\\') != std::string_view::npos)
    findings_.report({}, Code::E_ARGUMENT, given.span,
                     text.empty() ? fmt::format("`{}` is empty", port.name)
                                  : fmt::format("`{}` has no quotes and no backslashes in it", port.name),
                     fmt::format("it is {}", port.doc));
  return text;
}

Input Normaliser::fallback_input(const blocks::Port& port, const Place& place, const patch::Node& ast, bool tell) {
  switch (port.fallback.kind) {
    case blocks::Fallback::Kind::Number:
      return input(constant(port.fallback.value, default_type(port.type), place, ast.token), ast.token, false);
    case blocks::Fallback::Kind::PhaseA: {
      const auto time = definitions_.find("time");
      if (time == definitions_.end()) return input(error(ast.token, place), ast.token, false);
      pendings_.push_back({time->second, {{"phaseA", ast.token}}, ast.token, place});
      return input({{}, static_cast<std::uint32_t>(pendings_.size() - 1)}, ast.token, false);
    }
    case blocks::Fallback::Kind::Element:
    case blocks::Fallback::Kind::Absent: return {{}, ast.token, false};
    case blocks::Fallback::Kind::Required: break;
  }
  const Ref missing = error(ast.span, place);
  if (tell)
    findings_.report(missing.source.node, Code::E_ARGUMENT, ast.token,
                     fmt::format("`{}` needs `{}`", patch_.at(ast.token), port.name),
                     fmt::format("it is {}", port.doc));
  return input(missing, ast.token, false);
}

Ref Normaliser::build_row(const blocks::Row& row, const patch::Node& ast, const Place& at,
                          std::span<const Given> given) {
  const bool is_block = row.category != blocks::Category::Function;
  const Place place = is_block ? place_of_call(ast, at) : at;
  std::vector<std::string_view> names;
  for (const blocks::Port& port : row.ports) names.push_back(port.name);
  const std::vector<std::size_t> ports = match(ast, names, given);

  Node node;
  node.kind = NodeKind::Row;
  node.row = &row;
  node.inputs.resize(row.ports.size());
  node.words.resize(row.ports.size());
  std::vector<bool> filled(row.ports.size());
  std::vector<std::vector<Input>> elements(row.ports.size());
  const bool all_matched = std::find(ports.begin(), ports.end(), kNoPort) == ports.end();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (ports[i] == kNoPort) {
      value_of(given[i], place);  // for the mistakes that are in it
      continue;
    }
    const blocks::Port& port = row.ports[ports[i]];
    filled[ports[i]] = true;
    if (!port.words.empty() || port.type == blocks::PortType::Text) {
      node.words[ports[i]] = port.words.empty() ? text_of(port, given[i]) : word_of(port, given[i]);
      continue;
    }
    const Place down = is_block ? place.down(port.name) : place;
    if (port.list) {
      elements[ports[i]] = elements_of(given[i], down);
      node.inputs[ports[i]] = {{}, given[i].span, true};
      continue;
    }
    node.inputs[ports[i]] = input(value_of(given[i], down), given[i].span);
  }
  for (std::size_t i = 0; i < row.ports.size(); ++i) {
    if (filled[i]) continue;
    if (!row.ports[i].words.empty())
      node.words[i] = row.ports[i].words.front();
    else
      node.inputs[i] = fallback_input(row.ports[i], is_block ? place.down(row.ports[i].name) : place, ast, all_matched);
  }
  for (std::size_t port = 0; port < elements.size(); ++port) {
    node.inputs.insert(node.inputs.end(), elements[port].begin(), elements[port].end());
    node.element_ports.insert(node.element_ports.end(), elements[port].size(), static_cast<std::uint16_t>(port));
  }
  node.outputs.resize(row.outputs.size());
  return {{add(std::move(node), place, ast.span), 0}};
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
    const Ref value = value_of(given[i], place);
    if (ports[i] != kNoPort) node.inputs[ports[i]] = input(value, given[i].span);
  }
  const bool all_matched = std::find(ports.begin(), ports.end(), kNoPort) == ports.end();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (node.inputs[i].given) continue;
    const Ref missing = error(ast.span, place);
    node.inputs[i] = input(missing, ast.token, false);
    if (!all_matched) continue;  // the argument that found no parameter may be this one
    findings_.report(missing.source.node, Code::E_ARGUMENT, ast.token,
                     fmt::format("`{}` needs `{}`", row.name, names[i]),
                     fmt::format("{}({})", row.name, row.parameters));
  }
  node.outputs.resize(1);
  return {{add(std::move(node), place, ast.span), 0}};
}

Ref Normaliser::build_combine(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  Node node;
  node.kind = NodeKind::Combine;
  const bool has_mode = !given.empty() && given[0].ast.valid() && patch_[given[0].ast].kind == patch::NodeKind::Name;
  const std::string_view word = has_mode ? patch_.at(patch_[given[0].ast].token) : std::string_view();
  if (word == "any" || word == "all") {
    findings_.report({}, Code::E_NOT_IN_THIS_VERSION, given[0].span,
                     fmt::format("`combine({}, ...)` cannot be used yet", word),
                     "it combines events, which this version does not have");
    return error(ast.span, place);
  }
  const auto mode = std::find(std::begin(kCombineModes), std::end(kCombineModes), word);
  if (mode == std::end(kCombineModes) || given.size() < 2) {
    std::string hint = did_you_mean(word, kCombineModes);
    if (mode != std::end(kCombineModes))
      hint = fmt::format("write what is combined behind it: combine({}, a, b)", word);
    findings_.report(
        {}, Code::E_ARGUMENT, given.empty() ? ast.span : given[0].span,
        mode == std::end(kCombineModes) ? "combine() begins with how to combine" : "combine() needs a value",
        hint.empty() ? fmt::format("combine(mode, a, b, ...) with one of {}", fmt::join(kCombineModes, ", ")) : hint);
    return error(ast.span, place);
  }
  node.combine = static_cast<CombineMode>(mode - std::begin(kCombineModes));
  for (const Given& writer : given.subspan(1)) {
    node.inputs.push_back(input(value_of(writer, place), writer.span));
    if (!writer.name.empty())
      findings_.report({}, Code::E_ARGUMENT, writer.span, fmt::format("combine() has no `{}`", writer.name),
                       "its writers have no names: combine(mode, a, b, ...)");
  }
  node.outputs.resize(1);
  return {{add(std::move(node), place, ast.span), 0}};
}

/// What an unknown block takes is unknown: a bare name may be a word, texts and lists may be right. The rest is read
/// for the mistakes that are in it, and is needed where the block is needed.
Ref Normaliser::unknown_call(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  const std::string_view name = patch_.at(ast.token);
  std::vector<Input> inputs;
  for (const Given& argument : given) {
    const patch::Node* value = argument.ast.valid() ? &patch_[argument.ast] : nullptr;
    const bool literal =
        value != nullptr && (value->kind == patch::NodeKind::String || value->kind == patch::NodeKind::List);
    const bool word =
        value != nullptr && value->kind == patch::NodeKind::Name && !definitions_.contains(patch_.at(value->token));
    if (!literal && !word) inputs.push_back(input(value_of(argument, place), argument.span));
  }
  const Ref result = error(ast.span, place);
  graph_[result.source.node].inputs = std::move(inputs);
  const bool composite = std::any_of(patch_.defines.begin(), patch_.defines.end(),
                                     [&](const patch::Define& define) { return patch_.at(define.name) == name; });
  if (composite || !patch_.uses.empty()) return result;  // refused where it is defined
  std::vector<std::string_view> candidates;
  for (const blocks::Row& row : blocks::rows()) candidates.push_back(row.name);
  for (const kernels::OpRow& row : kernels::op_rows())
    if (row.callable()) candidates.push_back(row.name);
  std::string hint = did_you_mean(name, candidates);
  if (hint.empty()) hint = "`oscilla blocks` lists what there is";
  findings_.report(result.source.node, Code::E_UNKNOWN_NAME, ast.token,
                   fmt::format("there is no {} `{}`", is_kind_name(name) ? "Kind" : "function", name), hint);
  return result;
}

/// Only blocks have an identity that could be kept.
void Normaliser::refuse_was(const patch::Node& ast) {
  for (const patch::Argument& argument : patch_.arguments_of(ast))
    if (!argument.was_path.empty())
      findings_.report({}, Code::E_ARGUMENT, argument.span,
                       fmt::format("`{}` is a function and has no `was:`", patch_.at(ast.token)),
                       "a function remembers nothing; `was:` goes into the brackets of the block that was renamed");
}

/// Kinds of inputs stand in `input` statements, nowhere else.
Ref Normaliser::refuse_inner_input(const patch::Node& ast, const Place& place, std::span<const Given> given) {
  const std::string_view kind = patch_.at(ast.token);
  const Ref result = error(ast.span, place);
  for (const Given& argument : given)
    if (argument.ast.valid() && patch_[argument.ast].kind != patch::NodeKind::String) value_of(argument, place);
  findings_.report(result.source.node, Code::E_ARGUMENT, ast.token, fmt::format("`{}` is a Kind of inputs", kind),
                   fmt::format("declare it in a line of its own: `input name = {}(...)`", kind));
  return result;
}

Ref Normaliser::build_call(const patch::Node& ast, const Place& place, std::optional<Ref> left) {
  const std::string_view name = patch_.at(ast.token);
  const std::vector<Given> given = arguments_of(ast, left);
  if (!is_kind_name(name)) refuse_was(ast);
  if (is_kind_name(name)) {
    const blocks::Row* row = blocks::find_kind(name);
    if (row != nullptr && row->form == blocks::Form::Input && !std::exchange(in_input_, false))
      return refuse_inner_input(ast, place, given);
    return row != nullptr ? build_row(*row, ast, place, given) : unknown_call(ast, place, given);
  }
  if (name == "combine") return build_combine(ast, place, given);
  if (const blocks::Row* row = blocks::find_function(name, given.size())) return build_row(*row, ast, place, given);
  if (const std::optional<kernels::Op> op = kernels::find_op(name)) return build_op_call(*op, ast, place, given);
  return unknown_call(ast, place, given);
}

}  // namespace oscilla::graph
