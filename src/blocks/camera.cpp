// The camera: how the world, [0,1] x [0,1] with depth towards the viewer, comes onto the screen.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr std::string_view kProjections[] = {"perspective", "orthographic"};
enum Projection : std::size_t { kPerspective, kOrthographic };

enum CameraPort : std::size_t { kCenter, kDistance, kTilt, kYaw, kFovY, kNear, kFar, kProjection, kHeight };

constexpr Port kCameraPorts[] = {
    {"center", PortType::Vec2, number(0.5, 0.5), "the place that it looks at, in the middle of the screen",
     Lanes::Signal},
    {"distance", PortType::Float, number(2), "of the eye from that place; above 0", Lanes::Signal},
    {"tilt", PortType::Degrees, number(35), "raises the eye over the plane; between -89.9 and 89.9 degrees",
     Lanes::Signal},
    {"yaw", PortType::Degrees, number(0), "carries the eye round the upward axis, to the right", Lanes::Signal},
    {"fovY", PortType::Degrees, number(45), "the angle that the screen's square spans; 1 to 179 degrees",
     Lanes::Signal},
    {"near", PortType::Float, kAbsent, "what is nearer is not drawn; left out 0.01, orthographic -100", Lanes::Signal},
    {"far", PortType::Float, kAbsent, "what is farther is not drawn; left out 100", Lanes::Signal},
    {"projection", PortType::Int, number(0),
     "perspective: far things are smaller; orthographic: seen from straight ahead", Lanes::Setting, 0, 1, kProjections},
    {"height", PortType::Float, number(1),
     "orthographic only: how much of the world the screen's square shows; above 0", Lanes::Signal},
};

/// A range of depth that is never empty; `least` is where it may begin.
void set_depth(Lowering& lower, CameraDraft& camera, double least, double near_default) {
  const ExprId near = lower.has(kNear) ? lower.in(kNear) : lower.number(near_default);
  const ExprId far = lower.has(kFar) ? lower.in(kFar) : lower.number(100);
  const ExprId first = lower.op(Op::Max, {near, lower.number(least)});
  camera[ir::CameraValue::Near] = first;
  camera[ir::CameraValue::Far] = lower.op(Op::Max, {far, lower.add(first, lower.number(1e-6))});
}

/// screen = x s + (0.5 - cx s)
void lower_orthographic(Lowering& lower, CameraDraft& camera) {
  const ExprId height = lower.op(Op::Max, {lower.in(kHeight), lower.number(1e-6)});
  const ExprId scale = lower.divide(lower.number(1), height);
  const auto offset = [&](std::size_t axis) {
    return lower.subtract(lower.number(0.5), lower.multiply(lower.in(kCenter, axis), scale));
  };
  camera[ir::CameraValue::Scale] = scale;
  camera[ir::CameraValue::OffsetX] = offset(0);
  camera[ir::CameraValue::OffsetY] = offset(1);
  set_depth(lower, camera, -1e6, -100);
}

/// The axes of the view of an eye at center + distance (cos t sin y, sin t, cos t cos y) that looks at the center:
/// right, up, forward, each with what it adds to (x, y, z).
void lower_perspective(Lowering& lower, CameraDraft& camera) {
  const ExprId limit = lower.number(89.9);
  const ExprId tilt = lower.op(Op::Clamp, {lower.in(kTilt), lower.op(Op::Negate, {limit}), limit});
  const auto part = [&](ExprId degrees, std::uint8_t result) {
    return lower.op(Op::SinCosTurns, {lower.divide(degrees, lower.number(360))}, result);
  };
  const ExprId st = part(tilt, 0);
  const ExprId ct = part(tilt, 1);
  const ExprId sy = part(lower.in(kYaw), 0);
  const ExprId cy = part(lower.in(kYaw), 1);
  const auto minus = [&](ExprId x) { return lower.op(Op::Negate, {x}); };
  const auto set_row = [&](ir::CameraValue first, ExprId x, ExprId y, ExprId z, ExprId before) {
    const auto at = static_cast<std::size_t>(first);
    const ExprId there = lower.add(lower.multiply(x, lower.in(kCenter, 0)), lower.multiply(y, lower.in(kCenter, 1)));
    camera.values[at] = x;
    camera.values[at + 1] = y;
    camera.values[at + 2] = z;
    camera.values[at + 3] = lower.subtract(before, there);
  };
  const ExprId zero = lower.number(0);
  const ExprId distance = lower.op(Op::Max, {lower.in(kDistance), lower.number(1e-4)});
  set_row(ir::CameraValue::Right, cy, zero, minus(sy), zero);
  set_row(ir::CameraValue::Up, minus(lower.multiply(sy, st)), ct, minus(lower.multiply(cy, st)), zero);
  set_row(ir::CameraValue::Forward, minus(lower.multiply(ct, sy)), minus(st), minus(lower.multiply(ct, cy)), distance);
  const ExprId fov = lower.op(Op::Clamp, {lower.in(kFovY), lower.number(1), lower.number(179)});
  camera[ir::CameraValue::TanHalfFov] = lower.op(Op::OscTan, {lower.divide(fov, lower.number(720))});
  set_depth(lower, camera, 1e-6, 0.01);
}

void lower_camera(Lowering& lower) {
  CameraDraft camera;
  camera.perspective = lower.word(kProjection) == kPerspective;
  camera.values.fill(lower.number(0));
  camera.perspective ? lower_perspective(lower, camera) : lower_orthographic(lower, camera);
  lower.draft.camera = camera;
}

constexpr Row kRows[] = {
    {"Camera",
     Category::Render,
     Form::Camera,
     "How everything is seen; a patch has one at most. Without it the world is seen from straight ahead, as it is.",
     kCameraPorts,
     {},
     lower_camera},
};

}  // namespace

std::span<const Row> camera_rows() { return kRows; }

}  // namespace oscilla::blocks
