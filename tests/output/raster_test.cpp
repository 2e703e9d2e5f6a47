#include "output/raster.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "../frame/sample_frame.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Raster;
using test::draw;
using test::Pixel;
using test::pixel;
using test::Scene;

constexpr Pixel kBlack = {0, 0, 0, 255};
constexpr Pixel kRed = {255, 0, 0, 255};

/// The box of pixels that are not black: left, top, right, bottom, inclusive.
std::array<std::uint32_t, 4> extent(const Raster& raster) {
  std::array<std::uint32_t, 4> box = {raster.width, raster.height, 0, 0};
  for (std::uint32_t y = 0; y < raster.height; ++y) {
    for (std::uint32_t x = 0; x < raster.width; ++x) {
      if (pixel(raster, x, y) == kBlack) continue;
      box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x), std::max(box[3], y)};
    }
  }
  return box;
}

TEST(Rasteriser, DiscIsRoundOnAWideCanvas) {
  Scene scene;
  scene.add(scene.shape(ShapeKind::Ellipse, {0.1f, 0.1f, 0, 0}), {0.5f, 0.5f, 0, 1, 1, 0, 0, 1});
  const Raster raster = draw(scene.link());
  EXPECT_EQ(raster.width, 1280u);
  EXPECT_TRUE(raster.opaque);
  EXPECT_EQ(pixel(raster, 640, 360), kRed);
  EXPECT_EQ(pixel(raster, 0, 0), kBlack);
  const auto box = extent(raster);  // 72 pixels around the centre
  EXPECT_EQ(box, (std::array<std::uint32_t, 4>{568, 288, 711, 431}));
  double area = 0;
  for (std::size_t i = 0; i < raster.rgba.size(); i += 4) area += raster.rgba[i] / 255.0;
  EXPECT_NEAR(area, std::numbers::pi * 72 * 72, 5);
}

TEST(Rasteriser, SmallDiscsCoverTheirArea) {
  for (const float radius : {0.3f, 0.5f, 1.0f, 1.7f, 3.0f, 7.25f, 20.0f}) {
    for (const float shift : {0.0f, 0.3f, 0.5f}) {
      Scene scene(100, 100);
      scene.add(scene.shape(ShapeKind::Ellipse, {radius / 100, radius / 200, 0, 0}),
                {0.5f + shift / 100, 0.5f + shift / 70, 0, 1, 1, 0, 0, 1}, 0.4f);
      const Raster raster = draw(scene.link());
      double area = 0;
      for (std::size_t i = 0; i < raster.rgba.size(); i += 4) area += raster.rgba[i] / 255.0;
      const double expected = std::numbers::pi * radius * radius / 2;
      EXPECT_NEAR(area, expected, 0.03 * expected + 0.02) << radius << " at " << shift;
    }
  }
}

/// Ellipses are stamped, paths are cairo's: the same curve as a path must look the same.
TEST(Rasteriser, StampedEllipsesLookLikePaths) {
  constexpr float kArc = 0.5519150f;
  for (const float size : {0.8f, 2.3f, 7.2f, 31.0f, 90.0f, 400.0f}) {
    for (const float flatness : {1.0f, 0.3f}) {
      std::array<Raster, 2> rasters;
      for (const bool as_path : {false, true}) {
        Scene scene(200, 200);
        scene.frame.background = {0.2f, 0.3f, 0.4f, 1};
        const float x = size / 200;
        const float y = x * flatness;
        scene.verbs = {PathVerb::Move,  PathVerb::Cubic, PathVerb::Cubic,
                       PathVerb::Cubic, PathVerb::Cubic, PathVerb::Close};
        scene.points = {x, 0,  x,         y * kArc,  x * kArc, y, 0,  y,        -x * kArc, y, -x,        y * kArc, -x,
                        0, -x, -y * kArc, -x * kArc, -y,       0, -y, x * kArc, -y,        x, -y * kArc, x,        0};
        const auto shape = as_path ? scene.shape(ShapeKind::Path, {}) : scene.shape(ShapeKind::Ellipse, {x, y, 0, 0});
        scene.add(shape, {0.513f, 0.498f, 0, 1, 0.9f, 0.7f, 0.1f, 0.8f}, 0.7f);
        scene.add(shape, {0.02f, 0.97f, 0, 1, 0.1f, 0.7f, 0.9f, 1}, -0.4f);  // cut by the border
        rasters[as_path] = draw(scene.link());
      }
      int worst = 0;
      for (std::size_t i = 0; i < rasters[0].rgba.size(); ++i) {
        worst = std::max(worst, std::abs(int(rasters[0].rgba[i]) - int(rasters[1].rgba[i])));
      }
      EXPECT_LE(worst, 20) << size << " x " << flatness;
      if (size > 7) {
        EXPECT_EQ(pixel(rasters[0], 102, 100), pixel(rasters[1], 102, 100)) << "flat areas are equal to the bit";
      }
    }
  }
}

