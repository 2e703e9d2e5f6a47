// Uses of catalogue rows to nodes: arguments at their ports, words, and what stands in what is left out.
#include <algorithm>

#include <fmt/format.h>

#include "graph/normaliser.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {
namespace {

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
    case PortType::Place:
    case PortType::AnyT:
    case PortType::AnyValue: return {ir::Payload::Int};  // takes whatever the others are
    default: return {ir::Payload::Float};
  }
}

bool takes_word(const blocks::Port& port) { return !port.words.empty() || port.type == blocks::PortType::Text; }

/// A port of the TimeRoot that replaces the output of its name. It is no input of the TimeRoot, so that a rail may be
/// made of the others.
bool is_rail(const blocks::Row& row, const blocks::Port& port) {
  return row.form == blocks::Form::Time &&
         std::any_of(row.outputs.begin(), row.outputs.end(),
                     [&](const blocks::Output& output) { return output.name == port.name; });
}

}  // namespace

std::vector<Input> Normaliser::elements_of(const Given& given, const Place& place) {
  if (!given.ast.valid() || (*patch_)[given.ast].kind != patch::NodeKind::List)
    return {input(value_of(given, place), given.span)};
  std::vector<Input> elements;
  for (const patch::NodeIx element : patch_->children_of((*patch_)[given.ast]))
    elements.push_back(input(build(element, place), (*patch_)[element].span));
  return elements;
}

std::string_view Normaliser::word_of(const blocks::Port& port, const Given& given) {
  const bool is_name = given.ast.valid() && (*patch_)[given.ast].kind == patch::NodeKind::Name;
  const std::string_view word = is_name ? patch_->at((*patch_)[given.ast].token) : std::string_view();
  if (std::find(port.words.begin(), port.words.end(), word) != port.words.end()) return word;
  std::string hint = nearest(word, port.words);
  if (given.ast.valid() && (*patch_)[given.ast].kind == patch::NodeKind::String) {
    const std::string text = patch::read_string(patch_->at((*patch_)[given.ast].token));
    if (std::ranges::find(port.words, text) != port.words.end()) hint = fmt::format("without quotes: `{}`", text);
  }
  report({}, Code::E_ARGUMENT, given.span,
         is_name ? fmt::format("`{}` has no word `{}`", port.name, word) : fmt::format("`{}` takes a word", port.name),
         hint.empty() ? fmt::format("one of {}", fmt::join(port.words, ", ")) : hint);
  return port.words.front();
}

/// A text's own characters. Escapes are for quotes and backslashes, which no name of the outside has.
std::string_view Normaliser::text_of(const blocks::Port& port, const Given& given) {
  const bool is_text = given.ast.valid() && (*patch_)[given.ast].kind == patch::NodeKind::String;
  if (!is_text) {
    report({}, Code::E_ARGUMENT, given.span, fmt::format("`{}` takes a text", port.name),
           fmt::format("in quotes: {}: \"...\"", port.name));
    return {};
  }
  const std::string_view token = patch_->at((*patch_)[given.ast].token);
  const std::string_view text = token.substr(1, token.size() - 2);
  if (text.empty() || text.find('\\') != std::string_view::npos)
    report({}, Code::E_ARGUMENT, given.span,
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
    report(missing.source.node, Code::E_ARGUMENT, ast.token,
           fmt::format("`{}` needs `{}`", patch_->at(ast.token), port.name), fmt::format("it is {}", port.doc));
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
  if (std::any_of(row.ports.begin(), row.ports.end(), takes_word)) node.words.resize(row.ports.size());
  std::vector<bool> filled(row.ports.size());
  std::vector<std::vector<Input>> elements(row.ports.size());
  const bool all_matched = std::find(ports.begin(), ports.end(), kNoPort) == ports.end();
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (ports[i] == kNoPort) {
      read_for_mistakes(given[i], place);
      continue;
    }
    const blocks::Port& port = row.ports[ports[i]];
    filled[ports[i]] = true;
    if (takes_word(port)) {
      node.words[ports[i]] = port.words.empty() ? text_of(port, given[i]) : word_of(port, given[i]);
      if (port.words.empty()) node.inputs[ports[i]] = {{}, given[i].span, true};  // where to point at
      continue;
    }
    const Place at_port = is_block ? down(place, port.name) : place;
    if (is_rail(row, port)) {
      rails_.emplace_back(port.name, typed(port.type, value_of(given[i], at_port), at_port, given[i].span).source);
      node.inputs[ports[i]] = {{}, given[i].span, true};
      continue;
    }
    if (port.list) {
      elements[ports[i]] = elements_of(given[i], at_port);
      node.inputs[ports[i]] = {{}, given[i].span, true};
      continue;
    }
    node.inputs[ports[i]] = input(value_of(given[i], at_port), given[i].span);
  }
  for (std::size_t i = 0; i < row.ports.size(); ++i) {
    if (filled[i]) continue;
    if (!row.ports[i].words.empty())
      node.words[i] = row.ports[i].words.front();
    else
      node.inputs[i] =
          fallback_input(row.ports[i], is_block ? down(place, row.ports[i].name) : place, ast, all_matched);
    // Nothing but its initial value says what type an input has, so there the default says it.
    if (row.form == blocks::Form::Input && row.ports[i].type == blocks::PortType::AnyValue) node.inputs[i].given = true;
  }
  for (std::size_t port = 0; port < elements.size(); ++port) {
    node.inputs.append(elements[port]);
    node.element_ports.insert(node.element_ports.end(), elements[port].size(), static_cast<std::uint16_t>(port));
  }
  node.outputs.resize(row.outputs.size());
  return {{add(std::move(node), place, ast.span), 0}};
}

}  // namespace oscilla::graph
