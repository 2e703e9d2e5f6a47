#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "../frame/sample_frame.hpp"
#include "output/png_encode.hpp"
#include "output/svg_encode.hpp"
#include "png_read.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Raster;
using test::Scene;

std::string svg(const RenderFrame& frame, const output::RasterOptions& options = {}) {
  std::vector<std::uint8_t> bytes;
  EXPECT_TRUE(output::encode_svg(frame, options, bytes).has_value());
  return {bytes.begin(), bytes.end()};
}

TEST(Svg, TextIsAsExpected) {
  Scene scene;
  scene.frame.background = {0.04f, 0.04f, 0.07f, 1};
  scene.verbs = {PathVerb::Move, PathVerb::Line, PathVerb::Quadratic, PathVerb::Cubic, PathVerb::Close};
  scene.points = {0, 0.1f, 0.1f, 0, 0.1f, -0.1f, 0, -0.1f, -0.1f, -0.1f, -0.1f, 0, 0, 0.1f};
  const auto disc = scene.shape(ShapeKind::Ellipse, {0.01f, 0.02f, 0.5f, 0});
  const auto box = scene.shape(ShapeKind::Rectangle, {0.1f, 0.05f, 0, 0.01f});
  const auto path = scene.shape(ShapeKind::Path, {});
  scene.add(disc, {0.5f, 0.75f, 0, 1, 1, 0.5f, 0, 1});
  scene.add(box, {0.25f, 0.5f, 0, 1.5f, 0, 1, 0, 0.5f}, 0.25f, Blend::Multiply);
  scene.add(path, {0.123456f, 0, 0, 1, 0, 0, 1, 1});
  scene.add(disc, {0.5f, 0.5f, 0, 1, 1, 0, 0, 1}, 0.25f);
  scene.lanes[3].scale = {2, 0.5f};
  scene.link();
  scene.passes[0].name = "a<\"&\">";
  EXPECT_EQ(svg(scene.frame),
            R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">
<style>.multiply>use{mix-blend-mode:multiply}</style>
<defs>
<ellipse id="s0" rx="7.2" ry="14.4" transform="rotate(-28.6479)"/>
<rect id="s1" x="-36" y="-18" width="72" height="36" rx="7.2"/>
<path id="s2" d="M0 -72L72 0Q72 72 0 72C-72 72 -72 0 0 -72Z"/>
</defs>
<rect width="100%" height="100%" fill="#0a0a12"/>
<g data-pass="a&lt;&quot;&amp;&quot;>">
<use href="#s0" transform="translate(640 180)" fill="#ff8000"/>
</g>
<g data-pass="draw" class="multiply">
<use href="#s1" transform="translate(460 360) rotate(-14.3239) scale(1.5)" fill="#00ff00" fill-opacity="0.5"/>
</g>
<g data-pass="draw">
<use href="#s2" transform="translate(368.8883 720)" fill="#0000ff"/>
</g>
<g data-pass="draw">
<use href="#s0" transform="translate(640 360) rotate(-14.3239) rotate(-28.6479) scale(2 0.5) rotate(28.6479)" fill="#ff0000"/>
</g>
</svg>
)svg");
}

TEST(Svg, TransparentHasNoBackground) {
  const std::string text = svg(RenderFrame{}, {10, 20, {}, output::Ground::Transparent});
  EXPECT_EQ(text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\" viewBox=\"0 0 10 "
            "20\">\n<defs>\n</defs>\n</svg>\n");
}

/// What another renderer makes of the document must be what cairo made of the frame.
void expect_same_picture(const RenderFrame& frame, const char* what) {
  const test::TemporaryDirectory directory;
  std::ofstream(directory / "a.svg") << svg(frame);
  const std::string command = "rsvg-convert -o '" + (directory / "b.png") + "' '" + (directory / "a.svg") + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << what;
  const Raster drawn = test::draw(frame);
  const Raster read = test::read_png(directory / "b.png");
  ASSERT_EQ(read.rgba.size(), drawn.rgba.size());
  double sum = 0;
  int worst = 0;
  for (std::size_t i = 0; i < drawn.rgba.size(); ++i) {
    const int difference = std::abs(int(drawn.rgba[i]) - int(read.rgba[i]));
    sum += difference;
    worst = std::max(worst, difference);
  }
  EXPECT_LE(worst, 24) << what;
  EXPECT_LT(sum / static_cast<double>(drawn.rgba.size()), 0.4) << what;
}

bool has_rsvg() { return std::system("rsvg-convert --version > /dev/null 2>&1") == 0; }

TEST(Svg, AnotherRendererSeesTheSamePicture) {
  if (!has_rsvg()) GTEST_SKIP() << "rsvg-convert is not installed";
  expect_same_picture(test::SampleFrame(300).frame, "sample");
}

TEST(Svg, BlendModesSurvive) {
  if (!has_rsvg()) GTEST_SKIP() << "rsvg-convert is not installed";
  for (int mode = 0; mode < 8; ++mode) {
    if (static_cast<Blend>(mode) == Blend::Add) continue;  // plus-lighter: browsers know it, rsvg-convert does not
    Scene scene(200, 100);
    scene.frame.background = {0.2f, 0.4f, 0.6f, 1};
    const auto disc = scene.shape(ShapeKind::Ellipse, {0.3f, 0.3f, 0, 0});
    scene.link();
    const std::vector<InstanceCore> core = {{0.4f, 0.5f, 0, 1, 0.9f, 0.3f, 0.1f, 1},
                                            {0.6f, 0.5f, 0, 1, 0.4f, 0.7f, 0.9f, 0.7f}};
    const Batch batch{0, 2, disc};  // both in one pass: the second must blend with the first
    const Pass pass = {"draw", 0, static_cast<Blend>(mode), {2, 2, core, {}, {}, {}}, {&batch, 1}};
    scene.frame.passes = {&pass, 1};
    expect_same_picture(scene.frame, ("mode " + std::to_string(mode)).c_str());
  }
}

}  // namespace
}  // namespace oscilla