/// Rectangles too: turned a little and much, small, large, thin, cut by the border.
TEST(Rasteriser, StampedRectanglesLookLikePaths) {
  for (const float size : {0.6f, 2.3f, 7.2f, 31.0f, 90.0f, 400.0f}) {
    for (const float flatness : {1.0f, 0.2f}) {
      for (const float turn : {0.0f, 0.013f, 0.4f, 0.7854f, 1.5708f, 2.9f}) {
        std::array<Raster, 2> rasters;
        for (const bool as_path : {false, true}) {
          Scene scene(200, 200);
          scene.frame.background = {0.2f, 0.3f, 0.4f, 1};
          const float x = 0.5f * size / 200, y = x * flatness;
          scene.verbs = {PathVerb::Move, PathVerb::Line, PathVerb::Line, PathVerb::Line, PathVerb::Close};
          scene.points = {x, y, -x, y, -x, -y, x, -y};
          const auto shape =
              as_path ? scene.shape(ShapeKind::Path, {}) : scene.shape(ShapeKind::Rectangle, {2 * x, 2 * y, 0, 0});
          scene.add(shape, {0.513f, 0.498f, 0, 1, 0.9f, 0.7f, 0.1f, 0.8f}, turn);
          scene.add(shape, {0.02f, 0.97f, 0, 1, 0.1f, 0.7f, 0.9f, 1}, turn);  // cut by the border
          rasters[as_path] = draw(scene.link());
        }
        int worst = 0;
        for (std::size_t i = 0; i < rasters[0].rgba.size(); ++i)
          worst = std::max(worst, std::abs(int(rasters[0].rgba[i]) - int(rasters[1].rgba[i])));
        EXPECT_LE(worst, turn == 0 ? 2 : 20) << size << " x " << flatness << ", turned by " << turn;
        if (size > 7 && flatness == 1) {
          EXPECT_EQ(pixel(rasters[0], 102, 100), pixel(rasters[1], 102, 100)) << "flat areas are equal to the bit";
        }
      }
    }
  }
}

TEST(Rasteriser, RectanglesCoverTheirArea) {
  for (const float width : {0.3f, 1.7f, 7.25f, 40.0f}) {
    for (const float turn : {0.0f, 0.01f, 0.3f, 1.0f, 1.5707964f}) {
      Scene scene(100, 100);
      scene.add(scene.shape(ShapeKind::Rectangle, {width / 100, width / 300, 0, 0}), {0.503f, 0.507f, 0, 1, 1, 0, 0, 1},
                turn);
      const Raster raster = draw(scene.link());
      double area = 0;
      for (std::size_t i = 0; i < raster.rgba.size(); i += 4) area += raster.rgba[i] / 255.0;
      const double expected = double{width} * width / 3;
      EXPECT_NEAR(area, expected, 0.005 * expected + 0.01) << width << " turned by " << turn;
    }
  }
}

