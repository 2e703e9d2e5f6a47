// What arrives at the ports of catalogue rows.
#include <fmt/format.h>

#include "graph/adapters.hpp"
#include "graph/type_checker.hpp"

namespace oscilla::graph {

using blocks::Lanes;
using blocks::PortType;
using ir::Cardinality;
using ir::Payload;
using ir::Type;
using ir::Unit;

namespace {

/// Whether a payload fits a port as it is (ints widen).
bool fits(Payload payload, PortType port) {
  switch (port) {
    case PortType::Int: return payload == Payload::Int;
    case PortType::Bool: return payload == Payload::Bool;
    case PortType::Vec2: return payload == Payload::Vec2;
    case PortType::Vec3: return payload == Payload::Vec3;
    case PortType::Color: return payload == Payload::Color;
    case PortType::Shape: return payload == Payload::Shape;
    case PortType::Position: return payload == Payload::Vec2 || payload == Payload::Vec3;
    case PortType::T: return ir::is_number(payload);
    case PortType::AnyValue: return ir::is_number(payload) || payload == Payload::Bool;
    case PortType::Event: return payload == Payload::Event;
    case PortType::AnyT: return payload != Payload::Event;
    case PortType::Domain: return true;
    default: return is_scalar_number(payload);
  }
}

std::string_view wanted(PortType port) {
  switch (port) {
    case PortType::Int: return "a whole number";
    case PortType::Bool: return "true or false";
    case PortType::Vec2: return "a vec2";
    case PortType::Vec3: return "a vec3";
    case PortType::Color: return "a colour";
    case PortType::Shape: return "a shape";
    case PortType::Position: return "a vec2 or vec3";
    case PortType::T: return "a number, vector or colour";
    case PortType::AnyValue: return "a number, vector, colour or condition";
    case PortType::Time: return "a time";
    case PortType::AnyT: return "a value";
    case PortType::Event: return "an event";
    default: return "a number";
  }
}

std::string_view unit_wanted(PortType port) {
  switch (port) {
    case PortType::Time: return "a time";
    case PortType::Phase: return "a phase";
    case PortType::Angle:
    case PortType::Degrees: return "an angle";
    default: return "a plain number";
  }
}

}  // namespace

void TypeChecker::check_row(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
  const blocks::Row& row = *graph_[ix].row;
  for (std::size_t port = 0; port < arriving.size(); ++port) {
    if (!graph_[ix].inputs[port].source.valid()) continue;
    const blocks::Port& wanted = graph_[ix].port_of(port);
    if (check_port(ix, port, wanted, arriving[port], joined)) adapt_port(ix, port, wanted, arriving[port], joined);
  }
  if (bad_[ix.v]) return;
  if (joined.payloads_differ)
    fail(ix, Code::E_TYPE_MISMATCH, graph_[ix].span,
         fmt::format("the values of `{}` are of different types: {}", row.name, list_types(arriving)),
         joins_hint(arriving));
  else if (joined.units_differ)
    fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
         fmt::format("the values of `{}` have different units: {}", row.name, list_types(arriving)), kPlainHint);
}

/// A parameter of a composite is a port that its patch has made.
void TypeChecker::check_parameter(NodeIx ix, const Type& type, const NodeTypes& joined) {
  const bool plus = graph_[ix].port == PortType::T;
  const std::string_view place = plus ? "+" : graph_[ix].place;
  const blocks::Port port{place.substr(place.rfind('.') + 1), graph_[ix].port, {}, {}};
  if (check_port(ix, 0, port, type, joined)) adapt_port(ix, 0, port, type, joined);
}

bool TypeChecker::check_port(NodeIx ix, std::size_t port_index, const blocks::Port& port, const Type& type,
                             const NodeTypes& joined) {
  const Span span = graph_[ix].inputs[port_index].span;
  if (!fits(type.payload, port.type)) {
    fail(ix, Code::E_TYPE_MISMATCH, span,
         fmt::format("`{}` takes {}, this is {}", port.name, wanted(port.type), a(type)),
         payload_hint(type.payload, port.type));
    return false;
  }
  if (port.lanes == Lanes::Setting && type.cardinality != Cardinality::Zero) {
    fail(ix, Code::E_CONST_VALUE_INVALID, span, fmt::format("`{}` must be a constant", port.name),
         "it is fixed when the patch is compiled, so it may not depend on time or fields");
    return false;
  }
  const bool one_of_many = ir::is_vector(type.payload) || type.payload == Payload::Bool ||
                           (joined.payload == Payload::Bool && graph_[ix].inputs[port_index].given);
  if (graph_[ix].kind == NodeKind::Row && is_generic(port.type) && takes_the_others_type(graph_[ix], port_index) &&
      one_of_many && type.payload != joined.payload) {
    fail(ix, Code::E_TYPE_MISMATCH, span,
         fmt::format("`{}` is {}, the value is {}", port.name, a(type), a({joined.payload})),
         "both must be of one type; a number goes to every component");
    return false;
  }
  if (port.lanes == Lanes::Signal && type.cardinality == Cardinality::Many) {
    fail(ix, Code::E_CARDINALITY_MISMATCH, span, fmt::format("`{}` takes one value, this is a field", port.name),
         type.payload == Payload::Event
             ? "these events are one a lane; Collect() makes one list of them, in the order of the lanes"
             : "it is the same for all lanes; Reduce() makes one value of a field, such as its average");
    return false;
  }
  const bool of_lanes = port.lanes == Lanes::Field || port.lanes == Lanes::Whole || port.type == PortType::Domain;
  if (of_lanes && type.cardinality != Cardinality::Many) {
    fail(ix, Code::E_CARDINALITY_MISMATCH, span, fmt::format("`{}` takes a field, this is one value", port.name),
         "an Array and what is made of it are fields");
    return false;
  }
  return true;
}

void TypeChecker::adapt_port(NodeIx ix, std::size_t port_index, const blocks::Port& port, const Type& type,
                             const NodeTypes& joined) {
  const Input input = graph_[ix].inputs[port_index];
  const bool is_block = graph_[ix].row != nullptr && graph_[ix].row->category != blocks::Category::Function;
  const auto place = [&] {
    return is_block ? graph_.names.keep({graph_[ix].place, ".", port.name}) : graph_[ix].place;
  };
  if (is_generic(port.type)) {
    if (joined.units_differ || joined.payloads_differ || type.unit == joined.unit || type.unit == Unit::Plain) return;
    if (const auto row = operand_adapter(type.unit, joined.unit)) return insert(ix, port_index, *row, place());
    return fail(ix, Code::E_UNIT_MISMATCH, input.span,
                fmt::format("`{}` is {}, the other values have no such unit", port.name, a(type)),
                unit_hint(type.unit));
  }
  const PortAdapter adapter = port_adapter(type.unit, port.type);
  if (adapter.row) return insert(ix, port_index, *adapter.row, place());
  if (adapter.possible) return;
  const Node& source = graph_[input.source.node];
  if (port.type == PortType::Time && type.unit == Unit::Plain && source.kind == NodeKind::Constant &&
      source.constant[0] == 0)
    return;
  fail(ix, Code::E_UNIT_MISMATCH, input.span,
       fmt::format("`{}` takes {}, this is {}", port.name, unit_wanted(port.type), a(type)),
       unit_hint(type.unit, port.type));
}

}  // namespace oscilla::graph
