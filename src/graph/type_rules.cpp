#include "graph/type_rules.hpp"

#include <algorithm>

#include "graph/adapters.hpp"
#include "graph/swizzle.hpp"

namespace oscilla::graph {
namespace {

using ir::Cardinality;
using ir::Payload;
using ir::Type;
using ir::Unit;
using kernels::Op;
using kernels::PayloadRule;
using kernels::UnitRule;

/// Takes one more input into the joined type.
void join_in(NodeTypes& joined, const Type& type, bool with_unit) {
  if (const auto payload = join(joined.payload, type.payload))
    joined.payload = *payload;
  else
    joined.payloads_differ = true;
  if (!with_unit || type.payload == Payload::Unknown) return;
  if (const auto unit = join(joined.unit, type.unit))
    joined.unit = *unit;
  else
    joined.units_differ = true;
}

void join_extent(NodeTypes& joined, const Type& type, std::span<const ir::InstanceIx> parents) {
  joined.cardinality = std::max(joined.cardinality, type.cardinality);
  if (!type.instance.valid() || joined.instance == type.instance) return;
  if (!joined.instance.valid() || belongs_to(parents, type.instance, joined.instance))
    joined.instance = type.instance;
  else if (!belongs_to(parents, joined.instance, type.instance))
    joined.other_instance = type.instance;
}

Payload op_payload(PayloadRule rule, Payload joined) {
  if (joined == Payload::Unknown)
    return rule == PayloadRule::Compare || rule == PayloadRule::Equality || rule == PayloadRule::Logic
               ? Payload::Bool
               : Payload::Unknown;
  const bool any = rule == PayloadRule::Select || rule == PayloadRule::Compare || rule == PayloadRule::Equality ||
                   rule == PayloadRule::Logic;
  if (!any && !ir::is_number(joined)) return Payload::Unknown;  // refused where it arrives
  switch (rule) {
    case PayloadRule::Numeric:
    case PayloadRule::Select: return joined;
    case PayloadRule::Real: return joined == Payload::Int ? Payload::Float : joined;
    case PayloadRule::ToInt: return joined == Payload::Float ? Payload::Int : joined;
    case PayloadRule::Compare:
    case PayloadRule::Equality:
    case PayloadRule::Logic: return Payload::Bool;
    case PayloadRule::Scalar:
    case PayloadRule::Internal: return Payload::Float;
  }
  return Payload::Unknown;
}

Unit op_unit(UnitRule rule, const NodeTypes& joined, std::span<const Type> arriving) {
  switch (rule) {
    case UnitRule::Same:
    case UnitRule::Keep: return joined.unit;
    case UnitRule::Product: return product_unit(arriving[0].unit, arriving[1].unit).value_or(Unit::Plain);
    case UnitRule::Quotient: return quotient_unit(arriving[0].unit, arriving[1].unit).value_or(Unit::Plain);
    case UnitRule::PlainToRad: return Unit::Rad;
    case UnitRule::PlainToPhase: return Unit::Turn;
    case UnitRule::SameToPlain:
    case UnitRule::AngleToPlain:
    case UnitRule::Plain: break;
  }
  return Unit::Plain;
}

Type port_type(blocks::PortType type, const NodeTypes& joined) {
  using blocks::PortType;
  switch (type) {
    case PortType::Float:
    case PortType::Norm: return {Payload::Float};
    case PortType::Int: return {Payload::Int};
    case PortType::Bool: return {Payload::Bool};
    case PortType::Vec2:
    case PortType::Position: return {Payload::Vec2};
    case PortType::Vec3: return {Payload::Vec3};
    case PortType::Color: return {Payload::Color};
    case PortType::Shape: return {Payload::Shape};
    case PortType::Phase: return {Payload::Float, Unit::Turn};
    case PortType::Angle: return {Payload::Float, Unit::Rad};
    case PortType::Degrees: return {Payload::Float, Unit::Deg};
    case PortType::Time: return {Payload::Float, Unit::Ms};
    case PortType::T:
    case PortType::Place:
    case PortType::AnyT:
    case PortType::AnyValue: return {joined.payload, joined.unit};
    case PortType::Event: return {Payload::Event};
    case PortType::Domain:
    case PortType::Text: break;
  }
  return {};
}

void row_outputs(const Node& node, const NodeTypes& joined, std::span<Type> outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const blocks::Output& output = node.row->outputs[i];
    Type type = port_type(output.type, joined);
    if (output.plain) type.unit = Unit::Plain;
    type.cardinality = joined.cardinality;
    type.instance = joined.instance;
    if (node.row->form == blocks::Form::Instance) {
      if (output.type == blocks::PortType::AnyT && type.payload == Payload::Unknown)
        type.payload = Payload::Shape;                               // a disc
      const bool of_lanes = output.type != blocks::PortType::Shape;  // a figure made of the lanes is one
      type.cardinality = of_lanes ? Cardinality::Many : Cardinality::One;
      type.instance = of_lanes ? node.instance : ir::InstanceIx{};
    } else if (node.row->form == blocks::Form::Reduce) {
      type.cardinality = Cardinality::One;
      type.instance = {};
    } else if (node.row->form == blocks::Form::State || node.row->form == blocks::Form::Time ||
               node.row->form == blocks::Form::Input) {
      type.cardinality = std::max(type.cardinality, Cardinality::One);
    }
    if (type.payload == Payload::Event) type.cardinality = std::max(type.cardinality, Cardinality::One);
    const bool widens = node.row->widens_int || node.row->form == blocks::Form::State;
    if (widens && is_generic(output.type) && type.payload == Payload::Int) type.payload = Payload::Float;
    outputs[i] = type;
  }
}

}  // namespace

