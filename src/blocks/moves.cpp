// Points drawn towards a place, pushed away from it, turned about it: every point on its own.
#include <algorithm>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr std::string_view kPositionDoc = "what is moved";
constexpr Output kMovedOutputs[] = {{"out", PortType::T, "the moved position"}};
constexpr Output kTurnedOutputs[] = {{"out", PortType::Vec2, "the moved position"}};
constexpr Fallback kMiddle = number(0.5, 0.5);

/// The way from the place in port 1 to the position in port 0, and how long it is.
struct Way {
  Value planes;
  ExprId length;
};

Way way_from(Lowering& lower) {
  Way way{lower.outputs[0], {}};
  ExprId squares;
  for (std::uint8_t c = 0; c < way.planes.components(); ++c) {
    const ExprId x = way.planes.planes[c] = lower.subtract(lower.in(0, c), lower.in(1, c));
    const ExprId square = lower.multiply(x, x);
    squares = c == 0 ? square : lower.add(squares, square);
  }
  way.length = lower.op(Op::Sqrt, {squares});
  return way;
}

/// 1 in the middle, 0 from `radius` on, smooth between; a radius of 0 or less reaches nothing.
ExprId falloff(Lowering& lower, ExprId length, ExprId radius) {
  const ExprId reach = lower.op(Op::Max, {radius, lower.number(1e-6)});
  const ExprId u = lower.op(Op::Clamp, {lower.divide(length, reach), lower.number(0), lower.number(1)});
  return lower.subtract(lower.number(1), lower.op(Op::Smoothstep, {lower.number(0), lower.number(1), u}));
}

constexpr Port kAttractPorts[] = {
    {"position", PortType::T, kRequired, kPositionDoc},
    {"to", PortType::T, kRequired, "where it is drawn to"},
    {"strength", PortType::Float, number(0.5), "0 leaves it where it is, 1 puts it there; below 0 it is driven away"},
    {"radius", PortType::Float, kAbsent, "if given: how far it reaches, fading to nothing there"},
};

void lower_attract(Lowering& lower) {
  const Way way = way_from(lower);
  ExprId strength = lower.in(2);
  if (lower.has(3)) strength = lower.multiply(strength, falloff(lower, way.length, lower.in(3)));
  Value moved = lower.outputs[0];
  for (std::uint8_t c = 0; c < moved.components(); ++c)
    moved.planes[c] = lower.subtract(lower.in(0, c), lower.multiply(way.planes.planes[c], strength));
  lower.out(0, moved);
}

constexpr Port kRepelPorts[] = {
    {"position", PortType::T, kRequired, kPositionDoc},
    {"from", PortType::T, kRequired, "where it is pushed away from"},
    {"amount", PortType::Float, number(0.1), "how far the nearest points are pushed"},
    {"radius", PortType::Float, number(0.3), "how far it reaches, fading to nothing there"},
};

void lower_repel(Lowering& lower) {
  const Way way = way_from(lower);
  const ExprId push = lower.multiply(lower.in(2), falloff(lower, way.length, lower.in(3)));
  // A point in the very middle has nowhere to go and stays.
  const ExprId factor = lower.divide(push, lower.op(Op::Max, {way.length, lower.number(1e-6)}));
  Value moved = lower.outputs[0];
  for (std::uint8_t c = 0; c < moved.components(); ++c)
    moved.planes[c] = lower.add(lower.in(0, c), lower.multiply(way.planes.planes[c], factor));
  lower.out(0, moved);
}

/// Port 0 turned about port 2 by an angle of which these are cosine and sine.
void turn(Lowering& lower, ExprId cosine, ExprId sine) {
  const ExprId x = lower.subtract(lower.in(0, 0), lower.in(2, 0));
  const ExprId y = lower.subtract(lower.in(0, 1), lower.in(2, 1));
  lower.out(0, {lower.add(lower.in(2, 0), lower.subtract(lower.multiply(x, cosine), lower.multiply(y, sine))),
                lower.add(lower.in(2, 1), lower.add(lower.multiply(x, sine), lower.multiply(y, cosine)))});
}

constexpr Port kRotatePorts[] = {
    {"position", PortType::Vec2, kRequired, kPositionDoc},
    {"angle", PortType::Angle, kRequired, "how far, counter-clockwise"},
    {"center", PortType::Vec2, kMiddle, "what it turns about"},
};

void lower_rotate(Lowering& lower) { turn(lower, lower.cosine(1), lower.sine(1)); }

constexpr Port kTwirlPorts[] = {
    {"position", PortType::Vec2, kRequired, kPositionDoc},
    {"angle", PortType::Angle, kRequired, "how far the middle turns, counter-clockwise"},
    {"center", PortType::Vec2, kMiddle, "what it turns about"},
    {"radius", PortType::Float, number(0.4), "how far it reaches, fading to nothing there"},
};

void lower_twirl(Lowering& lower) {
  const ExprId x = lower.subtract(lower.in(0, 0), lower.in(2, 0));
  const ExprId y = lower.subtract(lower.in(0, 1), lower.in(2, 1));
  const ExprId part = falloff(lower, lower.op(Op::Hypot, {x, y}), lower.in(3));
  const ExprId angle = lower.multiply(lower.radians(1), part);
  turn(lower, lower.op(Op::SinCos, {angle}, 1), lower.op(Op::SinCos, {angle}, 0));
}

constexpr Row kRows[] = {
    {"Attract", Category::Field, Form::Pure, "Draws points towards a point.", kAttractPorts, kMovedOutputs,
     lower_attract, false, true},
    {"Repel", Category::Field, Form::Pure, "Pushes points away from a point.", kRepelPorts, kMovedOutputs, lower_repel,
     false, true},
    {"Rotate", Category::Field, Form::Pure, "Turns points about a point.", kRotatePorts, kTurnedOutputs, lower_rotate},
    {"Twirl", Category::Field, Form::Pure, "Turns points about a point, the nearest the most.", kTwirlPorts,
     kTurnedOutputs, lower_twirl},
};

}  // namespace

std::span<const Row> move_rows() { return kRows; }

}  // namespace oscilla::blocks
