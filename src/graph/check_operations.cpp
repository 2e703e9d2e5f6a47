// What arrives at operations, component names and combine().
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "graph/adapters.hpp"
#include "graph/type_checker.hpp"

namespace oscilla::graph {

using blocks::PortType;
using ir::Payload;
using ir::Type;
using ir::Unit;
using kernels::Op;
using kernels::PayloadRule;
using kernels::UnitRule;

namespace {

/// An op as its writer knows it.
std::string described(Op op) {
  switch (op) {
    case Op::Add: return "`+`";
    case Op::Subtract:
    case Op::Negate: return "`-`";
    case Op::Multiply: return "`*`";
    case Op::Divide: return "`/`";
    case Op::Modulo: return "`%`";
    case Op::Less:
    case Op::LessEqual:
    case Op::Equal:
    case Op::NotEqual: return "a comparison";
    case Op::And: return "`&&`";
    case Op::Or: return "`||`";
    case Op::Not: return "`!`";
    case Op::Select: return "`? :`";
    default: return fmt::format("`{}`", kernels::row_of(op).name);
  }
}

}  // namespace

void TypeChecker::check_op(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
  if (!check_op_payloads(ix, arriving, joined)) return;
  const kernels::OpRow& row = kernels::row_of(graph_[ix].op);
  switch (row.unit) {
    case UnitRule::Same:
    case UnitRule::SameToPlain: check_same_units(ix, arriving, joined); break;
    case UnitRule::Product:
    case UnitRule::Quotient: check_product(ix, arriving, row.unit == UnitRule::Product); break;
    case UnitRule::AngleToPlain: check_angle(ix, arriving[0]); break;
    case UnitRule::Keep: break;
    default: check_plain(ix, arriving); break;
  }
}

bool TypeChecker::check_op_payloads(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
  const Node& node = graph_[ix];
  const kernels::OpRow& row = kernels::row_of(node.op);
  for (std::size_t i = 0; i < arriving.size(); ++i) {
    const Payload payload = arriving[i].payload;
    if (payload == Payload::Unknown) continue;  // a mistake, or a loop: told elsewhere
    const bool condition = row.payload == PayloadRule::Logic || (row.payload == PayloadRule::Select && i == 0);
    bool right = true;
    if (condition)
      right = payload == Payload::Bool;
    else if (row.payload == PayloadRule::Select)
      right = payload != Payload::Unknown && payload != Payload::Shape && payload != Payload::Event;
    else if (row.payload == PayloadRule::Compare || row.payload == PayloadRule::Scalar)
      right = is_scalar_number(payload);
    else if (row.payload == PayloadRule::Equality)
      right = is_scalar_number(payload) || payload == Payload::Bool;
    else
      right = ir::is_number(payload);
    if (right) continue;
    const bool chain = row.payload == PayloadRule::Compare && payload == Payload::Bool;
    const std::string_view hint = payload == Payload::Event ? kEventToValueHint
                                  : condition               ? "compare it: x > 0.5"
                                  : chain                   ? "write a < b && b < c"
                                                            : payload_hint(payload, PortType::Float);
    fail(ix, Code::E_PAYLOAD_NOT_ALLOWED, node.inputs[i].span,
         fmt::format("{} takes {}, this is {}", described(node.op), condition ? "true or false" : "numbers",
                     a(arriving[i])),
         hint);
    return false;
  }
  const bool mixed_branches = row.payload == PayloadRule::Select && joined.payload != Payload::Unknown &&
                              !joined.payloads_differ && ir::is_vector(joined.payload) &&
                              arriving[1].payload != Payload::Unknown && arriving[2].payload != Payload::Unknown &&
                              arriving[1].payload != arriving[2].payload;
  const bool wrong_weight = node.op == Op::Mix && arriving[2].payload != Payload::Unknown &&
                            !is_scalar_number(arriving[2].payload) && arriving[2].payload != joined.payload;
  if (!joined.payloads_differ && !mixed_branches && !wrong_weight) return true;
  const bool is_select = row.payload == PayloadRule::Select;
  fail(ix, Code::E_TYPE_MISMATCH, node.span,
       fmt::format("{} joins values of one type, these are {}", described(node.op),
                   list_types(is_select ? std::vector<Type>(arriving.begin() + 1, arriving.end()) : arriving)),
       mixed_branches ? "write both as vectors of one size" : joins_hint(arriving));
  return false;
}

void TypeChecker::check_same_units(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
  if (joined.units_differ) {
    fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
         fmt::format("{} joins values of one unit, these are {}", described(graph_[ix].op), list_types(arriving)),
         kPlainHint);
    return;
  }
  for (std::size_t i = 0; i < arriving.size(); ++i) {
    if (!is_operand(graph_[ix].op, i) || arriving[i].unit == joined.unit || arriving[i].unit == Unit::Plain) continue;
    if (const auto row = operand_adapter(arriving[i].unit, joined.unit))
      insert(ix, i, *row, graph_[ix].place);
    else
      return fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[i].span,
                  fmt::format("{} joins {} with vectors, which are plain", described(graph_[ix].op), a(arriving[i])),
                  unit_hint(arriving[i].unit));
  }
}

