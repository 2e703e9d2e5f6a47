// What is no longer there fades: a sink that an edit takes away, elements that it takes, a pool's lanes that leave.
#include <algorithm>

#include "patches.hpp"

namespace oscilla::test {
namespace {

constexpr double kFade = 40;  // of the sinks below
constexpr int kGone = static_cast<int>(12 * kFade / kFrame) + 2;

/// The second pass of a name, or the only one of a sink that is gone.
const Pass* ghosts_of(const RenderFrame& frame, std::string_view name, bool sink_is_there) {
  const Pass* last = nullptr;
  int passes = 0;
  for (const Pass& pass : frame.passes) {
    if (pass.name != name) continue;
    last = &pass;
    ++passes;
  }
  return passes == (sink_is_there ? 2 : 1) ? last : nullptr;
}

/// Follows ghosts until nothing is left of them, from the frame `first` on that is made by the next tick.
void expect_fading(Session& session, int first, std::string_view name, bool sink_is_there, std::uint32_t lanes) {
  float alpha = 1, stroke = 1;
  int seen = 0;
  for (int i = 0; i < kGone; ++i) {
    const RenderFrame& frame = session.tick((first + i) * kFrame);
    ASSERT_EQ(validate_frame(frame), "");
    const Pass* ghosts = ghosts_of(frame, name, sink_is_there);
    if (ghosts == nullptr) {
      for (int later = i; later < kGone; ++later)
        EXPECT_EQ(ghosts_of(session.tick((first + later + 1) * kFrame), name, sink_is_there), nullptr);
      EXPECT_LT(alpha, 1e-3f) << "they go when nothing can be seen of them any more";
      EXPECT_GT(seen, 10);
      return;
    }
    ++seen;
    ASSERT_EQ(ghosts->instances.visible, lanes);
    for (const InstanceCore& core : ghosts->instances.core) ASSERT_LT(core.a, alpha) << i;
    alpha = ghosts->instances.core[0].a;
    if (ghosts->instances.stroke.empty()) continue;
    ASSERT_EQ(ghosts->instances.stroke.size(), lanes * kStrokeFloats);
    ASSERT_LT(ghosts->instances.stroke[4], stroke);
    stroke = ghosts->instances.stroke[4];
  }
  FAIL() << "still there after 12 times";
}

/// Figures in a row, lined and filled with a gradient, in the middle of two others.
std::string ghost_scene(const std::string& stars, const std::string& settings = "opacityGlide: 40ms") {
  return "oscilla 1\ntime = TimeRoot()\n"
         "dots = Array(Ellipse(), count: 6)\nrow = LineLayout(dots, from: (0.1, 0.5), to: (0.9, 0.5))\n"
         "a = RenderInstances2D(row, shape: dots)\n" +
         stars + (stars.empty() ? "" : settings + ")\n") +
         "c = RenderInstances2D(row + (0, 0.02), shape: dots, size: 0.5)\n";
}
constexpr const char* kStars =
    "b = RenderInstances2D(row + (0, 0.01), shape: SvgPath(\"M0 0L10 0L5 8Q2 6 0 0Z\", size: 0.1), size: 0.8, "
    "strokeWidth: 0.01, strokeColor: #ffcc00, "
    "fill: linear, stops: [#ff0000, #0000ff], dashes: [0.02, 0.01], rotation: dots.u, scale: (1, 0.7), ";

TEST(Ghosts, ASinkThatAnEditTakesAwayFades) {
  for (const bool rehearsed : {false, true}) {
    Session session(compiled(ghost_scene(kStars)));
    for (int i = 0; i < 5; ++i) session.tick(i * kFrame);
    const RenderFrame& last = session.tick(5 * kFrame);
    ASSERT_EQ(last.passes.size(), 3u);
    const Pass& was = last.passes[1];
    const std::vector<InstanceCore> drawn(was.instances.core.begin(), was.instances.core.end());
    const Fill fill = was.style.fill;
    const std::vector<GradientStop> stops(fill.stops.begin(), fill.stops.end());
    if (rehearsed) {
      session.request_swap(parsed(ghost_scene("")));
      session.wait_for_requests();
    } else {
      session.swap(parsed(ghost_scene("")));
    }
    const RenderFrame& frame = session.tick(6 * kFrame);
    EXPECT_EQ(validate_frame(frame), "");
    ASSERT_EQ(frame.passes.size(), 3u);
    const Pass& ghosts = frame.passes[1];  // where it was, between the others
    EXPECT_EQ(ghosts.name, "b");
    ASSERT_EQ(ghosts.instances.core.size(), drawn.size());
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      EXPECT_EQ(ghosts.instances.core[i].x, drawn[i].x);
      EXPECT_EQ(ghosts.instances.core[i].size, drawn[i].size);
    }
    EXPECT_EQ(ghosts.instances.rotation.size(), drawn.size());
    EXPECT_EQ(ghosts.instances.scale.size(), 2 * drawn.size());
    EXPECT_EQ(ghosts.style.fill.paint, Paint::Linear);
    ASSERT_EQ(ghosts.style.fill.stops.size(), stops.size());
    for (std::size_t i = 0; i < stops.size(); ++i) EXPECT_EQ(ghosts.style.fill.stops[i].color, stops[i].color);
    EXPECT_EQ(ghosts.style.dashes.size(), 2u);
    expect_fading(session, 7, "b", false, 6);
  }
}

TEST(Ghosts, OutliveASecondEdit) {
  Session session(compiled(ghost_scene(kStars)));
  session.tick(0);
  session.swap(parsed(ghost_scene("")));
  for (int i = 1; i < 4; ++i) EXPECT_EQ(validate_frame(session.tick(i * kFrame)), "");
  std::string other = ghost_scene("");
  other.replace(other.find("size: 0.5"), 9, "size: 0.7");
  session.swap(parsed(other));
  expect_fading(session, 4, "b", false, 6);
}

TEST(Ghosts, ElementsThatAnEditTakesFade) {
  std::string fewer = ghost_scene(kStars);
  fewer.replace(fewer.find("count: 6"), 8, "count: 4");
  Session session(compiled(ghost_scene(kStars)));
  session.tick(0);
  session.swap(parsed(fewer));
  expect_fading(session, 1, "b", true, 2);
}

TEST(Ghosts, APoolsLanesThatLeaveFade) {
  Session session(compiled(
      "oscilla 1\ntime = TimeRoot()\nn = time.tMs < 90ms ? 9 : 4\ndots = Array(Ellipse(), count: n, maxCount: 12)\n"
      "b = RenderInstances2D(CircleLayout(dots), shape: dots, strokeWidth: 0.002, trail: 2, opacityGlide: 40ms)\n"));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(session.tick(i * kFrame).passes.back().instances.count, 9u);
  float alpha = 1.01f;  // in the first tick they are as they were
  for (int i = 6; i < 6 + kGone; ++i) {
    const RenderFrame& frame = session.tick(i * kFrame);
    ASSERT_EQ(validate_frame(frame), "");
    // Two of the trail, the lanes that are there, and what is left of the others.
    if (frame.passes.size() == 3) break;
    ASSERT_EQ(frame.passes.size(), 4u);
    EXPECT_EQ(frame.passes[2].instances.count, 4u);
    const Pass& ghosts = frame.passes[3];
    ASSERT_EQ(ghosts.instances.count, 5u);
    EXPECT_LT(ghosts.instances.core[0].a, alpha);
    EXPECT_EQ(ghosts.instances.stroke.size(), 5 * kStrokeFloats);
    alpha = ghosts.instances.core[0].a;
  }
  EXPECT_LT(alpha, 1e-3f);
  EXPECT_EQ(session.tick((6 + kGone) * kFrame).passes.size(), 3u);
}

/// Nine dots from tick 6 on, four before.
std::string growing(const std::string& most, const std::string& size) {
  return "oscilla 1\ntime = TimeRoot()\nn = time.tMs < 90ms ? 4 : 9\ndots = Array(Ellipse(), count: n, maxCount: " +
         most + ")\nb = RenderInstances2D(CircleLayout(dots), shape: dots, opacityGlide: 40ms, size: " + size + ")\n";
}

TEST(Ghosts, LanesThatComeInTheTickOfAnEditFadeIn) {
  for (const bool rehearsed : {false, true}) {
    for (const char* most : {"12", "14", "10"}) {
      SCOPED_TRACE(std::string(most) + (rehearsed ? " rehearsed" : ""));
      Session session(compiled(growing("12", "1")));
      for (int i = 0; i < 4; ++i) session.tick(i * kFrame);
      if (rehearsed) session.request_swap(parsed(growing(most, "0.9")));
      session.wait_for_requests();
      for (int i = 4; i < 6; ++i) session.tick(i * kFrame);
      if (!rehearsed) session.swap(parsed(growing(most, "0.9")));
      float alpha = -1e-6f;
      for (int i = 6; i < 6 + kGone; ++i) {
        const Pass& pass = session.tick(i * kFrame).passes[0];
        ASSERT_EQ(pass.instances.count, 9u);
        EXPECT_EQ(pass.instances.core[3].a, 1) << "one that was there stays as it is";
        EXPECT_GE(pass.instances.core[8].a, alpha) << i;
        const float most = i == 6 ? 1e-6f : i == 8 ? 0.5f : 1.0f;
        EXPECT_LE(pass.instances.core[8].a, most) << i;
        alpha = pass.instances.core[8].a;
      }
      EXPECT_EQ(alpha, 1);
    }
  }
}

/// Which of two sinks is painted where an older one was changes when the other one goes; what is left of lanes stays
/// over those that are there.
TEST(Ghosts, StayRightBehindTheirSinkWhenItsPlaceChanges) {
  const auto text = [](const std::string& count, bool both) {
    const std::string rest = "RenderInstances2D(CircleLayout(dots), shape: dots, opacityGlide: 400ms, was: middle)\n";
    return "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: " + count + ")\nlast = " + rest +
           (both ? "first = " + rest : std::string());
  };
  Session session(compiled(text("6", true)));
  session.tick(0);
  session.swap(parsed(text("4", true)));
  session.tick(kFrame);
  session.swap(parsed(text("4", false)));
  const RenderFrame& frame = session.tick(2 * kFrame);
  std::vector<std::uint32_t> lanes;
  for (const Pass& pass : frame.passes)
    if (pass.name == "last") lanes.push_back(pass.instances.count);
  EXPECT_EQ(lanes, (std::vector<std::uint32_t>{4, 2}));
}

TEST(Ghosts, NoneWherePolicySaysSo) {
  Session session(compiled(ghost_scene(kStars, "opacityPolicy: none")));
  session.tick(0);
  session.swap(parsed(ghost_scene("")));
  EXPECT_EQ(session.tick(kFrame).passes.size(), 2u);
}

}  // namespace
}  // namespace oscilla::test
