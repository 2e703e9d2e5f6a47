// The table of what makers of pictures can do: features are found in frames, what lacks is said, what is claimed is
// drawn, and docs/frames.md shows the table (written with OSCILLA_UPDATE=1, else compared).
#include "output/capabilities.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "output/backend.hpp"
#include "output/gl_context.hpp"
#include "output/gl_rasteriser.hpp"
#include "output/svg_encode.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Feature;
using output::Maker;
using test::Scene;

/// A figure over a bar, with a feature or as it is without.
class Asked {
 public:
  Asked(Feature feature, bool with) : with_(with) {
    scene_.frame.background = {0.2f, 0.3f, 0.5f, 1};
    const std::uint32_t bar = scene_.shape(ShapeKind::Rectangle, {0.4f, 1.2f, 0, 0});
    scene_.add(bar, {0.3f, 0.5f, 0, 1, 0.2f, 0.7f, 0.3f, 1});
    const std::uint32_t figure = add_figure(feature);
    const std::uint32_t small = scene_.shape(ShapeKind::Ellipse, {0.2f, 0.1f, 0, 0});
    scene_.add(figure, {0.4f, 0.5f, 0, 1, 0.9f, 0.4f, 0.6f, 0.8f});
    if (with && feature == Feature::OwnAxes) scene_.lanes[1].scale = {1.4f, 0.6f};
    scene_.link();
    set_style(feature, scene_.passes[1]);
    set_layer(feature, small);
    if (with && feature == Feature::BackgroundGradients) scene_.frame.background_fill = gradient(Paint::Linear);
    if (with && feature == Feature::Stretch) scene_.frame.fit = Fit::Stretch;
    EXPECT_EQ(frame::validate(scene_.frame), std::nullopt);
  }
  const RenderFrame& frame() const { return scene_.frame; }

 private:
  std::uint32_t add_figure(Feature feature) {
    if (feature == Feature::EvenOdd || (with_ && feature == Feature::Paths)) {
      using enum PathVerb;
      scene_.verbs = {Move, Line, Line, Line, Close, Move, Line, Line, Line, Close};
      for (const float side : {0.3f, 0.15f})
        scene_.points.insert(scene_.points.end(), {-side, -side, side, -side, side, side, -side, side});
      return scene_.shape(ShapeKind::Path, {0, 0, 0, 0});
    }
    if (feature == Feature::RoundCorners || (feature == Feature::Rectangles) == with_)
      return scene_.shape(ShapeKind::Rectangle,
                          {0.6f, 0.4f, 0, with_ && feature == Feature::RoundCorners ? 0.15f : 0.0f});
    return scene_.shape(ShapeKind::Ellipse, {0.3f, 0.2f, 0, 0});
  }
  Fill gradient(Paint paint) {
    stops_ = {{0, {1, 1, 1, 1}}, {1, {0, 0, 0, 1}}};
    return {paint, {-1, 0, 1, 0}, stops_};
  }
  void set_style(Feature feature, Pass& pass) {
    if (feature == Feature::Dashes || (with_ && feature == Feature::Lines)) {
      stroke_ = {0.08f, 1, 1, 0, 1};
      pass.instances.stroke = stroke_;
    }
    if (!with_) return;
    if (feature == Feature::LinearGradients) pass.style.fill = gradient(Paint::Linear);
    if (feature == Feature::RadialGradients) pass.style.fill = gradient(Paint::Radial);
    if (feature == Feature::EvenOdd) pass.style.rule = FillRule::EvenOdd;
    if (feature == Feature::Weights) pass.weight = 0.3f;
    if (feature == Feature::Dashes) pass.style.dashes = dashes_;
    if (feature >= Feature::Multiply && feature <= Feature::Difference)
      pass.blend = static_cast<Blend>(1 + static_cast<int>(feature) - static_cast<int>(Feature::Multiply));
  }
  void set_layer(Feature feature, std::uint32_t clip) {
    if (feature < Feature::LayerBlends || feature > Feature::LayerClips) return;
    scene_.passes[1].layer = 1;
    layers_ = {Layer{.layer = 1}};
    if (with_ && feature == Feature::LayerBlends) layers_[0].blend = Blend::Difference;
    if (with_ && feature == Feature::LayerOpacity) layers_[0].opacity = 0.3f;
    if (with_ && feature == Feature::LayerClips) {
      layers_[0].clip = clip;
      layers_[0].place = {0.4f, 0.5f, 1, 0};
    }
    scene_.frame.layers = layers_;
  }

  bool with_;
  Scene scene_{64, 48};
  std::vector<GradientStop> stops_;
  std::vector<float> stroke_;
  std::vector<float> dashes_{0.06f, 0.06f};
  std::vector<Layer> layers_;
};

std::vector<Feature> of_frames() {
  std::vector<Feature> features;
  for (std::size_t i = 0; i < output::kFeatures; ++i)
    if (static_cast<Feature>(i) != Feature::Transparency) features.push_back(static_cast<Feature>(i));
  return features;
}

