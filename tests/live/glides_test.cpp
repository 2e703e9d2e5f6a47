// Numbers of the picture that are no lane's glide at an edit, too; factors and fitted ranges; lanes that are other
// elements go on from the nearest ones; what has nothing in common with what was there fades.
#include <cmath>
#include <functional>

#include "pictures.hpp"

namespace oscilla::test {
namespace {

constexpr int kFramesBefore = 6;

std::string glide_scene(const std::string& lines) {
  return "oscilla 1\ncanvas 640x360 background #102030\ntime = TimeRoot(periodA: 3s)\n" + lines;
}

/// The same ticks with an edit and without; the edit is rehearsed in the last two of the first.
struct Pair {
  Pair(const std::string& before, const std::string& after) : edited(compiled(before)), plain(compiled(before)) {
    for (int i = 0; i < kFramesBefore; ++i) tick();
    edited.request_swap(parsed(after));
    edited.wait_for_requests();
    for (int i = 0; i < 3; ++i) tick();
  }
  void tick() {
    now = picture_of(edited.tick(frame * kFrame));
    old = picture_of(plain.tick(frame * kFrame));
    // A sheet that is not there is opaque.
    if (now.contains("layer 1") && !old.contains("layer 1")) old["layer 1"] = {{1}};
    ++frame;
  }
  Session edited, plain;
  int frame = 0;
  Picture now, old;
};

struct Case {
  const char* name;
  std::string before, after;
};

constexpr const char* kDots = "dots = Array(Ellipse(rx: 0.02, ry: 0.03), count: 12)\n";

std::vector<Case> cases() {
  const std::string draw = std::string(kDots) + "draw = RenderInstances2D(CircleLayout(dots, phase: time.phaseA)";
  const std::string corners = "corners = Array(Ellipse(), count: 5)\n";
  const auto path = [&](const std::string& radius) {
    return corners + "draw = RenderInstances2D((0.5, 0.5), shape: Path(CircleLayout(corners, radius: " + radius +
           ") - (0.5, 0.5)))\n";
  };
  return {
      {"Camera", draw + ")\ncam = Camera(tilt: 30, yaw: 20 * sin(time.phaseA), distance: 2)\n",
       draw + ")\ncam = Camera(tilt: 55, yaw: 350, distance: 3, fovY: 60)\n"},
      {"OrthographicCamera", draw + ")\n", draw + ")\ncam = Camera(projection: orthographic, height: 2)\n"},
      {"CanvasBackground", draw + ")\n", draw + ")\nback = Background(color: #ff8000)\n"},
      {"BackgroundGradient", draw + ")\nback = Background(fill: linear, stops: [#000000, #ffffff])\n",
       draw + ")\nback = Background(fill: linear, stops: [#ff0000, #00ff00], stopsAt: [0.2, 0.7])\n"},
      {"Layer", draw + ", layer: 1)\nsheet = Layer(layer: 1, opacity: 0.2)\n",
       draw + ", layer: 1)\nsheet = Layer(layer: 1, opacity: 0.9)\n"},
      {"NewLayer", draw + ", layer: 1)\n", draw + ", layer: 1)\nsheet = Layer(layer: 1, opacity: 0.3)\n"},
      {"Clip",
       draw + ", layer: 1)\nsheet = Layer(layer: 1, clip: Rect(width: 0.5, height: 0.5), clipPosition: (0.5, 0.5))\n",
       draw + ", layer: 1)\nsheet = Layer(layer: 1, clip: Rect(width: 0.8, height: 0.2), clipPosition: (0.3, 0.5), "
              "clipSize: 2)\n"},
      {"Gradient", draw + ", fill: radial, stops: [#ffffff, #ff0000])\n",
       draw + ", fill: radial, stops: [#00ffff, #0000ff], gradientTo: (0.5, 0))\n"},
      {"Dashes", draw + ", strokeWidth: 0.004, dashes: [0.02, 0.01])\n",
       draw + ", strokeWidth: 0.004, dashes: [0.05, 0.03], dashOffset: 0.01)\n"},
      {"Figure", draw + ")\n",
       "dots = Array(Ellipse(rx: 0.05, ry: 0.01 + 0.01 * sin(time.phaseA), rotation: 0.4turn), count: 12)\n" +
           draw.substr(draw.find('\n') + 1) + ")\n"},
      {"Path", path("0.2"), path("0.4 + 0.05 * sin(time.phaseA)")},
      {"SvgPath", draw + ", shape: SvgPath(\"M0 0L10 0L5 8Z\", size: 0.1))\n",
       draw + ", shape: SvgPath(\"M0 0L10 2L4 9Z\", size: 0.2))\n"},
      {"ByFactor", draw + ", size: 1 + 0.5 * sin(time.phaseA), sizeGauge: mul)\n",
       draw + ", size: 3 + dots.u, sizeGauge: mul)\n"},
      {"ByRange", draw + ", positionGauge: affine)\n",
       std::string(kDots) +
           "draw = RenderInstances2D(CircleLayout(dots, radius: 0.1, phase: time.phaseA), positionGauge: affine)\n"},
      {"OtherElements", draw + ")\n",
       "stars = Array(Ellipse(rx: 0.02, ry: 0.03), count: 12)\n"
       "draw = RenderInstances2D(CircleLayout(stars, phase: time.phaseA) + (0.01, 0))\n"},
  };
}

class Glides : public testing::TestWithParam<Case> {};

TEST_P(Glides, GoOnWhereTheyWereAndArrive) {
  const auto& [name, before, after] = GetParam();
  Pair pair(glide_scene(before), glide_scene(after));
  EXPECT_LE(apart(pair.now, pair.old).most, 1e-6) << apart(pair.now, pair.old).where;
  pair.tick();
  pair.edited.wait_for_requests();  // the report comes from the worker
  const std::vector<SwapReport> reports = pair.edited.take_swap_reports();
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].tick, kFramesBefore + 2);
  EXPECT_TRUE(std::ranges::any_of(reports[0].targets, [](const TargetFate& t) { return t.jump > 0.005; }))
      << describe(reports[0]);
  EXPECT_GT(apart(pair.now, pair.old).most, 1e-5) << "it leaves for its new course";
  // In the end it is the new program's to the bit. Nothing in these scenes remembers.
  while (pair.frame < 160) pair.tick();
  Session fresh(compiled(glide_scene(after)));
  fresh.tick(0);
  const std::string arrived = frame_digest(pair.edited.tick(pair.frame * kFrame));
  Picture wanted;
  for (int i = 1; i <= pair.frame; ++i) wanted = picture_of(fresh.tick(i * kFrame));
  EXPECT_EQ(
      apart(picture_of(pair.edited.tick((pair.frame + 1) * kFrame)), picture_of(fresh.tick((pair.frame + 1) * kFrame)))
          .most,
      0)
      << arrived;
}

