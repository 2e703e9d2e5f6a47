// Shapes: figures around the origin, sized and placed by what draws them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Output kShapeOutputs[] = {{"shape", PortType::Shape, "the figure"}};

constexpr Port kEllipsePorts[] = {
    {"rx", PortType::Float, number(0.02), "radius to the side; 1 is the canvas's smaller side", Lanes::Signal},
    {"ry", PortType::Float, number(0.02), "radius upwards", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), "turns the figure, counter-clockwise", Lanes::Signal},
};

void lower_ellipse(Lowering& lower) {
  lower.out(0, lower.shape(ShapeKind::Ellipse, {lower.in(0), lower.in(1), lower.radians(2), lower.number(0)}));
}

constexpr Port kRectPorts[] = {
    {"width", PortType::Float, number(0.04), "1 is the canvas's smaller side", Lanes::Signal},
    {"height", PortType::Float, number(0.02), "1 is the canvas's smaller side", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), "turns the figure, counter-clockwise", Lanes::Signal},
    {"cornerRadius", PortType::Float, number(0), "radius of the round corners; 0 is sharp", Lanes::Signal},
};

void lower_rect(Lowering& lower) {
  lower.out(0, lower.shape(ShapeKind::Rectangle, {lower.in(0), lower.in(1), lower.radians(2), lower.in(3)}));
}

// -- Figures of corners

constexpr Output kCornerOutputs[] = {
    {"shape", PortType::Shape, "the figure"},
    {"controlPoints", PortType::Vec2, "its corners around the origin, one a lane, counter-clockwise from the top"},
};

constexpr double kMostCorners = 4096;

constexpr Port kPolygonPorts[] = {
    {"sides", PortType::Int, number(5), "how many", Lanes::Setting, 3, kMostCorners},
    {"radiusX", PortType::Float, number(0.1), "radius to the side; 1 is the canvas's smaller side", Lanes::Signal},
    {"radiusY", PortType::Float, number(0.1), "radius upwards", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), "turns the figure, counter-clockwise", Lanes::Signal},
};

constexpr Port kStarPorts[] = {
    {"points", PortType::Int, number(5), "how many", Lanes::Setting, 2, kMostCorners / 2},
    {"outerRadius", PortType::Float, number(0.15), "of the points; 1 is the canvas's smaller side", Lanes::Signal},
    {"innerRadius", PortType::Float, number(0.06), "of the corners between them", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), "turns the figure, counter-clockwise", Lanes::Signal},
};

/// A closed figure through `corners` lanes of the block's own instance; `x`, `y` are their radii.
template <class Radii>
void lower_corners(Lowering& lower, double corners, Radii radii) {
  lower.draft.instances[lower.instance.v].instance.lanes = static_cast<std::uint32_t>(corners);
  const ExprId turns = lower.add(lower.divide(lower.index(), lower.number(corners)), lower.number(0.25));
  const auto [x, y] = radii();
  const ExprId px = lower.multiply(x, lower.op(Op::SinCosTurns, {turns}, 1));
  const ExprId py = lower.multiply(y, lower.op(Op::SinCosTurns, {turns}, 0));
  lower.out(0, lower.path({px, py}, lower.radians(3), PathCurve::Straight));
  lower.out(1, {px, py});
}

void lower_polygon(Lowering& lower) {
  lower_corners(lower, lower.setting(0), [&] { return std::pair(lower.in(1), lower.in(2)); });
}

void lower_star(Lowering& lower) {
  lower_corners(lower, 2 * lower.setting(0), [&] {
    const ExprId two = lower.build.constant(2, ir::Base::Int);
    const ExprId odd = lower.op(Op::Equal, {lower.op(Op::Modulo, {lower.index(), two}), lower.number(1)});
    const ExprId radius = lower.op(Op::Select, {odd, lower.in(2), lower.in(1)});
    return std::pair(radius, radius);
  });
}

constexpr std::string_view kCurves[] = {"straight", "smooth", "cubic", "quadratic"};
constexpr std::string_view kPathEnds[] = {"closed", "open"};

