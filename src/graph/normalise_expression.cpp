// Expressions to nodes: literals, names, members, operators.
#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "base/color_names.hpp"
#include "graph/normaliser.hpp"
#include "graph/other_names.hpp"
#include "graph/swizzle.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {
namespace {

using ir::Payload;
using ir::Unit;
using kernels::Op;
using patch::Operation;

ir::Type literal_type(Payload payload, Unit unit = Unit::Plain) { return {payload, unit}; }

struct NamedConstant {
  std::string_view name;
  double value;
};
constexpr NamedConstant kConstants[] = {
    {"pi", 3.14159265358979323846}, {"tau", 6.28318530717958647692}, {"goldenAngle", 2.39996322972865332223}};

constexpr std::string_view kCanvasMembers[] = {"left", "right", "bottom", "top", "width", "height", "aspect"};

/// The op of an operator, and whether its operands change places.
std::pair<Op, bool> op_of(Operation operation) {
  switch (operation) {
    case Operation::Negate: return {Op::Negate, false};
    case Operation::Not: return {Op::Not, false};
    case Operation::Add: return {Op::Add, false};
    case Operation::Subtract: return {Op::Subtract, false};
    case Operation::Multiply: return {Op::Multiply, false};
    case Operation::Divide: return {Op::Divide, false};
    case Operation::Modulo: return {Op::Modulo, false};
    case Operation::Less: return {Op::Less, false};
    case Operation::LessEqual: return {Op::LessEqual, false};
    case Operation::Greater: return {Op::Less, true};
    case Operation::GreaterEqual: return {Op::LessEqual, true};
    case Operation::Equal: return {Op::Equal, false};
    case Operation::NotEqual: return {Op::NotEqual, false};
    case Operation::And: return {Op::And, false};
    case Operation::Or: return {Op::Or, false};
    case Operation::Plus:
    case Operation::None: break;
  }
  return {Op::Add, false};
}

/// A number literal's value in the unit that it has in the engine: times in milliseconds.
std::pair<double, Unit> in_engine_units(const patch::Literal& literal) {
  switch (literal.suffix) {
    case patch::Suffix::None: return {literal.value, Unit::Plain};
    case patch::Suffix::Milliseconds: return {literal.value, Unit::Ms};
    case patch::Suffix::Seconds: return {literal.value * 1000, Unit::Ms};
    case patch::Suffix::Minutes: return {literal.value * 60000, Unit::Ms};
    case patch::Suffix::Degrees: return {literal.value, Unit::Deg};
    case patch::Suffix::Radians: return {literal.value, Unit::Rad};
    case patch::Suffix::Turns: return {literal.value, Unit::Turn};
  }
  return {literal.value, Unit::Plain};
}

/// A colour in quotes is written without them; empty if `text` is none.
std::string text_hint(std::string_view text) {
  const bool digits =
      std::all_of(text.begin() + !text.empty(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
  const bool color = text.starts_with('#') && digits && (text.size() == 7 || text.size() == 9);
  return color ? fmt::format("a colour has no quotes: `{}`", text) : color_hint(text);
}

}  // namespace

Ref Normaliser::build_constant(const patch::Node& ast, const Place& place) {
  const std::string_view token = patch_->at(ast.token);
  switch (ast.kind) {
    case patch::NodeKind::Number: {
      const std::optional<patch::Literal> literal = patch::read_number(token);
      if (!literal) return error(ast.span, place);
      const auto [value, unit] = in_engine_units(*literal);
      const bool whole = literal->is_int && literal->suffix == patch::Suffix::None;
      return constant({value}, literal_type(whole ? Payload::Int : Payload::Float, unit), place, ast.span);
    }
    case patch::NodeKind::Color:
      return constant(patch::read_color(token), literal_type(Payload::Color), place, ast.span);
    case patch::NodeKind::Bool:
      return constant({token == "true" ? 1.0 : 0.0}, literal_type(Payload::Bool), place, ast.span);
    default: break;
  }
  const bool text = ast.kind == patch::NodeKind::String;
  std::string hint = text ? text_hint(token.substr(1, token.size() - 2)) : std::string();
  if (hint.empty()) hint = "it is only an argument of blocks that take one";
  report({}, Code::E_ARGUMENT, ast.span, text ? "a text cannot stand here" : "a list cannot stand here", hint);
  return error(ast.span, place);
}

Ref Normaliser::build_name(const patch::Node& ast, const Place& place) {
  const std::string_view name = patch_->at(ast.token);
  if (const std::optional<std::uint32_t> definition = find_definition(name)) {
    pendings_.push_back({*definition, {}, ast.span, place});
    return {{}, static_cast<std::uint32_t>(pendings_.size() - 1)};
  }
  for (const NamedConstant& known : kConstants)
    if (known.name == name) return constant({known.value}, literal_type(Payload::Float, Unit::Rad), place, ast.span);
  if (const auto found = inputs_.find(name); found != inputs_.end() && expansion_ == kNone) return found->second;
  return unknown_name(ast, place);
}

Ref Normaliser::unknown_name(const patch::Node& ast, const Place& place) {
  const std::string_view name = patch_->at(ast.token);
  const Ref result = error(ast.span, place);
  std::vector<std::string_view> candidates = names_here();
  for (const NamedConstant& known : kConstants) candidates.push_back(known.name);
  std::string hint = nearest(name, candidates);
  if (hint.empty()) hint = color_hint(name);
  if (const std::string_view here = other_value(name); hint.empty() && !here.empty())
    hint = fmt::format("here it is written {}", here);
  if (hint.empty()) hint = fmt::format("give it a meaning in a line of its own: `{} = ...`", name);
  if (expansion_ != kNone && (definitions_.contains(name) || inputs_.contains(name)))
    hint = fmt::format("a composite sees its parameters and its own lines only: give it a parameter `{}: any`", name);
  if (name == "time") hint = "add `time = TimeRoot(periodA: 4s, periodB: 8s)`";
  if (name == "canvas") hint = "say which part of it: canvas.left, right, bottom, top, width, height or aspect";
  report(result.source.node, Code::E_UNKNOWN_NAME, ast.span, fmt::format("nothing here is called `{}`", name), hint);
  return result;
}

/// The canvas in world units: the unit square is the centred min(width, height) square.
Ref Normaliser::build_canvas_member(std::string_view member, Span span, const Place& place) {
  const ir::Canvas& canvas = graph_.canvas;
  const double shorter = std::min(canvas.width, canvas.height);
  const bool stretch = canvas.fit == Fit::Stretch;
  const double width = stretch ? 1 : canvas.width / shorter;
  const double height = stretch ? 1 : canvas.height / shorter;
  const double values[] = {0.5 - width / 2,
                           0.5 + width / 2,
                           0.5 - height / 2,
                           0.5 + height / 2,
                           width,
                           height,
                           static_cast<double>(canvas.width) / canvas.height};
  for (std::size_t i = 0; i < std::size(kCanvasMembers); ++i)
    if (kCanvasMembers[i] == member) return constant({values[i]}, literal_type(Payload::Float), place, span);
  const Ref result = error(span, place);
  std::string hint = nearest(member, kCanvasMembers);
  if (hint.empty()) hint = fmt::format("it has {}", fmt::join(kCanvasMembers, ", "));
  report(result.source.node, Code::E_UNKNOWN_NAME, span, fmt::format("the canvas has no `{}`", member),
         std::move(hint));
  return result;
}

Ref Normaliser::member_of(Ref value, Member member, Span span, const Place& place) {
  if (value.expansion != kNone) {
    pendings_.push_back({kNone, {member}, span, place, value.expansion});
    return {{}, static_cast<std::uint32_t>(pendings_.size() - 1)};
  }
  if (value.pending != kNone) {
    pendings_[value.pending].members.push_back(member);
    return value;
  }
  const Node& node = graph_[value.source.node];
  if (node.kind == NodeKind::Error) return value;
  if (node.row != nullptr && node.row->form == blocks::Form::Time && value.source.output == 0)
    for (const auto& [name, source] : rails_)
      if (name == member.name) return {source};
  if (node.row != nullptr && value.source.output == 0)
    for (std::uint16_t i = 0; i < node.row->outputs.size(); ++i)
      if (node.row->outputs[i].name == member.name) return {{value.source.node, i}};
  if (const Source components = swizzle(value.source, member, span, place); components.valid()) return {components};
  return unknown_member(value.source, member, span, place);
}

Ref Normaliser::unknown_member(Source value, Member member, Span span, const Place& place) {
  const Node& node = graph_[value.node];
  std::vector<std::string_view> candidates;
  if (node.row != nullptr && value.output == 0)
    for (const blocks::Output& output : node.row->outputs) candidates.push_back(output.name);
  std::string hint = nearest(member.name, candidates);
  if (hint.empty() && candidates.size() > 1) hint = fmt::format("it has {}", fmt::join(candidates, ", "));
  const bool sink = node.row != nullptr && node.row->form == blocks::Form::Render;
  if (sink) hint = "it draws and has no values; read what it draws";
  if (hint.empty())
    hint = "it is a single value; vectors and colours have components: .x, .y, .z, .w or .r, .g, .b, .a";
  const std::string what(candidates.empty() && !sink ? "this value" : fmt::format("`{}`", node.place));
  const Ref result = error(span, place);
  report(result.source.node, Code::E_UNKNOWN_NAME, member.span, fmt::format("{} has no `{}`", what, member.name), hint);
  return result;
}

Ref Normaliser::build_member(const patch::Node& ast, const Place& place) {
  const patch::Node& base = (*patch_)[patch_->children_of(ast)[0]];
  if (base.kind == patch::NodeKind::Name && patch_->at(base.token) == "canvas" && !find_definition("canvas"))
    return build_canvas_member(patch_->at(ast.token), ast.span, place);
  const Ref value = build(patch_->children_of(ast)[0], place);
  const Ref result = member_of(value, {patch_->at(ast.token), ast.token}, ast.span, place);
  if (result.pending != kNone) pendings_[result.pending].span = ast.span;
  return result;
}

Ref Normaliser::build_operation(const patch::Node& ast, const Place& place) {
  std::vector<Ref> operands;
  for (const patch::NodeIx child : patch_->children_of(ast)) operands.push_back(build(child, place));
  if (ast.operation == Operation::Plus) {
    return typed(blocks::PortType::T, operands[0], place, ast.span);
  }
  const bool conditional = ast.kind == patch::NodeKind::Conditional;
  const auto [op, swapped] = conditional ? std::pair(Op::Select, false) : op_of(ast.operation);
  Node node;
  node.kind = NodeKind::Op;
  node.op = op;
  for (std::size_t i = 0; i < operands.size(); ++i)
    node.inputs.push_back(input(operands[i], (*patch_)[patch_->children_of(ast)[i]].span));
  if (swapped) std::swap(node.inputs[0], node.inputs[1]);
  node.outputs.resize(1);
  return {{add(std::move(node), place, ast.span), 0}};
}

Ref Normaliser::build(patch::NodeIx ix, const Place& place) {
  const patch::Node& ast = (*patch_)[ix];
  switch (ast.kind) {
    case patch::NodeKind::Number:
    case patch::NodeKind::Color:
    case patch::NodeKind::String:
    case patch::NodeKind::List:
    case patch::NodeKind::Bool: return build_constant(ast, place);
    case patch::NodeKind::Name: return build_name(ast, place);
    case patch::NodeKind::Group: return build(patch_->children_of(ast)[0], place);
    case patch::NodeKind::Member: return build_member(ast, place);
    case patch::NodeKind::Unary:
    case patch::NodeKind::Binary:
    case patch::NodeKind::Conditional: return build_operation(ast, place);
    case patch::NodeKind::Call: return build_call(ast, place, std::nullopt);
    case patch::NodeKind::Pipe: {
      const Ref left = build(patch_->children_of(ast)[0], place);
      const patch::Node& call = (*patch_)[patch_->children_of(ast)[1]];
      if (call.kind != patch::NodeKind::Call) return error(ast.span, place);
      const Ref result = build_call(call, place, left);
      if (result.source.valid()) graph_[result.source.node].lens = true;
      return result;
    }
    case patch::NodeKind::Vector: {
      const std::span<const patch::NodeIx> children = patch_->children_of(ast);
      std::vector<Given> given;
      for (const patch::NodeIx child : children) given.push_back({(*patch_)[child].span, {}, child, {}});
      return build_row(*blocks::find_function(children.size() == 2 ? "vec2" : "vec3", children.size()), ast, place,
                       given);
    }
    case patch::NodeKind::Error: break;
  }
  return error(ast.span, place);
}

}  // namespace oscilla::graph