INSTANTIATE_TEST_SUITE_P(Parts, Glides, testing::ValuesIn(cases()),
                         [](const testing::TestParamInfo<Case>& info) { return std::string(info.param.name); });

TEST(Glides, AFactorLeavesNothingOfWhatIsNothing) {
  // Each breathes down to nothing, at a time of its own.
  const auto text = [](const char* amount, const char* gauge) {
    return glide_scene(std::string(kDots) + "draw = RenderInstances2D(CircleLayout(dots), size: " + amount +
                       " * max(0, sin(dots.u * 1turn)), sizeGauge: " + gauge + ")\n");
  };
  for (const bool factor : {true, false}) {
    Pair pair(text("1", factor ? "mul" : "add"), text("2", factor ? "mul" : "add"));
    pair.tick();
    const std::vector<Row>& lanes = pair.now.at("draw");
    for (std::size_t i = 7; i < 12; ++i) EXPECT_EQ(lanes[i][3], 0) << i;
    EXPECT_NEAR(lanes[3][3], 1, 0.05);
  }
}

TEST(Glides, LanesGoOnFromTheNearest) {
  const auto text = [](const char* name, const char* order) {
    return glide_scene(std::string(name) + " = Array(Ellipse(), count: 9)\ndraw = RenderInstances2D((0.1 + 0.1 * " +
                       order + ", 0.5))\n");
  };
  // The same places, counted from the other end.
  Pair pair(text("a", "a.index"), text("b", "(8 - b.index)"));
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(pair.now.at("draw")[i][0], pair.old.at("draw")[8 - i][0], 1e-6);
  EXPECT_EQ(pair.edited.tick(pair.frame * kFrame).passes.size(), 1u) << "nobody is left over";
}

