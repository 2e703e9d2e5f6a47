#include "output/capabilities.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

namespace oscilla::output {
namespace {

constexpr std::array<FeatureName, kFeatures> kNames{{
    {"ellipses", "a shape"},
    {"rectangles", "a shape"},
    {"round corners", "a rectangle with a corner radius"},
    {"paths", "a shape"},
    {"scale along a figure's axes", "`instances.scale`"},
    {"linear gradients", "`style.fill`"},
    {"radial gradients", "`style.fill`"},
    {"even-odd fills", "`style.rule`"},
    {"lines", "`instances.stroke`"},
    {"dashes", "`style.dashes`"},
    {"blend `multiply`", "`pass.blend`"},
    {"blend `screen`", "`pass.blend`"},
    {"blend `add`", "`pass.blend`"},
    {"blend `overlay`", "`pass.blend`"},
    {"blend `darken`", "`pass.blend`"},
    {"blend `lighten`", "`pass.blend`"},
    {"blend `difference`", "`pass.blend`"},
    {"weights of trails", "`pass.weight`"},
    {"blends of layers", "`layers`"},
    {"opacity of layers", "`layers`"},
    {"clips of layers", "`layers`"},
    {"gradients behind the picture", "`background_fill`"},
    {"a stretched canvas", "`fit`"},
    {"transparency", "`--transparent`"},
}};

constexpr std::array<Capabilities, 8> kMakers{{
    {.name = "cairo"},
    {.name = "gl"},
    {.name = "svg"},
    {.name = "png", .draws = false},
    {.name = "raw", .draws = false},
    {.name = "webm", .draws = false},
    {.name = "gif", .draws = false},
    {.name = "mp4", .draws = false, .lacks = {Feature::Transparency}, .instead = "webm, gif and png sequences have"},
}};

void add_fill(FeatureSet& features, const Fill& fill) {
  if (fill.paint == Paint::Linear) features.add(Feature::LinearGradients);
  if (fill.paint == Paint::Radial) features.add(Feature::RadialGradients);
}

void add_shape(FeatureSet& features, const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::Ellipse: return features.add(Feature::Ellipses);
    case ShapeKind::Path: return features.add(Feature::Paths);
    case ShapeKind::Rectangle: break;
  }
  features.add(Feature::Rectangles);
  if (shape.parameters[3] > 0) features.add(Feature::RoundCorners);
}

void add_blend(FeatureSet& features, Blend blend) {
  constexpr unsigned kFirst = static_cast<unsigned>(Feature::Multiply);
  if (blend != Blend::Normal) features.add(static_cast<Feature>(kFirst + static_cast<unsigned>(blend) - 1));
}

void add_layer(FeatureSet& features, const Layer& layer) {
  if (layer.blend != Blend::Normal) features.add(Feature::LayerBlends);
  add_blend(features, layer.blend);
  if (layer.opacity != 1) features.add(Feature::LayerOpacity);
  if (layer.clip != kNoShape) features.add(Feature::LayerClips);
}

/// What no pass asks for.
FeatureSet features_around(const RenderFrame& frame) {
  FeatureSet features;
  for (const Layer& layer : frame.layers) {
    add_layer(features, layer);
    if (layer.clip < frame.shapes.size()) add_shape(features, frame.shapes[layer.clip]);
  }
  if (frame.background_fill.paint == Paint::Linear || frame.background_fill.paint == Paint::Radial)
    features.add(Feature::BackgroundGradients);
  add_fill(features, frame.background_fill);
  if (frame.fit == Fit::Stretch) features.add(Feature::Stretch);
  return features;
}

/// Nothing for formats that are no pictures.
std::optional<Maker> maker_of(Format format) {
  switch (format) {
    case Format::Null:
    case Format::Digest: break;
    case Format::Raw: return Maker::Raw;
    case Format::Svg: return Maker::Svg;
    case Format::Png: return Maker::Png;
    case Format::Mp4: return Maker::Mp4;
    case Format::Webm: return Maker::Webm;
    case Format::Gif: return Maker::Gif;
  }
  return std::nullopt;
}

}  // namespace

std::span<const FeatureName> feature_names() { return kNames; }
std::span<const Capabilities> makers() { return kMakers; }
const Capabilities& capabilities_of(Maker maker) { return kMakers[static_cast<std::size_t>(maker)]; }

FeatureSet features_of(const RenderFrame& frame, const Pass& pass) {
  FeatureSet features;
  for (const Batch& batch : pass.batches)
    if (batch.shape < frame.shapes.size()) add_shape(features, frame.shapes[batch.shape]);
  if (!pass.instances.scale.empty()) features.add(Feature::OwnAxes);
  add_fill(features, pass.style.fill);
  if (pass.style.rule == FillRule::EvenOdd) features.add(Feature::EvenOdd);
  if (!pass.instances.stroke.empty()) {
    features.add(Feature::Lines);
    if (!pass.style.dashes.empty()) features.add(Feature::Dashes);
  }
  add_blend(features, pass.blend);
  if (pass.weight != 1) features.add(Feature::Weights);
  return features;
}

FeatureSet features_of(const RenderFrame& frame) {
  FeatureSet features = features_around(frame);
  for (const Pass& pass : frame.passes) features.add(features_of(frame, pass));
  return features;
}

std::optional<std::string> lacking(const Capabilities& maker, FeatureSet asked, std::string_view who) {
  const FeatureSet missing = maker.lacks & asked;
  if (missing.is_empty()) return std::nullopt;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kFeatures; ++i)
    if (missing.has(static_cast<Feature>(i))) names.push_back(kNames[i].name);
  return fmt::format("{} has no {}, which {} asks for{}{}", maker.name, fmt::join(names, ", no "), who,
                     maker.instead.empty() ? "" : "; ", maker.instead);
}

std::optional<std::string> lacking(const Capabilities& maker, const RenderFrame& frame) {
  if (maker.lacks.is_empty()) return std::nullopt;
  if (auto found = lacking(maker, features_around(frame), "the picture")) return found;
  for (const Pass& pass : frame.passes)
    if (auto found = lacking(maker, features_of(frame, pass), fmt::format("`{}`", pass.name))) return found;
  return std::nullopt;
}

std::optional<std::string> transparency_problem(Format format) {
  const auto maker = maker_of(format);
  if (!maker) return std::nullopt;
  return lacking(capabilities_of(*maker), {Feature::Transparency}, "--transparent");
}

}  // namespace oscilla::output
