// The OpenGL backend against cairo. Skipped where no OpenGL 3.3 starts.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "compare.hpp"
#include "output/gl_context.hpp"
#include "output/gl_rasteriser.hpp"
#include "output/gl_renderer.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Raster;
using test::Comparison;
using test::Pixel;
using test::pixel;
using test::Scene;

class Gl : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto gl = output::HeadlessGl::open();
    if (!gl) GTEST_SKIP() << "no OpenGL here: " << gl.error();
  }

  Raster draw_gl(const RenderFrame& frame, output::RasterOptions options = {}) {
    Raster raster;
    const auto outcome = rasteriser_.draw(frame, options, raster);
    EXPECT_TRUE(outcome.has_value()) << outcome.error();
    return raster;
  }

  /// By the driver alone, as on a graphics card.
  Raster draw_by_driver(const RenderFrame& frame, output::RasterOptions options = {}) {
    Raster raster;
    const auto gl = output::HeadlessGl::open();
    EXPECT_TRUE(gl.has_value());
    EXPECT_TRUE((*gl)->make_current());
    output::GlRenderer renderer(output::GlSumming::Driver);
    const auto outcome = renderer.draw(frame, options);
    EXPECT_TRUE(outcome.has_value()) << outcome.error();
    renderer.read(raster);
    raster.report = renderer.report();
    return raster;
  }

  /// As cairo draws it, whoever of processor and driver does what.
  void expect_alike(const RenderFrame& frame, output::RasterOptions options = {}) {
    const Raster expected = test::draw(frame, options);
    {
      SCOPED_TRACE("with the processor");
      expect_alike(expected, draw_gl(frame, options));
    }
    SCOPED_TRACE("by the driver");
    expect_alike(expected, draw_by_driver(frame, options));
  }

  static void expect_alike(const Raster& expected, const Raster& got) {
    ASSERT_EQ(got.rgba.size(), expected.rgba.size());
    const Comparison found = test::compare({expected.width, expected.height, expected.rgba.data()},
                                           {got.width, got.height, got.rgba.data()});
    EXPECT_TRUE(found.alike()) << 100 * found.far_off << " % far off, worst " << found.worst << ", inside "
                               << found.worst_inside;
    EXPECT_EQ(got.opaque, expected.opaque);
    EXPECT_EQ(got.report.drawn, expected.report.drawn);
    EXPECT_EQ(got.report.outside, expected.report.outside);
    EXPECT_EQ(got.report.unseen, expected.report.unseen);
    EXPECT_EQ(got.report.broken, expected.report.broken);
  }

  output::GlRasteriser rasteriser_;
};