TEST(Rasteriser, YPointsUpAndXRight) {
  Scene scene;
  scene.add(scene.shape(ShapeKind::Ellipse, {0.02f, 0.02f, 0, 0}), {0.75f, 0.875f, 0, 1, 1, 0, 0, 1});
  const Raster raster = draw(scene.link());
  EXPECT_EQ(pixel(raster, 280 + 540, 90), kRed);
}

TEST(Rasteriser, SquareShowsWhatLiesBesideIt) {
  Scene scene;
  scene.add(scene.shape(ShapeKind::Ellipse, {0.02f, 0.02f, 0, 0}), {-0.25f, 0.5f, 0, 1, 1, 0, 0, 1});
  EXPECT_EQ(pixel(draw(scene.link()), 100, 360), kRed);
}

TEST(Rasteriser, StretchMovesPositionsAndKeepsShapes) {
  Scene scene;
  scene.frame.fit = Fit::Stretch;
  scene.add(scene.shape(ShapeKind::Ellipse, {0.05f, 0.05f, 0, 0}), {0.25f, 0.25f, 0, 1, 1, 0, 0, 1});
  EXPECT_EQ(extent(draw(scene.link())), (std::array<std::uint32_t, 4>{320 - 36, 540 - 36, 320 + 35, 540 + 35}));
}

TEST(Rasteriser, SizeFollowsThePicturesSize) {
  Scene scene;
  scene.add(scene.shape(ShapeKind::Rectangle, {0.5f, 0.25f, 0, 0}), {0.5f, 0.5f, 0, 2, 1, 0, 0, 1});
  EXPECT_EQ(extent(draw(scene.link(), {100, 200, {}, {}})), (std::array<std::uint32_t, 4>{0, 75, 99, 124}));
}

TEST(Rasteriser, RotationIsCounterClockwise) {
  for (const bool in_shape : {false, true}) {
    Scene scene(200, 200);
    const float turn = static_cast<float>(std::numbers::pi / 4);
    scene.add(scene.shape(ShapeKind::Rectangle, {0.8f, 0.05f, in_shape ? turn : 0, 0}), {0.5f, 0.5f, 0, 1, 1, 0, 0, 1},
              in_shape ? 0 : turn);
    const Raster raster = draw(scene.link());
    EXPECT_EQ(pixel(raster, 150, 49), kRed) << "up and to the right";
    EXPECT_EQ(pixel(raster, 150, 150), kBlack);
  }
}

TEST(Rasteriser, ScaleIsAlongTheFiguresOwnAxes) {
  for (const ShapeKind kind : {ShapeKind::Rectangle, ShapeKind::Ellipse}) {
    for (const bool in_shape : {false, true}) {
      Scene scene(200, 200);
      const float quarter = static_cast<float>(std::numbers::pi / 2);
      const float measure = kind == ShapeKind::Rectangle ? 0.2f : 0.1f;
      scene.add(scene.shape(kind, {measure, measure, in_shape ? quarter : 0, 0}), {0.5f, 0.5f, 0, 1, 1, 0, 0, 1},
                in_shape ? 0 : quarter);
      scene.lanes[0].scale = {2, 0.5f};
      const auto box = extent(draw(scene.link()));  // wide before the turn, tall after it
      EXPECT_NEAR(box[0], 90, 1);
      EXPECT_NEAR(box[1], 60, 1);
      EXPECT_NEAR(box[2], 109, 1);
      EXPECT_NEAR(box[3], 139, 1);
    }
  }
}

TEST(Rasteriser, RectangleHasRoundCorners) {
  Scene scene(200, 200);
  scene.add(scene.shape(ShapeKind::Rectangle, {0.5f, 0.5f, 0, 0.1f}), {0.5f, 0.5f, 0, 1, 1, 0, 0, 1});
  const Raster raster = draw(scene.link());
  EXPECT_EQ(extent(raster), (std::array<std::uint32_t, 4>{50, 50, 149, 149}));
  EXPECT_EQ(pixel(raster, 52, 52), kBlack);
  EXPECT_EQ(pixel(raster, 57, 57), kRed);
}