/// Passes of a name: the sink's own, and what is left of others.
std::size_t passes_of(const RenderFrame& frame, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(frame.passes, name, &Pass::name));
}

TEST(Glides, AFigureThatASecondSinkComesToDrawStaysThatOfTheFirst) {
  const std::string head =
      "big = Array(Ellipse(rx: 0.02, ry: 0.02), count: 5)\nsmall = Array(Ellipse(rx: 0.01, ry: 0.01), count: 4)\n";
  const std::string draw =
      "draw = RenderInstances2D(CircleLayout(small, phase: time.phaseA), shape: small, layer: 1)\n";
  Pair pair(glide_scene(head + draw + "other = RenderInstances2D((0.2, 0.3), shape: big)\n"),
            glide_scene(head + draw + "other = RenderInstances2D((0.2, 0.3), shape: small)\n"));
  EXPECT_EQ(pair.now.at("draw"), pair.old.at("draw")) << "nothing of it was edited";
  EXPECT_EQ(pair.now.at("draw/shapes"), pair.old.at("draw/shapes"));
}

TEST(Glides, APathThatASecondSinkComesToDrawStaysThatOfTheFirst) {  // though its corners are as many as before
  const std::string head =
      "rim = Array(count: 7)\nwide = Path(0.3 * (cos(1turn * rim.u), sin(1turn * rim.u)), curve: smooth)\n"
      "small = Path(0.1 * (cos(1turn * rim.u + time.phaseA), sin(1turn * rim.u)), curve: smooth)\n";
  const std::string core = "core = RenderInstances2D((0.5, 0.5), shape: small, opacity: 0.4, layer: 2)\n";
  Pair pair(glide_scene(head + core + "veil = RenderInstances2D((0.5, 0.5), shape: wide, layer: 1)\n"),
            glide_scene(head + core + "veil = RenderInstances2D((0.5, 0.5), shape: small, layer: 1)\n"));
  EXPECT_EQ(pair.now.at("core"), pair.old.at("core")) << "nothing of it was edited";
}

TEST(Glides, TwoUsesOfACompositeInOneLineGoOnEachFromItsOwn) {
  const auto twice = [](const std::string& count) {
    return glide_scene(
        "define Row(y: float) -> (middle) {\n  beads = Array(Ellipse(rx: 0.01, ry: 0.01), count: " + count +
        ")\n  draw = RenderInstances2D(LineLayout(beads, from: (0.1, y), to: (0.9, y)), shape: beads)\n"
        "  middle = (0.5, y)\n}\nrows = mix(Row(0.25), Row(0.75), 0.5)\n");
  };
  Pair pair(twice("5"), twice("4"));
  for (const char* row : {"rows.draw", "rows~2.draw"}) {
    ASSERT_EQ(pair.now.at(row).size(), 4u);
    for (std::size_t lane = 0; lane < 4; ++lane)
      for (std::size_t axis = 0; axis < 2; ++axis)
        EXPECT_NEAR(pair.now.at(row)[lane][axis], pair.old.at(row)[lane][axis], 1e-6) << row << " " << lane;
  }
}

