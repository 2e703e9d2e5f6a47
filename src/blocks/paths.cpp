// Paths: the lanes of an instance as corners in a row. What a corner sees of its neighbours, and places along the way.
#include <array>

#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr std::string_view kEnds[] = {"closed", "open"};
enum Ends : std::size_t { kClosed, kOpen };
constexpr std::string_view kEndsDoc = "whether the last corner leads back to the first";

/// The corners of a path in the input `port`.
struct Corners {
  Lowering& lower;
  std::size_t port;
  bool closed;

  const InstanceDraft& draft() const { return lower.draft.instances[instance().v]; }
  ir::InstanceIx instance() const { return lower.inputs[port].type.instance; }
  /// How many there can be; of a pool fewer may be live.
  double most() const { return draft().instance.lanes; }
  ExprId count() const {
    const ExprId one = lower.build.constant(1, ir::Base::Int);
    if (draft().count.valid()) return lower.op(Op::Max, {draft().count, one});
    return lower.build.constant(most(), ir::Base::Int);
  }
  ExprId index() const { return lower.build.index(instance(), draft().instance.id); }

  /// The number of the corner `way` corners on: round where the path is closed, else at most the last.
  ExprId beside(ExprId corner, double way) const {
    const ExprId moved = lower.add(corner, lower.build.constant(way, ir::Base::Int));
    if (closed) return lower.op(Op::Modulo, {moved, count()});
    const ExprId last = lower.subtract(count(), lower.build.constant(1, ir::Base::Int));
    return lower.op(Op::Clamp, {moved, lower.build.constant(0, ir::Base::Int), last});
  }
  ExprId at(ExprId corner, std::size_t axis) const { return lower.build.gather(lower.in(port, axis), corner); }

  /// How long the edge from each corner to the next is; none leads on from the last of an open path.
  ExprId edge() const {
    const ExprId next = beside(index(), 1);
    const auto way = [&](std::size_t axis) { return lower.subtract(at(next, axis), lower.in(port, axis)); };
    return lower.op(Op::Hypot, {way(0), way(1)});
  }
  /// Where each edge ends, along the path. Corners that are all the same number have no lanes to be joined.
  ExprId ends() const {
    const ExprId length = edge();
    if (lower.build[length].cardinality == ir::Cardinality::Many) return lower.build.scan(ir::Reduction::Sum, length);
    return lower.multiply(length, lower.add(index(), lower.build.constant(1, ir::Base::Int)));
  }
};

constexpr Port kPathFieldPorts[] = {
    {"controlPoints", PortType::Vec2, kRequired, "the corners, one a lane, in their order", Lanes::Field},
    {"ends", PortType::Int, number(0), kEndsDoc, Lanes::Setting, 0, 1, kEnds},
};
constexpr Output kPathFieldOutputs[] = {
    {"position", PortType::Vec2, "the corner"},
    {"index", PortType::Int, "its number, from 0"},
    {"tangent", PortType::Vec2, "half the way from the corner before to the next one: where the path leads"},
    {"arcLength", PortType::Float, "the way from the first corner along the path"},
};

void lower_path_field(Lowering& lower) {
  const Corners corners{lower, 0, lower.word(1) == kClosed};
  const ExprId next = corners.beside(corners.index(), 1);
  const ExprId before = corners.beside(corners.index(), -1);
  const auto tangent = [&](std::size_t axis) {
    return lower.multiply(lower.number(0.5), lower.subtract(corners.at(next, axis), corners.at(before, axis)));
  };
  const ExprId edge = corners.edge();
  lower.out(0, {lower.in(0, 0), lower.in(0, 1)});
  lower.out(1, corners.index());
  lower.out(2, {tangent(0), tangent(1)});
  lower.out(3, lower.subtract(corners.ends(), edge));
}

constexpr Port kAlongPorts[] = {
    {"t", PortType::Float, kRequired, "how far along, 0 to 1 by length: a field of what is placed", Lanes::Field},
    {"path", PortType::Vec2, kRequired, "the corners, one a lane of any instance, in their order", Lanes::Whole},
    {"ends", PortType::Int, number(0), kEndsDoc, Lanes::Setting, 0, 1, kEnds},
};
constexpr Output kAlongOutputs[] = {
    {"position", PortType::Vec2, "the place on the path"},
    {"tangent", PortType::Vec2, "which way the path leads there, of length 1"},
    {"angle", PortType::Angle, "the same as an angle in radians, to turn figures along"},
};