constexpr Port kPathPorts[] = {
    {"points", PortType::Vec2, kRequired, "its corners around the origin, one a lane, in their order", Lanes::Field},
    {"curve", PortType::Int, number(0),
     "straight edges; smooth ones that the corners draw towards them; cubic or quadratic curves, where a corner is "
     "followed by two or one that draw the curve to the next",
     Lanes::Setting, 0, 3, kCurves},
    {"rotation", PortType::Angle, number(0), "turns the figure, counter-clockwise", Lanes::Signal},
    {"ends", PortType::Int, number(0), "whether the last corner leads back to the first", Lanes::Setting, 0, 1,
     kPathEnds},
    {"cornerRadius", PortType::Float, number(0),
     "how much of a straight edge a round corner takes, half of it at most; 0 is sharp", Lanes::Signal},
};

/// Corners that are left over from the pieces of a curve.
void check_groups(Lowering& lower, PathCurve curve, bool open, std::uint32_t corners) {
  const std::uint32_t group = ir::group_of(curve);
  if (corners % group == (open ? 1 : 0) % group) return;
  lower.problems.emplace_back(
      0, fmt::format("{} {} curve has {} corners{}, this one has {}", open ? "an open" : "a closed",
                     kCurves[static_cast<std::size_t>(curve)], group == 3 ? "3, 6, 9 ..." : "2, 4, 6 ...",
                     open ? " and one more" : "", corners));
}

void lower_path(Lowering& lower) {
  const InstanceDraft& made = lower.draft.instances[lower.instance.v];
  if (made.count.valid()) lower.problems.emplace_back(0, "a figure has a fixed number of corners, this is a pool");
  if (made.instance.lanes > kMostCorners) {
    lower.problems.emplace_back(
        0, fmt::format("a figure of {} corners: at most {} are possible", made.instance.lanes, kMostCorners));
  }
  auto curve = static_cast<PathCurve>(lower.word(1));
  const bool open = lower.word(3) != 0;
  check_groups(lower, curve, open, made.instance.lanes);
  const bool round = curve == PathCurve::Straight && !lower.is_zero(4);
  if (round) curve = PathCurve::Round;
  lower.out(0, lower.path({lower.in(0, 0), lower.in(0, 1)}, lower.radians(2), curve));
  lower.draft.shapes.back().open = open;
  if (round) lower.draft.shapes.back().corner = lower.in(4);
}

constexpr Port kChoosePorts[] = {
    {"index", PortType::Int, kRequired, "which one, from 0; beyond the last it begins again"},
    {.name = "shapes",
     .type = PortType::Shape,
     .fallback = kRequired,
     .doc = "the figures to choose from",
     .lanes = Lanes::Signal,
     .list = true},
};

/// The figures are drafted once more, so that they stand in a row.
void lower_choose(Lowering& lower) {
  const std::span<const Value> shapes = lower.list(1);
  Value value = lower.disc();
  if (shapes.empty()) lower.problems.emplace_back(1, "there is no figure to choose");
  for (const Value& shape : shapes) {
    if (shape.shapes > 1) lower.problems.emplace_back(1, "one of the figures is itself chosen from several");
    if (&shape == shapes.data()) lower.draft.shapes.pop_back();
    lower.draft.shapes.push_back(ShapeDraft(lower.draft.shapes[shape.shape.v]));
  }
  value.shapes = static_cast<std::uint32_t>(std::max<std::size_t>(shapes.size(), 1));
  value.planes[0] = lower.op(Op::Modulo, {lower.in(0), lower.build.constant(value.shapes, ir::Base::Int)});
  lower.out(0, value);
}

constexpr Row kRows[] = {
    {"Ellipse", Category::Shape, Form::Pure, "An ellipse; with equal radii a disc.", kEllipsePorts, kShapeOutputs,
     lower_ellipse},
    {"Rect", Category::Shape, Form::Pure, "A rectangle, with round corners if asked for.", kRectPorts, kShapeOutputs,
     lower_rect},
    {"ProceduralPolygon", Category::Shape, Form::Instance,
     "A figure with equal sides; its corners are lanes of their own.", kPolygonPorts, kCornerOutputs, lower_polygon},
    {"ProceduralStar", Category::Shape, Form::Instance, "A star; its corners are lanes of their own.", kStarPorts,
     kCornerOutputs, lower_star},
    {"Path", Category::Shape, Form::Reduce, "A closed figure through points that the patch computes.", kPathPorts,
     kShapeOutputs, lower_path},
    {"ChooseShape", Category::Shape, Form::Pure, "One of several figures, for every element its own.", kChoosePorts,
     kShapeOutputs, lower_choose},
};

}  // namespace

std::span<const Row> shape_rows() { return kRows; }

}  // namespace oscilla::blocks