void TypeChecker::check_product(NodeIx ix, const std::vector<Type>& arriving, bool product) {
  const Unit left = arriving[0].unit, right = arriving[1].unit;
  const auto unit = product ? product_unit(left, right) : quotient_unit(left, right);
  const bool vector = ir::is_vector(graph_[ix].outputs[0].payload);
  if (!unit || (vector && *unit != Unit::Plain && *unit != Unit::Turn)) {
    fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
         fmt::format("{} cannot be {} {}", a(arriving[0]), product ? "multiplied by" : "divided by", a(arriving[1])),
         kPlainHint);
    return;
  }
  if (!product || !read_as_angle_[ix.v]) return;
  for (std::size_t i = 0; i < 2; ++i) {
    const Node& other = graph_[graph_[ix].inputs[1 - i].source.node];
    if (arriving[i].unit != Unit::Turn || other.kind != NodeKind::Constant || arriving[1 - i].unit != Unit::Plain)
      continue;
    for (const double factor : {180.0, 360.0, 3.14159265358979, 6.28318530717959, 12.5663706143592})
      if (std::abs(other.constant[0] / factor - 1) <= 0.001)
        findings_.report(
            ix, Code::W_PHASE_SCALED, graph_[ix].span, "a phase is an angle already; this turns it twice",
            "leave the factor out: sin(time.phaseA) is the sine of one turn; or use tau, which makes it rad");
  }
}

void TypeChecker::check_angle(NodeIx ix, const Type& type) {
  if (type.unit == Unit::Deg) insert(ix, 0, *operand_adapter(Unit::Deg, Unit::Rad), graph_[ix].place);
  if (type.unit == Unit::Ms)
    fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[0].span,
         fmt::format("{} takes an angle, this is a time", described(graph_[ix].op)),
         "divide by the time of one turn and multiply by 1turn, or use time.phaseA");
}

void TypeChecker::check_plain(NodeIx ix, const std::vector<Type>& arriving) {
  for (std::size_t i = 0; i < arriving.size(); ++i)
    if (arriving[i].unit != Unit::Plain && arriving[i].unit != Unit::Turn)
      return fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[i].span,
                  fmt::format("{} takes a plain number, this is {}", described(graph_[ix].op), a(arriving[i])),
                  unit_hint(arriving[i].unit));
}

void TypeChecker::check_swizzle(NodeIx ix, const Type& type) {
  const Node& node = graph_[ix];
  if (!ir::is_vector(type.payload))
    return fail(ix, Code::E_TYPE_MISMATCH, node.span, fmt::format("{} has no components", a(type)),
                type.payload == Payload::Event ? kEventToValueHint
                                               : "vectors and colours have: .x, .y, .z, .w or .r, .g, .b, .a");
  for (std::size_t i = 0; i < node.component_count; ++i)
    if (node.components[i] >= ir::planes_of(type.payload))
      return fail(
          ix, Code::E_UNKNOWN_NAME, node.span, fmt::format("{} has no `{}`", a(type), "xyzw"[node.components[i]]),
          fmt::format("it has {}", std::string_view("x, y, z, w").substr(0, 3u * ir::planes_of(type.payload) - 2u)));
}

namespace {

bool combines(CombineMode mode, const Type& type) {
  const bool picks = mode == CombineMode::First || mode == CombineMode::Last;
  if (type.unit == Unit::Turn && !picks) return false;
  switch (mode) {
    case CombineMode::First:
    case CombineMode::Last: return type.payload != Payload::Event;
    case CombineMode::Any:
    case CombineMode::All: return type.payload == Payload::Event;
    case CombineMode::Or:
    case CombineMode::And: return type.payload == Payload::Bool;
    case CombineMode::Blend: return type.payload == Payload::Color;
    case CombineMode::Sum: return ir::is_number(type.payload);
    default: return is_scalar_number(type.payload);
  }
}

std::string_view combine_hint(CombineMode mode, const Type& type) {
  if (mode == CombineMode::Any || mode == CombineMode::All) return kValueToEventHint;
  if (type.payload == Payload::Event) return "events are combined by any (one of them) and all (all in one frame)";
  if (type.unit == Unit::Turn)
    return "of phases take first or last: what lies between 0.9 and 0.1 is anybody's guess; `a + b` turns one by the "
           "other";
  switch (type.payload) {
    case Payload::Bool: return "of conditions take or, and, first or last";
    case Payload::Color: return "of colours take sum, blend, first or last";
    case Payload::Vec2:
    case Payload::Vec3: return "of vectors take sum, first or last; `min(a, b)` and the like work on their components";
    case Payload::Shape: return "of shapes take first or last; Array draws several in turn";
    default: return "of numbers take sum, product, average, min, max, first or last";
  }
}

}  // namespace

void TypeChecker::check_combine(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
  const CombineMode mode = graph_[ix].combine;
  const bool units_differ =
      joined.units_differ || (mode == CombineMode::Product && !product_unit(arriving).has_value());
  if (joined.payloads_differ)
    return fail(ix, Code::E_TYPE_MISMATCH, graph_[ix].span,
                fmt::format("combine() joins values of one type, these are {}", list_types(arriving)),
                joins_hint(arriving));
  if (!combines(mode, {joined.payload, joined.unit}))
    return fail(
        ix, Code::E_PAYLOAD_NOT_ALLOWED, graph_[ix].span,
        fmt::format("`{}` does not combine {}", kCombineWords[static_cast<std::size_t>(mode)], list_types(arriving)),
        combine_hint(mode, {joined.payload, joined.unit}));
  if (units_differ)
    return fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
                mode == CombineMode::Product
                    ? fmt::format("these cannot be multiplied: {}", list_types(arriving))
                    : fmt::format("combine() joins values of one unit, these are {}", list_types(arriving)),
                kPlainHint);
  if (mode == CombineMode::Product) return;
  for (std::size_t i = 0; i < arriving.size(); ++i)
    if (arriving[i].unit != joined.unit && arriving[i].unit != Unit::Plain)
      if (const auto row = operand_adapter(arriving[i].unit, joined.unit)) insert(ix, i, *row, graph_[ix].place);
}

}  // namespace oscilla::graph
