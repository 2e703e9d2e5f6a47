#include "compile/lower_nodes.hpp"

#include <array>
#include <vector>

#include "graph/adapters.hpp"

namespace oscilla::compile {
namespace {

using blocks::Value;
using graph::CombineMode;
using ir::ExprId;
using kernels::Op;

ir::Base base_of(ir::Payload payload) {
  switch (payload) {
    case ir::Payload::Int: return ir::Base::Int;
    case ir::Payload::Bool: return ir::Base::Bool;
    default: return ir::Base::Float;
  }
}

/// Trigonometry on turns has ops of its own, which reduce the argument exactly.
Op in_turns(Op op) {
  switch (op) {
    case Op::Sin: return Op::SinTurns;
    case Op::Cos: return Op::CosTurns;
    case Op::Tan: return Op::OscTan;
    default: return op;
  }
}

Value lower_op(ir::ExprBuilder& build, const graph::Node& node, std::span<const Value> inputs) {
  const bool trigonometry = kernels::row_of(node.op).unit == kernels::UnitRule::AngleToPlain;
  const Op op = trigonometry && inputs[0].type.unit == ir::Unit::Turn ? in_turns(node.op) : node.op;
  return componentwise(build, op, inputs, node.outputs[0]);
}

/// Every lane's value of the parent's lane that it belongs to.
Value lower_of_parent(ir::ExprBuilder& build, const graph::Node& node, const Value& value, ExprId parent) {
  Value taken = value;
  taken.type = node.outputs[0];
  for (ExprId& plane : taken.planes)
    if (plane.valid()) plane = build.gather(plane, parent);
  return taken;
}

Value lower_adapter(ir::ExprBuilder& build, const graph::Node& node, std::span<const Value> inputs) {
  const graph::AdapterRow& row = graph::adapter_rows()[node.adapter];
  if (row.finish == graph::Finish::OfParent) return lower_of_parent(build, node, inputs[0], inputs[1].planes[0]);
  const Value& input = inputs[0];
  ExprId x = input.planes[0];
  if (row.factor != 1) x = build.op(Op::Multiply, {x, build.constant(row.factor)});
  if (row.finish == graph::Finish::Wrap) x = build.op(Op::Wrap, {x});
  if (row.finish == graph::Finish::Clamp) x = build.op(Op::Clamp, {x, build.constant(0), build.constant(1)});
  Value value{node.outputs[0], {}, {}};
  value.planes[0] = x;
  return value;
}

/// Paints `top` over `base`, straight alpha (W3C compositing: source-over).
Value blend(ir::ExprBuilder& build, const Value& base, const Value& top, const ir::Type& type) {
  const ExprId one = build.constant(1);
  const ExprId rest = build.op(Op::Multiply, {base.planes[3], build.op(Op::Subtract, {one, top.planes[3]})});
  const ExprId alpha = build.op(Op::Add, {top.planes[3], rest});
  Value value{type, {}, {}};
  for (std::size_t c = 0; c < 3; ++c) {
    const ExprId sum = build.op(Op::Add, {build.op(Op::Multiply, {top.planes[c], top.planes[3]}),
                                          build.op(Op::Multiply, {base.planes[c], rest})});
    value.planes[c] = build.op(Op::Divide, {sum, alpha});
  }
  value.planes[3] = alpha;
  return value;
}

Op combine_op(CombineMode mode) {
  switch (mode) {
    case CombineMode::Product: return Op::Multiply;
    case CombineMode::Min: return Op::Min;
    case CombineMode::Max: return Op::Max;
    case CombineMode::Or: return Op::Or;
    case CombineMode::And: return Op::And;
    default: return Op::Add;
  }
}

Value lower_combine(ir::ExprBuilder& build, const graph::Node& node, std::span<const Value> writers) {
  const ir::Type& type = node.outputs[0];
  Value value = node.combine == CombineMode::Last ? writers.back() : writers.front();
  if (node.combine != CombineMode::First && node.combine != CombineMode::Last)
    for (const Value& writer : writers.subspan(1))
      value = node.combine == CombineMode::Blend
                  ? blend(build, value, writer, type)
                  : componentwise(build, combine_op(node.combine), std::array{value, writer}, type);
  if (node.combine == CombineMode::Average) {
    const ExprId count = build.constant(static_cast<double>(writers.size()));
    for (std::size_t c = 0; c < value.components(); ++c)
      value.planes[c] = build.op(Op::Divide, {value.planes[c], count});
  }
  if (value.components() == 1)  // one number for all components of the other writers
    for (std::size_t c = 1; c < ir::planes_of(type.payload); ++c) value.planes[c] = value.planes[0];
  value.type = type;
  return value;
}

}  // namespace

Value lower_simple(blocks::Draft& draft, const graph::Node& node, std::span<const Value> inputs) {
  ir::ExprBuilder& build = draft.build;
  Value value{node.outputs[0], {}, {}};
  switch (node.kind) {
    case graph::NodeKind::Constant:
      for (std::size_t c = 0; c < value.components(); ++c)
        value.planes[c] = build.constant(node.constant[c], base_of(value.type.payload));
      return value;
    case graph::NodeKind::Op: return lower_op(build, node, inputs);
    case graph::NodeKind::Swizzle:
      for (std::size_t c = 0; c < node.component_count; ++c) value.planes[c] = inputs[0].planes[node.components[c]];
      return value;
    case graph::NodeKind::Combine:
      if (node.combine == CombineMode::Any || node.combine == CombineMode::All)
        return blocks::combine_events(draft, node.combine == CombineMode::All, inputs, node.outputs[0], node.place);
      return lower_combine(build, node, inputs);
    case graph::NodeKind::Adapter: return lower_adapter(build, node, inputs);
    case graph::NodeKind::Parameter:
      value.planes = inputs[0].planes;
      value.shape = inputs[0].shape;
      value.shapes = inputs[0].shapes;
      value.list = inputs[0].list;
      return value;
    case graph::NodeKind::Row:
    case graph::NodeKind::Error: break;
  }
  return value;
}

}  // namespace oscilla::compile