/// The number of the edge that a length along the path falls on: how many edges end before it. Bits of the number from
/// the highest down, each kept where the edges so far are not too long.
ExprId edge_at(Lowering& lower, const Corners& corners, ExprId ends, ExprId length) {
  ExprId edge =
      lower.multiply(lower.index(), lower.build.constant(0, ir::Base::Int));  // 0 in every lane: gathers need lanes
  double step = 1;
  while (step * 2 < corners.most()) step *= 2;
  for (; step >= 1; step /= 2) {
    const ExprId tried = lower.add(edge, lower.build.constant(step, ir::Base::Int));
    const ExprId end = lower.build.gather(ends, lower.subtract(tried, lower.build.constant(1, ir::Base::Int)));
    const ExprId there = lower.op(Op::Less, {tried, corners.count()});
    const ExprId beyond = lower.op(Op::And, {there, lower.op(Op::LessEqual, {end, length})});
    edge = lower.op(Op::Select, {beyond, tried, edge});
  }
  return edge;
}

/// Output 0: the place at a length along the path, a field of `instance`; 1 and 2, if there are such: where it leads.
void place_at(Lowering& lower, const Corners& corners, ExprId ends, ExprId length) {
  const ExprId zero = lower.number(0);
  const ExprId edge = edge_at(lower, corners, ends, length);
  const ExprId next = corners.beside(edge, 1);
  const ExprId before = lower.build.gather(ends, lower.subtract(edge, lower.build.constant(1, ir::Base::Int)));
  const ExprId begin = lower.op(Op::Select, {lower.op(Op::Less, {zero, edge}), before, zero});
  const auto way = [&](std::size_t axis) { return lower.subtract(corners.at(next, axis), corners.at(edge, axis)); };
  const ExprId span = lower.op(Op::Max, {lower.op(Op::Hypot, {way(0), way(1)}), lower.number(1e-9)});
  const ExprId share = lower.divide(lower.subtract(length, begin), span);
  const auto place = [&](std::size_t axis) {
    return lower.add(corners.at(edge, axis), lower.multiply(way(axis), share));
  };
  lower.out(0, {place(0), place(1)});
  if (lower.outputs.size() < 3) return;
  lower.out(1, {lower.divide(way(0), span), lower.divide(way(1), span)});
  lower.out(2, lower.op(Op::Atan2, {way(1), way(0)}));
}

void lower_along(Lowering& lower) {
  const Corners corners{lower, 1, lower.word(2) == kClosed};
  const ExprId ends = corners.ends();
  const ExprId whole = lower.build.reduce(ir::Reduction::Maximum, ends);
  const ExprId zero = lower.number(0);
  const ExprId part =
      corners.closed ? lower.op(Op::Wrap, {lower.in(0)}) : lower.op(Op::Clamp, {lower.in(0), zero, lower.number(1)});
  const ExprId length = lower.multiply(part, whole);
  place_at(lower, corners, ends, length);
}

// -- Operators: corners from corners

constexpr Output kCornersOutputs[] = {{"controlPoints", PortType::Vec2, "the corners anew"}};

constexpr Port kOffsetPorts[] = {
    {"controlPoints", PortType::Vec2, kRequired, "the corners, one a lane, in their order", Lanes::Field},
    {"distance", PortType::Float, number(0.02), "to the right of the way: outwards where it runs counter-clockwise"},
    {"ends", PortType::Int, number(0), kEndsDoc, Lanes::Setting, 0, 1, kEnds},
};

