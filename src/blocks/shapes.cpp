// Shapes: figures around the origin, sized and placed by what draws them.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

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

constexpr Row kRows[] = {
    {"Ellipse", Category::Shape, Form::Pure, "An ellipse; with equal radii a disc.", kEllipsePorts, kShapeOutputs,
     lower_ellipse},
    {"Rect", Category::Shape, Form::Pure, "A rectangle, with round corners if asked for.", kRectPorts, kShapeOutputs,
     lower_rect},
};

}  // namespace

std::span<const Row> shape_rows() { return kRows; }

}  // namespace oscilla::blocks