TEST(Glides, WhatHasNothingInCommonFades) {
  const std::string draw = std::string(kDots) + "draw = RenderInstances2D(CircleLayout(dots), opacityGlide: 30ms";
  const std::string others[] = {
      draw + ", shape: Rect(width: 0.1, height: 0.1))\n",
      draw + ", blend: add)\n",
      draw + ", layer: 3)\n",
      draw + ", fill: linear, stops: [#ff0000, #00ff00])\n",
      draw + ")\ncam = Camera()\n",
      "far = Array(Ellipse(rx: 0.02, ry: 0.03), count: 12)\ndraw = RenderInstances2D(CircleLayout(far), "
      "positionPolicy: crossfade)\n"};
  for (const std::string& after : others) {
    Pair pair(glide_scene(draw + ")\n"), glide_scene(after));
    const RenderFrame& frame = pair.edited.tick(pair.frame * kFrame);
    EXPECT_EQ(validate_frame(frame), "");
    ASSERT_EQ(passes_of(frame, "draw"), 2u) << after;
    float least = 1, most = 0;
    for (const Pass& pass : frame.passes) {
      least = std::min(least, pass.instances.core[0].a);
      most = std::max(most, pass.instances.core[0].a);
    }
    EXPECT_GT(most, 0.5f) << after;
    EXPECT_LT(least, 0.5f) << after;
    for (int i = 1; i < 40; ++i) pair.edited.tick((pair.frame + i) * kFrame);
    EXPECT_EQ(passes_of(pair.edited.tick((pair.frame + 40) * kFrame), "draw"), 1u) << after;
  }
}

TEST(Glides, ABackgroundOfAnotherKindIsUncovered) {
  Pair pair(glide_scene("back = Background(color: #ff8000)\n"),
            glide_scene("back = Background(fill: linear, stops: [#000000, #ffffff])\n"));
  const RenderFrame& frame = pair.edited.tick(pair.frame * kFrame);
  EXPECT_EQ(validate_frame(frame), "");
  EXPECT_EQ(frame.background_fill.paint, Paint::Linear);
  ASSERT_EQ(frame.passes.size(), 1u);
  EXPECT_EQ(frame.passes[0].name, "background");
  const InstanceCore& old = frame.passes[0].instances.core[0];
  EXPECT_EQ(old.r, 1.0f);
  EXPECT_GT(old.a, 0.5f);
  EXPECT_LT(old.a, 1.0f);
  const Shape& canvas = frame.shapes[frame.passes[0].batches[0].shape];
  EXPECT_EQ(canvas.kind, ShapeKind::Rectangle);
  EXPECT_FLOAT_EQ(canvas.parameters[0], 640.0f / 360);
  EXPECT_FLOAT_EQ(canvas.parameters[1], 1);
}

TEST(Glides, WhatAnEditTookAwayGoesOnOverTheNext) {
  const std::string draw = std::string(kDots) + "draw = RenderInstances2D(CircleLayout(dots)";
  const std::string turned = glide_scene(draw + ", rotation: 0.3turn, scale: (2, 1))\n"),
                    plain = glide_scene(draw + ")\n");
  Session once(compiled(turned)), twice(compiled(turned));
  const auto edit = [](Session& session, const std::string& text) {
    session.request_swap(parsed(text));
    session.wait_for_requests();
  };
  Picture first, second;
  for (int i = 0; i < 16; ++i) {
    if (i == 4)
      for (Session* session : {&once, &twice}) edit(*session, plain);
    if (i == 9) edit(twice, glide_scene(draw + ", size: 0.5)\n"));
    if (i == 12) edit(twice, glide_scene(draw + ", size: 0.6)\n"));
    first = picture_of(once.tick(i * kFrame));
    second = picture_of(twice.tick(i * kFrame));
    EXPECT_EQ(first.at("draw")[3][8], second.at("draw")[3][8]) << i;
    EXPECT_EQ(first.at("draw")[3][9], second.at("draw")[3][9]) << i;
  }
  EXPECT_GT(first.at("draw")[3][8], 0.1) << "it is still on its way";
}

TEST(Glides, NotWhereThePolicySaysSo) {
  const auto text = [](const char* distance) {
    return glide_scene("draw = RenderInstances2D((0.2, 0.2))\ncam = Camera(policy: none, distance: " +
                       std::string(distance) + ")\nback = Background(colorPolicy: none, color: rgb(0.1 * " + distance +
                       ", 0, 0))\nsheet = Layer(layer: 1, opacityPolicy: none, opacity: 0.1 * " + distance + ")\n");
  };
  Pair pair(text("2"), text("4"));
  EXPECT_NEAR(pair.now.at("background/color")[0][0], 0.4, 1e-6);
  EXPECT_NEAR(pair.now.at("layer 1")[0][0], 0.4, 1e-6);
  EXPECT_GT(apart(pair.now, pair.old).most, 0.05);
}

}  // namespace
}  // namespace oscilla::test
