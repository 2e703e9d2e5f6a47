// The camera: how the world, [0,1] x [0,1] with depth towards the viewer, comes onto the screen.
#include "blocks/categories.hpp"
#include "blocks/glide_ports.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

constexpr std::string_view kProjections[] = {"perspective", "orthographic"};
enum Projection : std::size_t { kPerspective, kOrthographic };

enum CameraPort : std::size_t { kCenter, kDistance, kTilt, kYaw, kFovY, kNear, kFar, kProjection, kHeight, kGlide };

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
    glide("glide", "how long the view takes from its old course to its new one after an edit; left out 120ms"),
    policy("policy", "how it gets there"),
};

void lower_camera(Lowering& lower) {
  CameraDraft camera;
  camera.name = lower.name;
  camera.perspective = lower.word(kProjection) == kPerspective;
  camera.values.fill(lower.number(0));
  camera[ir::CameraValue::CenterX] = lower.in(kCenter, 0);
  camera[ir::CameraValue::CenterY] = lower.in(kCenter, 1);
  camera[ir::CameraValue::Near] = lower.has(kNear) ? lower.in(kNear) : lower.number(camera.perspective ? 0.01 : -100);
  camera[ir::CameraValue::Far] = lower.has(kFar) ? lower.in(kFar) : lower.number(100);
  if (camera.perspective) {
    camera[ir::CameraValue::Distance] = lower.in(kDistance);
    camera[ir::CameraValue::Tilt] = lower.in(kTilt);
    camera[ir::CameraValue::Yaw] = lower.in(kYaw);
    camera[ir::CameraValue::FovY] = lower.in(kFovY);
  } else {
    camera[ir::CameraValue::Height] = lower.in(kHeight);
  }
  camera.glide = glide_setting(lower, kGlide, 120);
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