TEST(Rasteriser, PathFollowsItsVerbs) {
  Scene scene(200, 200);
  scene.verbs = {PathVerb::Move, PathVerb::Line, PathVerb::Line, PathVerb::Close};
  scene.points = {0, 0, 0.4f, 0, 0, 0.4f};  // right and up from the origin
  scene.add(scene.shape(ShapeKind::Path, {}), {0.5f, 0.5f, 0, 1, 1, 0, 0, 1});
  const Raster raster = draw(scene.link());
  EXPECT_EQ(pixel(raster, 110, 90), kRed);
  EXPECT_EQ(pixel(raster, 90, 90), kBlack);
  EXPECT_EQ(pixel(raster, 110, 110), kBlack);
  EXPECT_EQ(pixel(raster, 160, 40), kBlack);
}

TEST(Rasteriser, DrawsInOrderAndOnlyWhatIsVisible) {
  Scene scene(100, 100);
  scene.shape(ShapeKind::Ellipse, {0.2f, 0.2f, 0, 0});
  const std::vector<InstanceCore> core = {
      {0.5f, 0.5f, 0, 1, 1, 0, 0, 1}, {0.5f, 0.5f, 0, 1, 0, 1, 0, 1}, {0.5f, 0.5f, 0, 1, 0, 0, 1, 1}};
  const std::vector<std::uint32_t> order = {2, 0};
  const Batch batch{0, 2, 0};
  scene.link();
  const Pass pass = {"draw", 0, Blend::Normal, {3, 2, core, {}, {}, order}, {&batch, 1}};
  scene.frame.passes = {&pass, 1};
  EXPECT_EQ(pixel(draw(scene.frame), 50, 50), kRed);
}

TEST(Rasteriser, ExtremeSizesDoNoHarm) {
  Scene scene(100, 100);
  const std::uint32_t disc = scene.shape(ShapeKind::Ellipse, {0.5f, 0.5f, 0, 0});
  scene.add(disc, {0.5f, 0.5f, 0, 1e9f, 1, 0, 0, 1});
  scene.add(disc, {0.5f, 0.5f, 0, 1e-30f, 0, 1, 0, 1});
  scene.add(disc, {0.5f, 0.5f, 0, 0, 0, 1, 0, 1});
  scene.add(disc, {3e38f, -3e38f, 0, 1, 0, 1, 0, 1});
  const Raster raster = draw(scene.link());
  EXPECT_EQ(pixel(raster, 50, 50), kRed);
  EXPECT_EQ(pixel(raster, 0, 99), kRed);
}

TEST(Rasteriser, ABrokenPassIsMarkedAndTheRestIsDrawn) {
  Scene scene(100, 100);
  scene.add(scene.shape(ShapeKind::Ellipse, {0.05f, 0.05f, 0, 0}), {0.1f, 0.9f, 0, 1, 0, 1, 0, 1});
  scene.add(0, {0.9f, 0.1f, 0, 1, 1, 0, 0, 1});
  scene.link();
  scene.lanes[0].core.x = std::nanf("");
  scene.passes[0].name = "first";
  const Raster raster = draw(scene.frame);
  ASSERT_EQ(raster.report.broken.size(), 1u);
  EXPECT_EQ(raster.report.broken[0], "first: lane 0 is not finite");
  EXPECT_EQ(pixel(raster, 90, 90), kRed);
  EXPECT_EQ(pixel(raster, 50, 50), (Pixel{255, 0, 255, 255}));  // the middle of the mark
  EXPECT_EQ(pixel(raster, 10, 10), kBlack);
  scene.frame.t_ms = std::nan("");
  output::Rasteriser rasteriser;
  Raster none;
  EXPECT_EQ(rasteriser.draw(scene.frame, {}, none).error(), "cannot draw the frame: time is not finite");
}

