// What holds for the whole picture or a layer of it: the background, and layers as sheets of their own.
#include <algorithm>

#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/fills.hpp"
#include "blocks/glide_ports.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

/// In the order of kFillWords.
constexpr Paint kPaints[] = {Paint::Solid, Paint::None, Paint::Linear, Paint::Radial};

/// Whether constant places descend.
bool descends(Lowering& lower, ExprId before, ExprId after) {
  const ir::Expr& a = lower.build[before];
  const ir::Expr& b = lower.build[after];
  return a.kind == ir::ExprKind::Constant && b.kind == ir::ExprKind::Constant && b.value < a.value;
}

void add_stops(Lowering& lower, const FillPorts& ports, ir::FillOf<ExprId>& fill) {
  const std::span<const Value> colors = lower.list(ports.stops);
  const std::span<const Value> places = lower.list(ports.at);
  if (colors.empty()) lower.problems.emplace_back(ports.stops, "a gradient needs a colour");
  if (!places.empty() && places.size() != colors.size()) {
    lower.problems.emplace_back(
        ports.at, fmt::format("{} places for {} colours: every colour needs one", places.size(), colors.size()));
    return;
  }
  const double last = std::max<double>(1, static_cast<double>(colors.size()) - 1);
  for (std::size_t i = 0; i < colors.size(); ++i) {
    const ExprId at = places.empty() ? lower.number(static_cast<double>(i) / last) : places[i].planes[0];
    if (i > 0 && descends(lower, fill.stops.back().at, at))
      lower.problems.emplace_back(ports.at, fmt::format("place {} of the gradient lies before the one before", i + 1));
    fill.stops.push_back({at, colors[i].planes});
  }
}

}  // namespace

ir::FillOf<ExprId> fill_of(Lowering& lower, const FillPorts& ports) {
  ir::FillOf<ExprId> fill{.paint = kPaints[lower.word(ports.fill)]};
  if (fill.paint != Paint::Linear && fill.paint != Paint::Radial) return fill;
  const bool radial = fill.paint == Paint::Radial;
  add_stops(lower, ports, fill);
  const auto point = [&](std::size_t port, double x, double y) {
    if (!lower.has(port)) return std::array{lower.number(x), lower.number(y)};
    return std::array{lower.in(port, 0), lower.in(port, 1)};
  };
  const auto from = point(ports.from, 0, radial ? 0 : -1);
  const auto to = point(ports.to, radial ? 1 : 0, radial ? 0 : 1);
  fill.place = {from[0], from[1], to[0], to[1]};
  if (radial) {
    fill.place[2] = lower.op(Op::Hypot, {lower.subtract(to[0], from[0]), lower.subtract(to[1], from[1])});
    fill.place[3] = lower.number(0);
  }
  return fill;
}

namespace {

enum BackgroundPort : std::size_t { kColor, kFill, kStops, kStopsAt, kFrom, kTo, kColorGlide };

constexpr Port kBackgroundPorts[] = {
    {"color", PortType::Color, number(0, 0, 0, 1), "what is under everything", Lanes::Signal},
    {"fill", PortType::Int, number(0), "solid: `color`; linear, radial: a gradient over the canvas", Lanes::Setting, 0,
     3, kFillWords},
    {.name = "stops",
     .type = PortType::Color,
     .fallback = kAbsent,
     .doc = "the gradient's colours, in their order",
     .lanes = Lanes::Signal,
     .list = true},
    {.name = "stopsAt",
     .type = PortType::Float,
     .fallback = kAbsent,
     .doc = "where each colour stands, 0 to 1, ascending; left out, at equal distances",
     .lanes = Lanes::Signal,
     .list = true},
    {"gradientFrom", PortType::Vec2, kAbsent, kGradientFromDoc, Lanes::Signal},
    {"gradientTo", PortType::Vec2, kAbsent, kGradientToDoc, Lanes::Signal},
    glide("colorGlide",
          "how long its colours take from their old course to their new one after an edit; left out 150ms"),
    policy("colorPolicy", "how they get there"),
};

void lower_background(Lowering& lower) {
  if (lower.draft.background) lower.problems.emplace_back(kColor, "there is another Background already");
  lower.draft.background = {lower.inputs[kColor].planes, fill_of(lower, {kFill, kStops, kStopsAt, kFrom, kTo}),
                            glide_setting(lower, kColorGlide, 150), std::string(lower.name)};
}

enum LayerPort : std::size_t {
  kNumber,
  kBlend,
  kOpacity,
  kClip,
  kClipPosition,
  kClipSize,
  kClipRotation,
  kOpacityGlide
};

constexpr Port kLayerPorts[] = {
    {"layer", PortType::Int, number(0), "which one: everything whose `layer` is this number", Lanes::Setting, -1e6,
     1e6},
    {"blend", PortType::Int, number(0), "how it mixes, as a whole, with what is below", Lanes::Setting, 0, 7,
     kBlendWords},
    {"opacity", PortType::Norm, number(1), "of the whole: what overlaps within it does not show through",
     Lanes::Signal},
    {"clip", PortType::Shape, kAbsent, "a figure: only what lies inside it is seen", Lanes::Signal},
    {"clipPosition", PortType::Vec2, number(0.5, 0.5), "where the figure stands on the screen, whatever the camera",
     Lanes::Signal},
    {"clipSize", PortType::Float, number(1), "factor on its measures", Lanes::Signal},
    {"clipRotation", PortType::Angle, number(0), "turns it, counter-clockwise", Lanes::Signal},
    glide("opacityGlide",
          "how long its opacity and its clip take from their old course to their new one after an edit; left out 80ms"),
    policy("opacityPolicy", "how they get there"),
};

void lower_layer(Lowering& lower) {
  ir::LayerOf<ExprId> layer{.layer = static_cast<std::int32_t>(lower.setting(kNumber)),
                            .blend = static_cast<Blend>(lower.word(kBlend)),
                            .opacity = lower.in(kOpacity),
                            .glide = glide_setting(lower, kOpacityGlide, 80)};
  const auto& layers = lower.draft.layers;
  if (std::any_of(layers.begin(), layers.end(), [&](const auto& other) { return other.layer == layer.layer; }))
    lower.problems.emplace_back(kNumber, fmt::format("there is another Layer for layer {} already", layer.layer));
  if (lower.has(kClip)) {
    layer.clip = lower.inputs[kClip].shape;
    layer.place = {lower.in(kClipPosition, 0), lower.in(kClipPosition, 1), lower.in(kClipSize),
                   lower.radians(kClipRotation)};
    if (lower.inputs[kClip].shapes > 1)
      lower.problems.emplace_back(kClip, "a clip is one figure, this is a choice of several");
  }
  lower.draft.layers.push_back(layer);
}

constexpr Row kRows[] = {
    {"Background",
     Category::Render,
     Form::Picture,
     "What is under everything, instead of the canvas's background; a patch has one at most.",
     kBackgroundPorts,
     {},
     lower_background},
    {"Layer",
     Category::Render,
     Form::Picture,
     "Paints all sinks of one layer on a sheet of its own, which is cut out, faded and blended as a whole.",
     kLayerPorts,
     {},
     lower_layer},
};

}  // namespace

std::span<const Row> picture_rows() { return kRows; }

}  // namespace oscilla::blocks
