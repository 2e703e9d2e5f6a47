#include "frame/validate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "sample_frame.hpp"

namespace oscilla {
namespace {

using frame::validate;
using test::SampleFrame;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Breakage {
  const char* problem;  ///< what validate says of it
  std::function<void(SampleFrame&)> apply;
};

TEST(Validate, AcceptsAWellFormedFrame) {
  EXPECT_EQ(validate(SampleFrame().frame), std::nullopt);
  EXPECT_EQ(validate(RenderFrame{}), std::nullopt);
}

TEST(Validate, LooksAtDrawnLanesOnly) {
  SampleFrame sample;
  sample.overlay_core[1].x = kNan;  // lane 1 is not in the order
  EXPECT_EQ(validate(sample.frame), std::nullopt);
}

TEST(Validate, NamesEachKindOfProblem) {
  const std::vector<Breakage> breakages = {
      {"frame version is 99, this engine makes 2", [](SampleFrame& s) { s.frame.version = 99; }},
      {"canvas is 0x720", [](SampleFrame& s) { s.frame.width = 0; }},
      {"canvas is 1280x0", [](SampleFrame& s) { s.frame.height = 0; }},
      {"time is not finite", [](SampleFrame& s) { s.frame.t_ms = kInfinity; }},
      {"unknown fit 2", [](SampleFrame& s) { s.frame.fit = static_cast<Fit>(2); }},
      {"background is not finite", [](SampleFrame& s) { s.frame.background[3] = kNan; }},
      {"a path point is not finite", [](SampleFrame& s) { s.points[0] = kInfinity; }},
      {"topology 0 has unknown verb 5", [](SampleFrame& s) { s.verbs[1] = static_cast<PathVerb>(5); }},
      {"topology 0 does not begin with Move", [](SampleFrame& s) { s.verbs[0] = PathVerb::Line; }},
      {"shape 1 has unknown kind 3", [](SampleFrame& s) { s.shapes[1].kind = static_cast<ShapeKind>(3); }},
      {"shape 0 has a parameter that is not finite", [](SampleFrame& s) { s.shapes[0].parameters[1] = kNan; }},
      {"shape 2 uses topology 1 of 1", [](SampleFrame& s) { s.shapes[2].topology = 1; }},
      {"shape 2 needs points up to 17 of 16", [](SampleFrame& s) { s.shapes[2].first_point = 3; }},
      {"pass overlay: unknown blend 8", [](SampleFrame& s) { s.passes[1].blend = static_cast<Blend>(8); }},
      {"pass overlay: 4 of 3 lanes are visible", [](SampleFrame& s) { s.passes[1].instances.visible = 4; }},
      {"pass overlay: core has 2 entries, expected 3",
       [](SampleFrame& s) { s.passes[1].instances.core = s.passes[1].instances.core.first(2); }},
      {"pass overlay: rotation has 2 entries, expected 3",
       [](SampleFrame& s) { s.passes[1].instances.rotation = s.passes[1].instances.rotation.first(2); }},
      {"pass overlay: shape has 1 entries, expected 3",
       [](SampleFrame& s) { s.passes[1].instances.shape = s.passes[1].instances.shape.first(1); }},
      {"pass overlay: order has 1 entries, expected 2",
       [](SampleFrame& s) { s.passes[1].instances.order = s.passes[1].instances.order.first(1); }},
      {"pass overlay: order names lane 3 of 3", [](SampleFrame& s) { s.order[0] = 3; }},
      {"pass overlay: order names lane 0 twice", [](SampleFrame& s) { s.order[0] = 0; }},
      {"pass overlay: batch 1 begins at 0, expected 1", [](SampleFrame& s) { s.overlay_batches[1].first = 0; }},
      {"pass overlay: batch 0 is empty", [](SampleFrame& s) { s.overlay_batches[0].count = 0; }},
      {"pass overlay: batch 1 uses shape 3 of 3", [](SampleFrame& s) { s.overlay_batches[1].shape = 3; }},
      {"pass overlay: batch 1 ends at 3, only 2 lanes are visible",
       [](SampleFrame& s) { s.overlay_batches[1].count = 2; }},
      {"pass overlay: batches cover 1 of 2 lanes",
       [](SampleFrame& s) { s.passes[1].batches = s.passes[1].batches.first(1); }},
      {"pass overlay: lane 2 is not finite", [](SampleFrame& s) { s.overlay_core[2].a = kInfinity; }},
      {"pass overlay: scale has 5 entries, expected 6",
       [](SampleFrame& s) { s.passes[1].instances.scale = s.passes[1].instances.scale.first(5); }},
      {"pass overlay: lane 0 has a scale that is not finite", [](SampleFrame& s) { s.scale[1] = kNan; }},
      {"pass overlay: lane 0 has a rotation that is not finite", [](SampleFrame& s) { s.rotation[0] = kNan; }},
      {"pass overlay: lane 2 has shape 0 in a batch of shape 2", [](SampleFrame& s) { s.shape_of_lane[2] = 0; }},
  };
  for (const Breakage& breakage : breakages) {
    SampleFrame sample;
    breakage.apply(sample);
    EXPECT_EQ(validate(sample.frame), breakage.problem);
  }
}

TEST(Validate, NamesProblemsOfLinesFillsAndLayers) {
  const std::vector<Breakage> breakages = {
      {"pass overlay: stroke has 14 entries, expected 15",
       [](SampleFrame& s) { s.passes[1].instances.stroke = s.passes[1].instances.stroke.first(14); }},
      {"pass overlay: lane 2 has a stroke that is not finite", [](SampleFrame& s) { s.stroke[10] = kNan; }},
      {"pass overlay: the weight is not finite", [](SampleFrame& s) { s.passes[1].weight = kNan; }},
      {"pass overlay: unknown paint 4", [](SampleFrame& s) { s.passes[1].style.fill.paint = static_cast<Paint>(4); }},
      {"pass overlay: a gradient's place is not finite",
       [](SampleFrame& s) { s.passes[1].style.fill.place[2] = kInfinity; }},
      {"background: stop 1 is not finite", [](SampleFrame& s) { s.stops[1].color[3] = kNan; }},
      {"background: stop 2 comes before the one before", [](SampleFrame& s) { s.stops[2].at = 0.25f; }},
      {"pass overlay: unknown fill rule 2", [](SampleFrame& s) { s.passes[1].style.rule = static_cast<FillRule>(2); }},
      {"pass overlay: unknown join 3", [](SampleFrame& s) { s.passes[1].style.join = static_cast<LineJoin>(3); }},
      {"pass overlay: unknown cap 3", [](SampleFrame& s) { s.passes[1].style.cap = static_cast<LineCap>(3); }},
      {"pass overlay: a dash is not finite", [](SampleFrame& s) { s.dashes[0] = kNan; }},
      {"pass overlay: 65 dashes",
       [](SampleFrame& s) {
         s.dashes.assign(65, 1.0f);
         s.passes[1].style.dashes = s.dashes;
       }},
      {"layer 2 has unknown blend 8", [](SampleFrame& s) { s.layers[0].blend = static_cast<Blend>(8); }},
      {"layer 2 is not finite", [](SampleFrame& s) { s.layers[0].place[0] = kNan; }},
      {"layer 2 is clipped by shape 3 of 3", [](SampleFrame& s) { s.layers[0].clip = 3; }},
      {"layer 2 comes after layer 2",
       [](SampleFrame& s) {
         s.layers.push_back(s.layers[0]);
         s.frame.layers = s.layers;
       }},
      {"pass overlay on layer -1 comes after layer 0", [](SampleFrame& s) { s.passes[1].layer = -1; }},
  };
  SampleFrame sound;
  sound.decorate();
  EXPECT_EQ(validate(sound.frame), std::nullopt);
  for (const Breakage& breakage : breakages) {
    SampleFrame sample;
    sample.decorate();
    breakage.apply(sample);
    EXPECT_EQ(validate(sample.frame), breakage.problem);
  }
}

}  // namespace
}  // namespace oscilla