/// Along the sum of the two edges' normals, so far that both edges move by the distance; a tip by four times it at
/// most. An edge without length has the normal of the other.
void lower_offset_path(Lowering& lower) {
  const Corners corners{lower, 0, lower.word(2) == kClosed};
  const ExprId next = corners.beside(corners.index(), 1);
  const ExprId before = corners.beside(corners.index(), -1);
  const ExprId tiny = lower.number(1e-9);
  using Normal = std::array<ExprId, 3>;  // x, y, whether it is one
  const auto normal = [&](ExprId dx, ExprId dy) {
    const ExprId length = lower.op(Op::Hypot, {dx, dy});
    const ExprId divisor = lower.op(Op::Max, {length, tiny});
    return Normal{lower.divide(dy, divisor), lower.op(Op::Negate, {lower.divide(dx, divisor)}),
                  lower.op(Op::Less, {tiny, length})};
  };
  const auto from = [&](std::size_t axis) { return lower.subtract(lower.in(0, axis), corners.at(before, axis)); };
  const auto to = [&](std::size_t axis) { return lower.subtract(corners.at(next, axis), lower.in(0, axis)); };
  const Normal in = normal(from(0), from(1));
  const Normal out = normal(to(0), to(1));
  const auto pick = [&](const Normal& a, const Normal& b, std::size_t axis) {
    return lower.op(Op::Select, {a[2], a[axis], b[axis]});
  };
  const ExprId ax = pick(in, out, 0), ay = pick(in, out, 1), bx = pick(out, in, 0), by = pick(out, in, 1);
  const ExprId cosine = lower.add(lower.multiply(ax, bx), lower.multiply(ay, by));
  const ExprId divisor = lower.op(Op::Max, {lower.add(lower.number(1), cosine), lower.number(0.125)});
  const ExprId factor = lower.divide(lower.in(1), divisor);
  lower.out(0, {lower.add(lower.in(0, 0), lower.multiply(factor, lower.add(ax, bx))),
                lower.add(lower.in(0, 1), lower.multiply(factor, lower.add(ay, by)))});
}

constexpr Port kTrimPorts[] = {
    {"controlPoints", PortType::Vec2, kRequired, "the corners of an open path, one a lane, in their order",
     Lanes::Field},
    {"from", PortType::Float, number(0), "where the part begins, 0 to 1 by length", Lanes::Signal},
    {"to", PortType::Float, number(1), "where it ends", Lanes::Signal},
};

/// Corners outside the part go to its ends.
void lower_trim_path(Lowering& lower) {
  const Corners corners{lower, 0, false};
  const ExprId ends = corners.ends();
  const ExprId whole = lower.build.reduce(ir::Reduction::Maximum, ends);
  const ExprId zero = lower.number(0), one = lower.number(1);
  const auto limit = [&](ExprId part) { return lower.multiply(lower.op(Op::Clamp, {part, zero, one}), whole); };
  const ExprId first = limit(lower.op(Op::Min, {lower.in(1), lower.in(2)}));
  const ExprId last = limit(lower.op(Op::Max, {lower.in(1), lower.in(2)}));
  const ExprId own = lower.subtract(ends, corners.edge());
  place_at(lower, corners, ends, lower.op(Op::Clamp, {own, first, last}));
}

constexpr Port kMorphPorts[] = {
    {"controlPoints", PortType::Vec2, kRequired, "the corners at 0, one a lane, in their order", Lanes::Field},
    {"to", PortType::Vec2, kRequired, "the corners at 1: as many, of any instance", Lanes::Whole},
    {"amount", PortType::Float, number(0.5), "how much of the way each corner has gone"},
};

void lower_morph_path(Lowering& lower) {
  const Corners from{lower, 0, true};
  const Corners to{lower, 1, true};
  if (from.most() != to.most())
    lower.problems.emplace_back(
        1, fmt::format("{} corners cannot become {}: both paths must have as many", from.most(), to.most()));
  const auto mixed = [&](std::size_t axis) {
    return lower.op(Op::Mix, {lower.in(0, axis), to.at(from.index(), axis), lower.in(2)});
  };
  lower.out(0, {mixed(0), mixed(1)});
}

constexpr Row kRows[] = {
    {"PathField", Category::Field, Form::Pure,
     "Corners as a path: where it leads at each, and how long it is up to there.", kPathFieldPorts, kPathFieldOutputs,
     lower_path_field},
    {"AlongPath", Category::Layout, Form::Pure,
     "Places along a path through the corners of another instance, measured by its length.", kAlongPorts, kAlongOutputs,
     lower_along},
    {"OffsetPath", Category::Field, Form::Pure, "A path beside a path: every edge moved sideways.", kOffsetPorts,
     kCornersOutputs, lower_offset_path},
    {"TrimPath", Category::Field, Form::Pure, "A part of an open path, for lines that draw themselves.", kTrimPorts,
     kCornersOutputs, lower_trim_path},
    {"MorphPath", Category::Field, Form::Pure, "Between two paths with as many corners.", kMorphPorts, kCornersOutputs,
     lower_morph_path},
};

}  // namespace

std::span<const Row> path_rows() { return kRows; }

}  // namespace oscilla::blocks