std::optional<Payload> join(Payload a, Payload b) {
  if (a == b || b == Payload::Unknown) return a;
  if (a == Payload::Unknown) return b;
  if (!ir::is_number(a) || !ir::is_number(b)) return std::nullopt;
  if (ir::is_vector(a) && ir::is_vector(b)) return std::nullopt;
  return std::max(a, b);
}

std::optional<Unit> join(Unit left, Unit right) {
  if (left == right || right == Unit::Plain) return left;
  if (left == Unit::Plain) return right;
  if (ir::is_angle(left) && ir::is_angle(right)) return left;
  return std::nullopt;
}

std::optional<Unit> product_unit(Unit a, Unit b) {
  if (a == Unit::Plain) return b;
  if (b == Unit::Plain) return a;
  if (a == Unit::Turn && b != Unit::Turn) return b;
  if (b == Unit::Turn && a != Unit::Turn) return a;
  return std::nullopt;
}

std::optional<Unit> product_unit(std::span<const Type> factors) {
  std::optional<Unit> unit = Unit::Plain;
  for (const Type& factor : factors)
    if (unit) unit = product_unit(*unit, factor.unit);
  return unit;
}

std::optional<Unit> quotient_unit(Unit a, Unit b) {
  if (a == b) return Unit::Plain;
  if (b == Unit::Plain || b == Unit::Turn) return a;
  return std::nullopt;
}

bool is_operand(Op op, std::size_t i) {
  if (op == Op::Select) return i > 0;
  if (op == Op::Mix) return i < 2;
  return true;
}

bool takes_the_others_type(const Node& node, std::size_t input) {
  return node.port_of(input).lanes == blocks::Lanes::Setting || input == initial_port(*node.row);
}

bool is_generic(blocks::PortType type) {
  using blocks::PortType;
  return type == PortType::T || type == PortType::Place || type == PortType::AnyT || type == PortType::AnyValue;
}

NodeTypes join_inputs(const Node& node, std::span<const Type> arriving, std::span<const ir::InstanceIx> parents) {
  NodeTypes joined;
  const UnitRule rule = node.kind == NodeKind::Op ? kernels::row_of(node.op).unit : UnitRule::Same;
  const bool multiplies = node.kind == NodeKind::Combine && node.combine == CombineMode::Product;
  const bool with_unit =
      !multiplies && (rule == UnitRule::Same || rule == UnitRule::SameToPlain || rule == UnitRule::Keep);
  for (std::size_t i = 0; i < arriving.size(); ++i) {
    const bool whole = node.kind == NodeKind::Row && node.port_of(i).lanes == blocks::Lanes::Whole;
    if (!whole) join_extent(joined, arriving[i], parents);
    if (node.kind == NodeKind::Row ? is_generic(node.port_of(i).type) && !takes_the_others_type(node, i)
                                   : node.kind != NodeKind::Op || is_operand(node.op, i))
      join_in(joined, arriving[i], with_unit);
  }
  const bool wired = node.kind != NodeKind::Row || joined.payload != Payload::Unknown;
  for (std::size_t i = 0; i < arriving.size() && !wired; ++i)
    if (is_generic(node.port_of(i).type) && node.inputs[i].given) join_in(joined, arriving[i], true);
  if (ir::is_vector(joined.payload)) joined.unit = Unit::Plain;
  return joined;
}

void output_types(const Node& node, const NodeTypes& joined, std::span<const Type> arriving, std::span<Type> outputs) {
  if (node.kind == NodeKind::Row) return row_outputs(node, joined, outputs);
  Type type{joined.payload, joined.unit};
  switch (node.kind) {
    case NodeKind::Op: {
      const kernels::OpRow& row = kernels::row_of(node.op);
      type.payload = joined.payloads_differ ? Payload::Unknown : op_payload(row.payload, joined.payload);
      type.unit = type.payload == Payload::Bool || ir::is_vector(type.payload) ? Unit::Plain
                                                                               : op_unit(row.unit, joined, arriving);
      break;
    }
    case NodeKind::Swizzle:
      type = {arriving[0].payload == Payload::Unknown ? Payload::Unknown : payload_of_components(node.component_count)};
      break;
    case NodeKind::Parameter:
      type = port_type(node.port, joined);
      if (node.port == blocks::PortType::Angle && ir::is_angle(arriving[0].unit)) type.unit = arriving[0].unit;
      break;
    case NodeKind::Adapter: type = {arriving[0].payload, adapter_rows()[node.adapter].to}; break;
    case NodeKind::Birth: type = {arriving[0].payload, arriving[0].unit}; break;
    case NodeKind::Combine:
      if (joined.payloads_differ) type.payload = Payload::Unknown;
      if (node.combine == CombineMode::Product) type.unit = product_unit(arriving).value_or(Unit::Plain);
      if (node.combine == CombineMode::Average && type.payload == Payload::Int) type.payload = Payload::Float;
      break;
    default: return;  // constants and errors keep what they have
  }
  type.cardinality = joined.cardinality;
  type.instance = joined.instance;
  outputs[0] = type;
}

}  // namespace oscilla::graph
