#include "output/debug_view.hpp"

#include <gtest/gtest.h>

#include "../frame/sample_frame.hpp"
#include "frame/digest.hpp"
#include "frame/validate.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::DebugView;
using output::DebugViewer;
using test::pixel;
using test::Pixel;
using test::SampleFrame;
using test::Scene;

TEST(DebugView, EveryViewIsAValidFrameAndLeavesTheOtherAlone) {
  SampleFrame sample(300);
  sample.decorate();
  const auto before = frame::digest(sample.frame);
  DebugViewer viewer;
  for (int view = 0; view <= static_cast<int>(DebugView::Lanes); ++view) {
    const RenderFrame& shown = viewer.apply(static_cast<DebugView>(view), sample.frame, 720);
    EXPECT_EQ(frame::validate(shown), std::nullopt) << view;
    EXPECT_EQ(frame::digest(shown) == before, view == 0) << view;
    EXPECT_EQ(shown.passes.size(), view == static_cast<int>(DebugView::Bounds) ? 4u : 2u) << view;
  }
  EXPECT_EQ(frame::digest(sample.frame), before);
}

TEST(DebugView, ShowsWhatItSays) {
  Scene scene(100, 100);
  const std::uint32_t box = scene.shape(ShapeKind::Rectangle, {0.4f, 0.4f, 0, 0});
  scene.link();
  const std::vector<InstanceCore> core = {{0.4f, 0.5f, 0.9f, 1, 0, 1, 0, 1}, {0.6f, 0.5f, 0.1f, 1, 0, 1, 0, 1}};
  const Batch batch{0, 2, box};
  const Pass pass = {"draw", 0, Blend::Normal, {2, 2, core, {}, {}, {}}, {&batch, 1}};
  scene.frame.passes = {&pass, 1};
  DebugViewer viewer;
  const auto at = [&](DebugView view, std::uint32_t x) {
    return pixel(test::draw(viewer.apply(view, scene.frame, 100)), x, 50);
  };
  EXPECT_EQ(at(DebugView::Depth, 30), (Pixel{38, 38, 38, 255}));     // far
  EXPECT_EQ(at(DebugView::Depth, 70), (Pixel{255, 255, 255, 255}));  // near
  EXPECT_LT(at(DebugView::Overdraw, 30)[0], at(DebugView::Overdraw, 50)[0]);
  EXPECT_EQ(at(DebugView::Wireframe, 30), (Pixel{0, 0, 0, 255}));
  EXPECT_GT(at(DebugView::Wireframe, 20)[1], 100);
  EXPECT_NE(at(DebugView::Lanes, 30), at(DebugView::Lanes, 70));
  EXPECT_EQ(at(DebugView::Batches, 30), at(DebugView::Batches, 70));
  EXPECT_LT(at(DebugView::Bounds, 30)[1], 100);  // faint
}

}  // namespace
}  // namespace oscilla