TEST(Rasteriser, CountsWhatItDraws) {
  Scene scene(100, 100);
  const std::uint32_t disc = scene.shape(ShapeKind::Ellipse, {0.1f, 0.1f, 0, 0});
  scene.add(disc, {0.5f, 0.5f, 0, 1, 1, 0, 0, 1});
  scene.add(disc, {1.05f, 0.5f, 0, 1, 1, 0, 0, 1});  // partly outside
  scene.add(disc, {1.2f, 0.5f, 0, 1, 1, 0, 0, 1});   // outside
  scene.add(disc, {0.5f, -9.0f, 0, 1, 1, 0, 0, 1});  // far outside
  scene.add(disc, {0.5f, 0.5f, 0, 0, 1, 0, 0, 1});   // no size
  scene.add(disc, {0.5f, 0.5f, 0, 1, 1, 0, 0, 0});   // no colour
  const Raster raster = draw(scene.link());
  EXPECT_EQ(raster.report.drawn, 2u);
  EXPECT_EQ(raster.report.outside, 2u);
  EXPECT_EQ(raster.report.unseen, 2u);
}

TEST(Rasteriser, LinesReachBeyondTheFigureAndDashesOfNothingEnd) {
  Scene scene(100, 100);
  scene.add(scene.shape(ShapeKind::Rectangle, {0.2f, 0.2f, 0, 0}), {1.2f, 0.5f, 0, 1e3f, 1, 0, 0, 0});
  scene.link();
  const std::vector<float> stroke = {0.001f, 1, 0, 0, 1};
  const std::vector<float> dashes = {1e-30f, 1e-30f};
  scene.passes[0].instances.stroke = stroke;
  scene.passes[0].style.dashes = dashes;  // more than anybody can draw: a whole line
  scene.lanes[0].core.x = 100.5f;         // its left edge is in the picture
  const Raster raster = draw(scene.frame);
  EXPECT_EQ(raster.report.drawn, 1u);
  EXPECT_EQ(pixel(raster, 50, 50), kRed);
  EXPECT_EQ(pixel(raster, 99, 50), kRed);
}

TEST(Rasteriser, RefusesImpossibleSizes) {
  output::Rasteriser rasteriser;
  Raster raster;
  const auto outcome = rasteriser.draw(RenderFrame{}, {40000, 10, {}, {}}, raster);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error(), "a picture of 40000x10 pixels is not possible: each side must be 1 to 32767");
}

TEST(Rasteriser, GroundDecidesAboutAlpha) {
  Scene scene(20, 20);
  scene.frame.background = {1, 0.5f, 0, 0.5f};
  scene.link();
  EXPECT_EQ(pixel(draw(scene.frame), 5, 5), (Pixel{255, 128, 0, 128}));
  EXPECT_EQ(pixel(draw(scene.frame, {0, 0, {}, output::Ground::Opaque}), 5, 5), (Pixel{128, 64, 0, 255}));
  EXPECT_EQ(pixel(draw(scene.frame, {0, 0, {}, output::Ground::Transparent}), 5, 5), (Pixel{0, 0, 0, 0}));
  const std::array<float, 4> white = {1, 1, 1, 1};
  EXPECT_EQ(pixel(draw(scene.frame, {0, 0, white, {}}), 5, 5), (Pixel{255, 255, 255, 255}));
}

TEST(Rasteriser, AlphaIsStraight) {
  Scene scene(20, 20);
  scene.add(scene.shape(ShapeKind::Rectangle, {2, 2, 0, 0}), {0.5f, 0.5f, 0, 1, 0.8f, 0.4f, 0.2f, 0.5f});
  const Raster raster = draw(scene.link(), {0, 0, {}, output::Ground::Transparent});
  EXPECT_FALSE(raster.opaque);
  const Pixel found = pixel(raster, 10, 10);
  const Pixel expected = {204, 102, 51, 128};
  for (int i = 0; i < 4; ++i) EXPECT_NEAR(found[i], expected[i], 1);
}