std::string name_of(Feature feature) {
  return std::string(output::feature_names()[static_cast<std::size_t>(feature)].name);
}

TEST(Capabilities, FeaturesAreFoundInFrames) {
  for (const Feature feature : of_frames()) {
    EXPECT_TRUE(output::features_of(Asked(feature, true).frame()).has(feature)) << name_of(feature);
    const bool always = feature == Feature::Rectangles;  // of the bar
    EXPECT_EQ(output::features_of(Asked(feature, false).frame()).has(feature), always) << name_of(feature);
  }
}

/// What a maker claims shows in its picture.
TEST(Capabilities, WhatIsClaimedIsDrawn) {
  const bool has_gl = output::HeadlessGl::open().has_value();
  output::GlRasteriser gl;
  const auto picture_of = [&](Maker maker, const RenderFrame& frame) {
    output::Raster raster;
    if (maker == Maker::Cairo) return test::draw(frame).rgba;
    std::vector<std::uint8_t> bytes;
    const auto drawn = maker == Maker::Gl ? gl.draw(frame, {}, raster) : output::encode_svg(frame, {}, bytes);
    EXPECT_TRUE(drawn.has_value()) << drawn.error();
    return maker == Maker::Gl ? raster.rgba : bytes;
  };
  for (const Maker maker : {Maker::Cairo, Maker::Gl, Maker::Svg}) {
    if (maker == Maker::Gl && !has_gl) continue;
    for (const Feature feature : of_frames()) {
      if (output::capabilities_of(maker).lacks.has(feature)) continue;
      EXPECT_NE(picture_of(maker, Asked(feature, true).frame()), picture_of(maker, Asked(feature, false).frame()))
          << output::capabilities_of(maker).name << " draws nothing for " << name_of(feature);
    }
  }
}

TEST(Capabilities, WhatLacksIsSaid) {
  const output::Capabilities plotter{.name = "plotter", .lacks = {Feature::Dashes, Feature::LayerClips}};
  EXPECT_EQ(output::lacking(plotter, Asked(Feature::Dashes, true).frame()),
            "plotter has no dashes, which `draw` asks for");
  EXPECT_EQ(output::lacking(plotter, Asked(Feature::LayerClips, true).frame()),
            "plotter has no clips of layers, which the picture asks for");
  EXPECT_EQ(output::lacking(plotter, Asked(Feature::Lines, true).frame()), std::nullopt);
  EXPECT_EQ(output::lacking({.name = "pen", .lacks = {Feature::Ellipses, Feature::Add}, .instead = "take cairo"},
                            {Feature::Add, Feature::Ellipses, Feature::Screen}, "it"),
            "pen has no ellipses, no blend `add`, which it asks for; take cairo");
}

TEST(Capabilities, TransparencyIsAFormats) {
  EXPECT_EQ(output::transparency_problem(output::Format::Mp4),
            "mp4 has no transparency, which --transparent asks for; webm, gif and png sequences have");
  for (const auto format : {output::Format::Png, output::Format::Svg, output::Format::Webm, output::Format::Gif,
                            output::Format::Raw, output::Format::Digest})
    EXPECT_EQ(output::transparency_problem(format), std::nullopt);
}

TEST(Capabilities, BackendsAreTheFirstMakers) {
  for (std::size_t i = 0; i < std::size(output::kBackends); ++i)
    EXPECT_EQ(output::kBackends[i], output::makers()[i].name);
}

std::string make_table() {
  std::string head = "| feature | asked for by |", line = "|---|---|", rows;
  for (const output::Capabilities& maker : output::makers())
    head += " " + std::string(maker.name) + " |", line += "---|";
  for (std::size_t i = 0; i < output::kFeatures; ++i) {
    const output::FeatureName& feature = output::feature_names()[i];
    rows += "| " + std::string(feature.name) + " | " + std::string(feature.what) + " |";
    for (const output::Capabilities& maker : output::makers()) {
      const bool pixels = !maker.draws && static_cast<Feature>(i) != Feature::Transparency;
      rows += pixels ? " |" : maker.lacks.has(static_cast<Feature>(i)) ? " **no** |" : " yes |";
    }
    rows += "\n";
  }
  return head + "\n" + line + "\n" + rows;
}

TEST(Capabilities, ThePageShowsTheTable) {
  const std::string path = OSCILLA_SOURCE_DIR "/docs/frames.md";
  std::string page = test::contents(path);
  const std::size_t begin = page.find("| feature |");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page.find("\n\n", begin) + 1;
  if (std::getenv("OSCILLA_UPDATE") != nullptr) {
    page.replace(begin, end - begin, make_table());
    std::ofstream(path, std::ios::binary) << page;
  } else {
    EXPECT_EQ(page.substr(begin, end - begin), make_table());
  }
}

}  // namespace
}  // namespace oscilla
