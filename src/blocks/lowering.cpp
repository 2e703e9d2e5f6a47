#include "blocks/lowering.hpp"

#include <algorithm>
#include <cassert>
#include <numbers>

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

/// So many sums of a key are looked into at most: definitions that double each other would never end.
constexpr std::size_t kAddendLimit = 64;

/// The addends of a key, apart: what all lanes share, and what differs from lane to lane.
struct Addends {
  std::vector<ExprId> shared;
  std::vector<ExprId> of_lanes;
};

Addends addends_of(const ir::ExprBuilder& build, ExprId key) {
  Addends addends;
  std::vector<ExprId> open{key};
  for (std::size_t opened = 0; !open.empty();) {
    const ExprId next = open.back();
    const ir::Expr& expr = build[next];
    open.pop_back();
    if (expr.cardinality != ir::Cardinality::Many) {
      addends.shared.push_back(next);
    } else if (expr.kind == ir::ExprKind::Op && expr.op == Op::Add && opened++ < kAddendLimit) {
      const auto args = build.table().args_of(expr);
      open.insert(open.end(), args.rbegin(), args.rend());
    } else {
      addends.of_lanes.push_back(next);
    }
  }
  return addends;
}

ExprId sum(ir::ExprBuilder& build, std::span<const ExprId> addends) {
  ExprId total = addends.front();
  for (const ExprId addend : addends.subspan(1)) total = build.op(Op::Add, {total, addend});
  return total;
}

}  // namespace

void Lowering::out(std::size_t output, std::initializer_list<ExprId> planes) {
  assert(planes.size() == outputs[output].components());
  std::copy(planes.begin(), planes.end(), outputs[output].planes.begin());
}

std::size_t Lowering::word(std::size_t port) const {
  const auto all = row.ports[port].words;
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), words[port]) - all.begin());
}

Value Lowering::shape(ShapeKind kind, std::array<ExprId, 4> parameters) {
  Value value;
  value.type.payload = ir::Payload::Shape;
  value.type.cardinality = ir::Cardinality::One;
  value.shape = ir::ShapeIx{static_cast<std::uint32_t>(draft.shapes.size())};
  draft.shapes.push_back({.kind = kind, .parameters = parameters});
  return value;
}

Value Lowering::path(std::array<ExprId, 2> points, ExprId rotation, PathCurve curve) {
  Value value = shape(ShapeKind::Path, {rotation, number(0), number(0), number(0)});
  ShapeDraft& made = draft.shapes.back();
  made.points = points;
  made.curve = curve;
  made.instance = instance;
  return value;
}

Value Lowering::path(std::vector<PathVerb> verbs, std::vector<ExprId> points, ExprId rotation) {
  Value value = shape(ShapeKind::Path, {rotation, number(0), number(0), number(0)});
  draft.shapes.back().verbs = std::move(verbs);
  draft.shapes.back().fixed = std::move(points);
  return value;
}

ExprId Lowering::choose(ExprId condition, ExprId a, ExprId b) {
  const ir::Expr& expr = build[condition];
  if (expr.kind == ir::ExprKind::Constant) return expr.value != 0 ? a : b;
  return build.op(Op::Select, {condition, a, b});
}

ExprId Lowering::radians(std::size_t port) {
  switch (inputs[port].type.unit) {
    case ir::Unit::Turn: return multiply(in(port), number(2 * std::numbers::pi));
    case ir::Unit::Deg: return multiply(in(port), number(std::numbers::pi / 180));
    default: return in(port);
  }
}

ExprId Lowering::sine_cosine(std::size_t port, std::uint8_t result) {
  switch (inputs[port].type.unit) {
    case ir::Unit::Turn: return op(Op::SinCosTurns, {in(port)}, result);
    case ir::Unit::Deg: return op(Op::SinCosTurns, {divide(in(port), number(360))}, result);
    default: return op(Op::SinCos, {in(port)}, result);
  }
}

ExprId Lowering::index() { return build.index(instance, draft.instances[instance.v].instance.id); }

ExprId Lowering::count() {
  const InstanceDraft& of = draft.instances[instance.v];
  return of.count.valid() ? of.count : number(of.instance.lanes);
}

// Of a pool: a single lane divides 0 by 1, and half of what it stands between is added.
ExprId Lowering::normalized_index() {
  const ExprId lanes = count();
  const ExprId one = number(1);
  if (build[lanes].kind == ir::ExprKind::Constant) {
    const double known = build[lanes].value;
    return known > 1 ? divide(index(), number(known - 1)) : number(0.5);
  }
  const ExprId gaps = op(Op::Max, {subtract(lanes, one), one});
  return add(divide(index(), gaps), choose(op(Op::Less, {one, lanes}), number(0), number(0.5)));
}

// What all lanes share is mixed first: it costs one round a tick, not one a lane, and keeps its 64 bits. A place among
// the keys tells hash(a, b) from hash(b, a) where the two would otherwise trade places.
ExprId Lowering::random_bits(std::span<const ExprId> keys) {
  ExprId bits = op(Op::HashBegin, {build.constant(draft.seed, ir::Base::Bits)});
  std::vector<ExprId> of_lanes;
  for (std::size_t position = 0; position < keys.size(); ++position) {
    const Addends addends = addends_of(build, keys[position]);
    if (!addends.shared.empty()) {
      if (position > 0) bits = op(Op::HashMix, {bits, number(static_cast<double>(position))});
      bits = op(Op::HashMix, {bits, sum(build, addends.shared)});
    }
    if (addends.shared.empty()) {
      of_lanes.push_back(keys[position]);
    } else if (!addends.of_lanes.empty()) {
      of_lanes.push_back(sum(build, addends.of_lanes));
    }
  }
  for (const ExprId key : of_lanes) bits = op(Op::HashMix, {bits, key});
  return bits;
}

ExprId Lowering::random_of_element(std::initializer_list<ExprId> keys) {
  const InstanceDraft& of = draft.instances[instance.v];
  std::vector<ExprId> all{salt_key()};
  all.insert(all.end(), keys.begin(), keys.end());
  all.push_back(number(static_cast<std::uint32_t>(of.instance.id.v)));
  if (of.element_id.empty()) all.push_back(index());
  all.insert(all.end(), of.element_id.begin(), of.element_id.end());
  return random(all);
}

ExprId Lowering::random(std::span<const ExprId> keys) { return op(Op::HashUnit, {random_bits(keys)}); }

Value componentwise(ir::ExprBuilder& build, Op op, std::span<const Value> operands, ir::Type result) {
  assert(operands.size() <= kernels::kMaximumArity);
  Value value;
  value.type = result;
  for (std::uint8_t component = 0; component < value.components(); ++component) {
    std::array<ExprId, kernels::kMaximumArity> args;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      args[i] = operands[i].planes[operands[i].components() == 1 ? 0 : component];
    }
    value.planes[component] = build.op(op, std::span(args).first(operands.size()));
  }
  return value;
}

}  // namespace oscilla::blocks