TEST(Unpremultiply, IsTheExactQuotient) {
  for (std::uint32_t a = 0; a < 256; ++a) {
    std::vector<std::uint32_t> row(a + 1);
    for (std::uint32_t c = 0; c <= a; ++c) row[c] = a << 24 | c << 16 | (a - c) << 8 | c;
    Raster raster;
    output::unpremultiply(reinterpret_cast<const std::uint8_t*>(row.data()), 4 * row.size(), a + 1, 1, raster);
    EXPECT_EQ(raster.opaque, a == 255);
    for (std::uint32_t c = 0; c <= a; ++c) {
      const auto exact = [a](std::uint32_t v) {
        return a == 0 ? 0 : static_cast<int>(std::floor(255.0 * v / a + 0.5));
      };
      EXPECT_EQ(pixel(raster, c, 0), (Pixel{exact(c), exact(a - c), exact(c), static_cast<int>(a)}));
    }
  }
}

/// W3C Compositing and Blending Level 1, section 9.1, on values 0..1.
double blended(Blend blend, double b, double s) {
  switch (blend) {
    case Blend::Normal: return s;
    case Blend::Multiply: return b * s;
    case Blend::Screen: return b + s - b * s;
    case Blend::Overlay: return b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s);
    case Blend::Darken: return std::min(b, s);
    case Blend::Lighten: return std::max(b, s);
    case Blend::Difference: return std::abs(b - s);
    case Blend::Add: return 0;
  }
  return 0;
}

/// The whole formula for flat areas: straight backdrop and source in, straight result out.
std::array<double, 4> composed(Blend blend, const std::array<float, 4>& b, const std::array<float, 4>& s) {
  const double ab = b[3];
  const double as = s[3];
  const double alpha = blend == Blend::Add ? std::min(1.0, as + ab) : as + ab - as * ab;
  std::array<double, 4> result = {0, 0, 0, alpha};
  for (int i = 0; i < 3; ++i) {
    const double mixed = (1 - ab) * s[i] + ab * blended(blend, b[i], s[i]);
    const double premultiplied =
        blend == Blend::Add ? std::min(1.0, as * s[i] + ab * b[i]) : as * mixed + (1 - as) * ab * b[i];
    result[i] = alpha > 0 ? premultiplied / alpha : 0;
  }
  return result;
}

TEST(Rasteriser, BlendModesAreTheWebs) {
  const std::vector<std::array<float, 4>> backdrops = {{0.2f, 0.6f, 1, 1}, {0.4f, 0.8f, 0, 0.6f}};
  const std::vector<std::array<float, 4>> sources = {{0.8f, 0.4f, 0.2f, 1}, {1, 0.2f, 0.6f, 0.4f}};
  for (int mode = 0; mode < 8; ++mode) {
    for (const auto& b : backdrops) {
      for (const auto& s : sources) {
        Scene scene(20, 20);
        scene.frame.background = b;
        scene.add(scene.shape(ShapeKind::Rectangle, {2, 2, 0, 0}), {0.5f, 0.5f, 0, 1, s[0], s[1], s[2], s[3]}, 0,
                  static_cast<Blend>(mode));
        const Pixel found = pixel(draw(scene.link()), 10, 10);
        const auto expected = composed(static_cast<Blend>(mode), b, s);
        for (int i = 0; i < 4; ++i) {
          EXPECT_NEAR(found[i], expected[i] * 255, b[3] == 1 ? 1.01 : 2.5) << "mode " << mode << " channel " << i;
        }
      }
    }
  }
}

}  // namespace
}  // namespace oscilla