/// A pass of many figures, all over the picture, far to near as they come.
struct Crowd {
  Crowd(std::uint32_t count, ShapeKind kind, std::array<float, 4> parameters, float size) {
    std::mt19937 random(7);
    const auto next = [&random] { return static_cast<float>(random() % 10'000) / 10'000; };
    for (std::uint32_t i = 0; i < count; ++i) {
      core.push_back(
          {1.4f * next() - 0.2f, 1.4f * next() - 0.2f, 0, size * (0.5f + next()), next(), next(), next(), 1});
      rotation.push_back(6 * next());
    }
    shapes = {Shape{kind, parameters, 0, 0}};
    batches = {Batch{0, count, 0}};
    passes.resize(1);
    passes[0].name = "crowd";
    passes[0].instances = {count, count, core, rotation, {}, {}};
    passes[0].batches = batches;
    frame.width = 300;
    frame.height = 200;
    frame.passes = passes;
    frame.shapes = shapes;
  }
  Crowd(const Crowd&) = delete;

  std::vector<InstanceCore> core;
  std::vector<float> rotation;
  std::vector<Shape> shapes;
  std::vector<Batch> batches;
  std::vector<Pass> passes;
  RenderFrame frame;
};

TEST_F(Gl, DrawsMoreFiguresThanFitIntoOneDraw) {
  const Crowd discs(30'000, ShapeKind::Ellipse, {0.01f, 0.005f, 0, 0}, 1);
  expect_alike(discs.frame);
}

TEST_F(Gl, DrawsMoreMasksThanFitIntoOneTexture) {
  const Crowd rounded(9'000, ShapeKind::Rectangle, {0.1f, 0.06f, 0, 0.02f}, 1);
  expect_alike(rounded.frame, {450, 300, {}});
}

/// Where OpenGL is software the processor composes what has no formula; on a card the driver sums it up.
TEST_F(Gl, PathsAndTheirLinesAreAlikeWhoeverComposesThem) {
  Crowd stars(400, ShapeKind::Path, {}, 1);
  using enum PathVerb;
  const std::vector<PathVerb> verbs{Move, Line, Line, Line, Line, Close, Move, Cubic, Cubic, Close};
  const std::vector<Topology> topologies{{verbs}};
  std::vector<float> points;
  for (int i = 0; i < 5; ++i) {  // a pentagram, which crosses itself, and a curve
    const float angle = 4 * std::numbers::pi_v<float> / 5 * static_cast<float>(i);
    points.insert(points.end(), {0.09f * std::sin(angle), 0.09f * std::cos(angle)});
  }
  points.insert(points.end(),
                {0.02f, 0, 0.05f, 0.08f, -0.05f, 0.08f, -0.02f, 0, -0.05f, -0.08f, 0.05f, -0.08f, 0.02f, 0});
  stars.frame.topologies = topologies;
  stars.frame.points = points;
  std::vector<float> lines;
  for (int i = 0; i < 400; ++i)
    lines.insert(lines.end(), {i % 5 ? 0.004f * static_cast<float>(i % 7) : 0, 1, 1, 0.5f, i % 2 ? 1 : 0.5f});
  const std::vector<float> dashes{0.02f, 0.01f};
  const auto alike = [&] {
    const Raster by_driver = draw_by_driver(stars.frame, {450, 300, {}});
    const Raster automatic = draw_gl(stars.frame, {450, 300, {}});
    return test::compare({450, 300, automatic.rgba.data()}, {450, 300, by_driver.rgba.data()}).worst;
  };
  for (const FillRule rule : {FillRule::NonZero, FillRule::EvenOdd}) {
    stars.passes[0].style.rule = rule;
    stars.passes[0].instances.stroke = {};
    EXPECT_LE(alike(), 3);
    stars.passes[0].instances.stroke = lines;
    for (const LineJoin join : {LineJoin::Miter, LineJoin::Round, LineJoin::Bevel}) {
      stars.passes[0].style.join = join;
      EXPECT_LE(alike(), 4) << static_cast<int>(join);
    }
  }
}

/// Many discs or boxes of one colour each are stamped by the processor, where that is the driver, to cairo's bits.
TEST_F(Gl, ManyStampsOfEveryBlend) {
  for (const auto& [kind, parameters] : {std::pair{ShapeKind::Ellipse, std::array<float, 4>{0.02f, 0.01f, 0, 0}},
                                         std::pair{ShapeKind::Rectangle, std::array<float, 4>{0.03f, 0.02f, 0, 0}}}) {
    for (int blend = 0; blend <= static_cast<int>(Blend::Difference); ++blend) {
      Crowd crowd(2500, kind, parameters, 1);
      for (std::size_t i = 0; i < crowd.core.size(); ++i) crowd.core[i].a = i % 2 ? 1 : 0.5f;
      crowd.passes[0].blend = static_cast<Blend>(blend);
      SCOPED_TRACE(testing::Message() << "blend " << blend);
      const Raster expected = test::draw(crowd.frame);
      const Raster got = draw_gl(crowd.frame);
      expect_alike(expected, got);
      if (output::draws_in_software()) {
        EXPECT_EQ(got.rgba, expected.rgba);
      }
    }
  }
}

/// Every lane a batch of its own.
TEST_F(Gl, ManyStampsOfTwoShapesInTurn) {
  Crowd crowd(2500, ShapeKind::Ellipse, {0.02f, 0.01f, 0, 0}, 1);
  crowd.shapes.push_back({ShapeKind::Rectangle, {0.03f, 0.02f, 0, 0}, 0, 0});
  std::vector<Batch> batches;
  for (std::uint32_t i = 0; i < 2500; ++i) batches.push_back({i, 1, i % 2});
  crowd.frame.shapes = crowd.shapes;
  crowd.passes[0].batches = batches;
  const Raster expected = test::draw(crowd.frame);
  const Raster got = draw_gl(crowd.frame);
  expect_alike(expected, got);
  if (output::draws_in_software()) {
    EXPECT_EQ(got.rgba, expected.rgba);
  }
}

/// Between figures that OpenGL draws, and on the sheet of a layer.
TEST_F(Gl, StampsKeepTheirPlaceInTheOrder) {
  Crowd discs(2500, ShapeKind::Ellipse, {0.02f, 0.02f, 0, 0}, 1);
  Crowd stars(300, ShapeKind::Rectangle, {0.08f, 0.05f, 0, 0.02f}, 1);
  std::vector<Shape> shapes{discs.shapes[0], stars.shapes[0]};
  const std::vector<Batch> first{{0, 2500, 0}}, second{{0, 300, 1}};
  Layer layer;
  layer.layer = 1;
  layer.opacity = 0.7f;
  layer.blend = Blend::Screen;
  std::vector<Pass> passes(4, discs.passes[0]);
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const Crowd& crowd = i % 2 ? stars : discs;
    passes[i].instances = crowd.passes[0].instances;
    passes[i].batches = i % 2 ? second : first;
    passes[i].layer = i < 2 ? 0 : 1;
  }
  const std::vector<Layer> layers{layer};
  discs.frame.passes = passes;
  discs.frame.shapes = shapes;
  discs.frame.layers = layers;
  expect_alike(discs.frame);
  std::swap(passes[0], passes[1]);
  std::swap(passes[2], passes[3]);
  expect_alike(discs.frame);
  discs.frame.width *= 2;
  expect_alike(discs.frame);
}

TEST_F(Gl, DiscsAndBoxesWithLines) {
  for (const auto& [kind, parameters] :
       {std::pair{ShapeKind::Ellipse, std::array<float, 4>{0.05f, 0.05f, 0, 0}},
        std::pair{ShapeKind::Rectangle, std::array<float, 4>{0.12f, 0.08f, 0, 0}},
        std::pair{ShapeKind::Rectangle, std::array<float, 4>{0.12f, 0.08f, 0, 0.03f}}}) {
    Crowd crowd(60, kind, parameters, 1);
    std::vector<float> lines;
    std::vector<float> scale;
    for (int i = 0; i < 60; ++i) {
      lines.insert(lines.end(), {i % 5 ? 0.004f * static_cast<float>(i % 7) : 0, 1, 1, 0.5f, i % 2 ? 1 : 0.5f});
      scale.insert(scale.end(), {i % 3 ? 1 : -1.3f, 0.8f});
    }
    crowd.passes[0].instances.stroke = lines;
    crowd.passes[0].instances.scale = scale;
    expect_alike(crowd.frame, {600, 400, {}});
    crowd.passes[0].blend = Blend::Difference;
    expect_alike(crowd.frame, {600, 400, {}});
  }
}

TEST_F(Gl, FiguresFarLargerThanThePictureCoverIt) {
  const Crowd discs(20, ShapeKind::Ellipse, {3, 2, 0, 0}, 1);
  expect_alike(discs.frame);
  const Crowd boxes(20, ShapeKind::Rectangle, {40, 1, 0, 0.1f}, 1);
  expect_alike(boxes.frame);
}

TEST_F(Gl, EveryBlendOverEveryBackground) {
  for (const float alpha : {0.0f, 0.5f, 1.0f}) {
    for (int blend = 0; blend <= static_cast<int>(Blend::Difference); ++blend) {
      Scene scene(200, 100);
      const std::uint32_t disc = scene.shape(ShapeKind::Ellipse, {0.3f, 0.2f, 0, 0});
      const std::uint32_t box = scene.shape(ShapeKind::Rectangle, {0.5f, 0.3f, 0, 0});
      scene.frame.background = {0.3f, 0.6f, 0.2f, alpha};
      for (int i = 0; i < 8; ++i) {
        const float t = static_cast<float>(i) / 7;
        scene.add(i % 2 ? disc : box, {1.2f * t - 0.1f, 0.3f + 0.4f * t, 0, 1, t, 0.7f, 1 - t, i % 3 ? 1 : 0.6f}, t,
                  static_cast<Blend>(blend));
      }
      SCOPED_TRACE(testing::Message() << "blend " << blend << " over alpha " << alpha);
      expect_alike(scene.link());
    }
  }
}

TEST_F(Gl, OrderIsExactInside) {
  Crowd discs(400, ShapeKind::Ellipse, {0.1f, 0.1f, 0, 0}, 1);
  const Raster expected = test::draw(discs.frame);
  const Raster got = draw_gl(discs.frame);
  int inside = 0;
  const test::PixelView view{expected.width, expected.height, expected.rgba.data()};
  for (std::uint32_t y = 1; y + 1 < expected.height; ++y) {
    for (std::uint32_t x = 1; x + 1 < expected.width; ++x) {
      bool flat = true;  // one disc, or none, covers the pixels around
      for (int i = 0; i < 9; ++i)
        flat = flat && test::largest_difference(view.at(x, y), view.at(x + i % 3 - 1, y + i / 3 - 1)) == 0;
      if (!flat) continue;
      ++inside;
      ASSERT_EQ(pixel(got, x, y), pixel(expected, x, y)) << x << ", " << y;
    }
  }
  EXPECT_GT(inside, 10'000);
}

TEST_F(Gl, ABrokenPassIsMarkedAndTheRestIsDrawn) {
  Scene scene(100, 100);
  scene.add(scene.shape(ShapeKind::Ellipse, {0.05f, 0.05f, 0, 0}), {0.1f, 0.9f, 0, 1, 0, 1, 0, 1});
  scene.add(0, {0.9f, 0.1f, 0, 1, 1, 0, 0, 1});
  scene.link();
  scene.lanes[0].core.x = std::nanf("");
  scene.passes[0].name = "first";
  expect_alike(scene.frame);
}

TEST_F(Gl, SaysWhichSizesItCannotDraw) {
  Scene scene;
  Raster none;
  const auto outcome = rasteriser_.draw(scene.link(), {1'000'000, 0, {}}, none);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_NE(outcome.error().find("a picture of 1000000x720 pixels is not possible with OpenGL"), std::string::npos);
}

TEST_F(Gl, ShowsThePictureUprightInTheFramebufferThatIsBound) {
  Scene scene(40, 20);
  scene.add(scene.shape(ShapeKind::Rectangle, {8, 0.5f, 0, 0}), {0.5f, 0.75f, 0, 1, 1, 0, 0, 1});  // the upper half
  const auto gl = output::HeadlessGl::open();
  ASSERT_TRUE(gl.has_value());
  output::GlTarget window(output::GlTarget::Format::Colour);
  ASSERT_TRUE(window.resize(80, 40));
  output::GlRenderer renderer;
  window.bind();
  ASSERT_TRUE(renderer.draw(scene.link(), {}).has_value());
  renderer.show(0, 0, 80, 40);
  window.bind();
  std::array<std::uint8_t, 4> low{}, high{};
  glReadPixels(40, 5, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, low.data());
  glReadPixels(40, 35, 1, 1, GL_RGBA, GL_UNSIGNED_BYTE, high.data());
  EXPECT_EQ(low, (std::array<std::uint8_t, 4>{0, 0, 0, 255}));
  EXPECT_EQ(high, (std::array<std::uint8_t, 4>{255, 0, 0, 255}));
}

}  // namespace
}  // namespace oscilla
