#include "frame/digest.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <functional>
#include <set>

#include "base/hash.hpp"
#include "frame/owned_frame.hpp"
#include "sample_frame.hpp"

namespace oscilla {
namespace {

using frame::digest;
using frame::digest_tree;
using test::SampleFrame;

using Change = std::function<void(SampleFrame&)>;

const std::vector<Change>& changes() {
  static const std::vector<Change> list = {
      [](SampleFrame& s) { s.frame.version++; },
      [](SampleFrame& s) { s.frame.tick++; },
      [](SampleFrame& s) { s.frame.t_ms += 1; },
      [](SampleFrame& s) { s.frame.width++; },
      [](SampleFrame& s) { s.frame.height++; },
      [](SampleFrame& s) { s.frame.fit = Fit::Stretch; },
      [](SampleFrame& s) { s.frame.background[2] += 0.1f; },
      [](SampleFrame& s) { s.frame.passes = s.frame.passes.first(1); },
      [](SampleFrame& s) { s.frame.shapes = s.frame.shapes.first(2); },
      [](SampleFrame& s) { s.frame.topologies = {}; },
      [](SampleFrame& s) { s.points[3] += 1; },
      [](SampleFrame& s) { s.frame.points = s.frame.points.first(15); },
      [](SampleFrame& s) { s.verbs[2] = PathVerb::Line; },
      [](SampleFrame& s) { s.shapes[0].kind = ShapeKind::Rectangle; },
      [](SampleFrame& s) { s.shapes[1].parameters[3] += 0.5f; },
      [](SampleFrame& s) { s.shapes[2].topology++; },
      [](SampleFrame& s) { s.shapes[2].first_point = 0; },
      [](SampleFrame& s) { s.passes[0].name = "dots.drew"; },
      [](SampleFrame& s) { s.passes[0].layer--; },
      [](SampleFrame& s) { s.passes[1].blend = Blend::Add; },
      [](SampleFrame& s) { s.passes[1].instances.visible--; },
      [](SampleFrame& s) { s.passes[1].instances.count--; },
      [](SampleFrame& s) { s.passes[1].instances.rotation = {}; },
      [](SampleFrame& s) { s.passes[1].instances.scale = {}; },
      [](SampleFrame& s) { s.passes[1].instances.shape = {}; },
      [](SampleFrame& s) { s.passes[1].instances.order = {}; },
      [](SampleFrame& s) { std::swap(s.passes[0], s.passes[1]); },
      [](SampleFrame& s) { s.core[0].x += 1; },
      [](SampleFrame& s) { s.core[4095].y += 1; },
      [](SampleFrame& s) { s.core[4096].depth += 1; },
      [](SampleFrame& s) { s.core[4999].size += 1; },
      [](SampleFrame& s) { s.overlay_core[1].r = 0.125f; },
      [](SampleFrame& s) { s.overlay_core[1].g = 0.125f; },
      [](SampleFrame& s) { s.overlay_core[1].b = 0.125f; },
      [](SampleFrame& s) { s.overlay_core[1].a = 0.125f; },
      [](SampleFrame& s) { s.overlay_core[1].r = -0.0f; },
      [](SampleFrame& s) { s.rotation[2] += 1; },
      [](SampleFrame& s) { s.scale[5] += 1; },
      [](SampleFrame& s) { s.shape_of_lane[1]++; },
      [](SampleFrame& s) { std::swap(s.order[0], s.order[1]); },
      [](SampleFrame& s) { s.overlay_batches[0].shape++; },
      [](SampleFrame& s) { s.overlay_batches[1].first++; },
      [](SampleFrame& s) { s.overlay_batches[1].count++; },
      [](SampleFrame& s) { s.passes[1].batches = s.passes[1].batches.first(1); },
  };
  return list;
}

TEST(Digest, OfAHandBuiltFrameNeverChanges) {
  SampleFrame sample;
  sample.passes[1].instances.scale = {};
  EXPECT_EQ(to_hex(digest(sample.frame)), "b457527c77e36e47809292002f4eec30");
  EXPECT_EQ(to_hex(digest(RenderFrame{})), "7b00eb62af30c1e11cd09d8c6a45e4da");
}

TEST(Digest, AFrameOfTheFirstVersionKeepsItsBytes) {
  SampleFrame sample;
  const std::string before = to_hex(digest(sample.frame));
  sample.passes[0].style.fill.place = {1, 2, 3, 4};  // of no gradient
  sample.frame.background_fill.place = {1, 2, 3, 4};
  EXPECT_EQ(to_hex(digest(sample.frame)), before);
  sample.decorate();
  EXPECT_EQ(to_hex(digest(sample.frame)), "1f43a28cd977ea1896ec6cffbe57e25f");
}

TEST(Digest, EveryFieldOfLinesAndFillsCounts) {
  using Change = void (*)(SampleFrame&);
  constexpr Change kChanges[] = {
      [](SampleFrame&) {},
      [](SampleFrame& s) { s.passes[1].instances.stroke = {}; },
      [](SampleFrame& s) { s.stroke[14] = 0.5f; },
      [](SampleFrame& s) { s.passes[1].style.fill.paint = Paint::Linear; },
      [](SampleFrame& s) { s.passes[1].style.fill.place[3] = 1; },
      [](SampleFrame& s) { s.passes[1].style.fill.stops = s.passes[1].style.fill.stops.first(2); },
      [](SampleFrame& s) { s.stops[1].at = 0.25f; },
      [](SampleFrame& s) { s.stops[1].color[2] = 0.25f; },
      [](SampleFrame& s) { s.passes[1].style.rule = FillRule::NonZero; },
      [](SampleFrame& s) { s.passes[1].style.join = LineJoin::Miter; },
      [](SampleFrame& s) { s.passes[1].style.cap = LineCap::Butt; },
      [](SampleFrame& s) { s.dashes[1] = 0.25f; },
      [](SampleFrame& s) { s.passes[1].style.dashes = s.passes[1].style.dashes.first(1); },
      [](SampleFrame& s) { s.passes[1].style.dash_offset = 0; },
      [](SampleFrame& s) { s.passes[0].style.rule = FillRule::EvenOdd; },
      [](SampleFrame& s) { s.passes[0].weight = 0.5f; },
      [](SampleFrame& s) { s.frame.background_fill.paint = Paint::Radial; },
      [](SampleFrame& s) { s.frame.background_fill.place[0] = 1; },
      [](SampleFrame& s) { s.frame.background_fill.stops = {}; },
      [](SampleFrame& s) { s.frame.layers = {}; },
      [](SampleFrame& s) { s.layers[0].layer = 3; },
      [](SampleFrame& s) { s.layers[0].blend = Blend::Normal; },
      [](SampleFrame& s) { s.layers[0].opacity = 1; },
      [](SampleFrame& s) { s.layers[0].clip = kNoShape; },
      [](SampleFrame& s) { s.layers[0].place[2] = 1; },
  };
  std::set<std::string> seen;
  for (const Change change : kChanges) {
    SampleFrame sample;
    sample.decorate();
    change(sample);
    EXPECT_TRUE(seen.insert(to_hex(digest(sample.frame))).second) << seen.size();
    EXPECT_EQ(digest(frame::OwnedFrame(sample.frame).view()), digest(sample.frame)) << seen.size();
  }
}

TEST(Digest, EveryFieldCounts) {
  std::set<std::string> seen = {to_hex(digest(SampleFrame().frame))};
  for (std::size_t i = 0; i < changes().size(); ++i) {
    SampleFrame sample;
    changes()[i](sample);
    EXPECT_TRUE(seen.insert(to_hex(digest(sample.frame))).second) << "change " << i;
  }
}

TEST(Digest, RootEqualsTreesRoot) {
  for (const Change& change : changes()) {
    SampleFrame sample;
    change(sample);
    EXPECT_EQ(digest(sample.frame), digest_tree(sample.frame).frame);
  }
}

TEST(Digest, TreeShowsWhereFramesDiffer) {
  SampleFrame sample;
  const frame::FrameDigest before = digest_tree(sample.frame);
  ASSERT_EQ(before.passes.size(), 2u);
  ASSERT_EQ(before.passes[0].units.size(), 2u);
  sample.core[4500].x += 0.5f;
  const frame::FrameDigest after = digest_tree(sample.frame);
  EXPECT_EQ(before.scalars, after.scalars);
  EXPECT_EQ(before.passes[1], after.passes[1]);
  EXPECT_EQ(before.passes[0].header, after.passes[0].header);
  EXPECT_EQ(before.passes[0].order, after.passes[0].order);
  EXPECT_EQ(before.passes[0].units[0], after.passes[0].units[0]);
  EXPECT_NE(before.passes[0].units[1], after.passes[0].units[1]);
}

TEST(Digest, PayloadAndSignOfNanDoNotCount) {
  std::set<std::string> seen;
  for (const std::uint32_t bits : {0x7fc00000u, 0xffc00000u, 0x7f800001u, 0x7fc12345u}) {
    SampleFrame sample;
    sample.core[4900].x = std::bit_cast<float>(bits);
    sample.rotation[1] = std::bit_cast<float>(bits);
    sample.frame.t_ms = std::bit_cast<double>(std::uint64_t{bits | 0x7ff00000u} << 32 | 1);
    seen.insert(to_hex(digest(sample.frame)));
  }
  EXPECT_EQ(seen.size(), 1u);
}

TEST(OwnedFrame, OutlivesItsSource) {
  frame::OwnedFrame copy;
  Hash128 expected;
  {
    SampleFrame sample;
    expected = digest(sample.frame);
    copy.assign(sample.frame);
    sample.core.assign(sample.core.size(), {});
    sample.verbs.assign(sample.verbs.size(), PathVerb::Close);
  }
  const frame::OwnedFrame moved = std::move(copy);
  EXPECT_EQ(digest(moved.view()), expected);
}

TEST(OwnedFrame, UsesItsMemoryAgain) {
  SampleFrame large(5000);
  SampleFrame small(10);
  RenderFrame empty;
  frame::OwnedFrame copy(large.frame);
  const InstanceCore* core = copy.view().passes[0].instances.core.data();
  for (const RenderFrame* source : {&small.frame, &empty, &large.frame}) {
    copy.assign(*source);
    EXPECT_EQ(digest(copy.view()), digest(*source));
  }
  EXPECT_EQ(copy.view().passes[0].instances.core.data(), core);
}

}  // namespace
}  // namespace oscilla
