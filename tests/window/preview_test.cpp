// The perspective preview of frames seen in both ways: the same world, and nothing of the frame is another one.
#include "window/preview.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "frame/validate.hpp"

namespace oscilla::window {
namespace {

struct Scene {
  std::vector<InstanceCore> core;
  std::vector<std::uint32_t> order;
  std::array<Batch, 2> batches{Batch{0, 2, 0}, Batch{2, 1, 1}};
  std::array<Shape, 2> shapes{Shape{ShapeKind::Ellipse, {0.1f, 0.1f, 0, 0}},
                              Shape{ShapeKind::Rectangle, {0.1f, 0.1f, 0, 0}}};
  std::vector<Pass> passes;
  RenderFrame frame;

  explicit Scene(std::vector<InstanceCore> lanes) : core(std::move(lanes)) {
    Pass pass;
    pass.name = "draw";
    pass.instances.count = pass.instances.visible = static_cast<std::uint32_t>(core.size());
    pass.instances.core = core;
    pass.batches = batches;
    passes.push_back(pass);
    frame.passes = passes;
    frame.shapes = shapes;
  }
};

/// Seen from straight ahead without a camera: depth is (100 - z) / 200.
InstanceCore lane(float x, float y, float z) { return {x, y, (100 - z) / 200, 1, 1, 1, 1, 1}; }

TEST(PerspectivePreview, MiddleStaysAndWhatIsNearerComesLast) {
  Scene scene({lane(0.5f, 0.5f, 0.5f), lane(0.5f, 0.5f, 0), lane(0.5f, 0.5f, -0.5f)});
  PerspectivePreview preview;
  const RenderFrame& seen = preview.of(scene.frame, {});
  EXPECT_EQ(frame::validate(seen), std::nullopt);
  const Instances& lanes = seen.passes[0].instances;
  EXPECT_EQ(std::vector(lanes.order.begin(), lanes.order.end()), (std::vector<std::uint32_t>{2, 1, 0}));
  EXPECT_NEAR(lanes.core[1].x, 0.5, 1e-4);
  EXPECT_NEAR(lanes.core[1].y, 0.5, 1e-4);
  EXPECT_GT(lanes.core[0].size, lanes.core[1].size);
  ASSERT_EQ(seen.passes[0].batches.size(), 2u);
  EXPECT_EQ(seen.passes[0].batches[0].shape, 1u);  // the farthest is a rectangle
  EXPECT_EQ(scene.core[0].x, 0.5f);                // the frame is what it was
}

TEST(PerspectivePreview, CameraOfThePatchDoesNotMatter) {
  Scene plain({lane(0.2f, 0.7f, 0.1f), lane(0.9f, 0.4f, -0.3f), lane(0.5f, 0.5f, 0)});
  PerspectivePreview one, other;
  const RenderFrame& direct = one.of(plain.frame, {});
  // The same world through a camera of the patch, from the left and above.
  CameraView camera{.perspective = true, .near = 0.01f, .far = 50, .tan_half_fov = 0.5f};
  const float c = std::cos(0.6f), s = std::sin(0.6f);
  const std::array<std::array<float, 3>, 3> axes = {{{c, 0, -s}, {0, 1, 0}, {-s, 0, -c}}};
  for (std::size_t i = 0; i < 3; ++i)
    camera.right[i] = axes[0][i], camera.up[i] = axes[1][i], camera.forward[i] = axes[2][i];
  camera.forward[3] = 3;
  const std::array<std::array<float, 3>, 3> world = {{{0.2f, 0.7f, 0.1f}, {0.9f, 0.4f, -0.3f}, {0.5f, 0.5f, 0}}};
  std::vector<InstanceCore> lanes;
  for (const auto& at : world) {
    const auto row = [&](const float(&r)[4]) { return r[0] * at[0] + r[1] * at[1] + r[2] * at[2] + r[3]; };
    const float distance = row(camera.forward), factor = 0.5f / (distance * camera.tan_half_fov);
    lanes.push_back({0.5f + row(camera.right) * factor, 0.5f + row(camera.up) * factor,
                     (distance - camera.near) / (camera.far - camera.near), factor, 1, 1, 1, 1});
  }
  Scene turned(std::move(lanes));
  const RenderFrame& through = other.of(turned.frame, camera);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(through.passes[0].instances.core[i].x, direct.passes[0].instances.core[i].x, 1e-4);
    EXPECT_NEAR(through.passes[0].instances.core[i].y, direct.passes[0].instances.core[i].y, 1e-4);
    EXPECT_NEAR(through.passes[0].instances.core[i].size, direct.passes[0].instances.core[i].size, 1e-4);
  }
}

TEST(PerspectivePreview, WhatTheFrameDoesNotShowIsNotThere) {
  Scene scene({lane(0.5f, 0.5f, 0), lane(0.5f, 0.5f, 90), lane(0.4f, 0.5f, 0)});  // the second is behind the eye
  PerspectivePreview preview;
  const RenderFrame& seen = preview.of(scene.frame, {});
  EXPECT_EQ(seen.passes[0].instances.visible, 2u);
  EXPECT_EQ(frame::validate(seen), std::nullopt);
}

}  // namespace
}  // namespace oscilla::window
