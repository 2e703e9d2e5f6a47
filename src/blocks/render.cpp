// Sinks: what of a patch can be seen.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "blocks/categories.hpp"
#include "blocks/fills.hpp"
#include "blocks/glide_ports.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using ir::Role;
using kernels::Op;

enum InstancesPort : std::size_t {
  kPosition,
  kColor,
  kShape,
  kSize,
  kOpacity,
  kRotation,
  kZ,
  kLayer,
  kBlend,
  kScale,
  kStrokeWidth,
  kStrokeColor,
  kFill,
  kStops,
  kStopsAt,
  kGradientFrom,
  kGradientTo,
  kFillRule,
  kJoin,
  kCap,
  kDashes,
  kDashOffset,
  kTrail,
  kTrailStep,
  kFirstGlide,  // two a GlidePort, in its order
  kPositionGauge = kFirstGlide + 2 * ir::kGlidePorts,
  kColorGauge,
  kSizeGauge,
  kOpacityGauge,
  kZGauge,
  kScaleGauge,
};

/// By GlidePort; that of an angle is the angle itself, the shorter way round.
constexpr std::size_t kNoGauge = 0;
constexpr std::size_t kGaugePorts[] = {kPositionGauge, kColorGauge, kSizeGauge, kOpacityGauge,
                                       kNoGauge,       kZGauge,     kScaleGauge};

// In the order of their enumerations.
constexpr std::string_view kFillRules[] = {"nonzero", "evenodd"};
constexpr std::string_view kJoins[] = {"miter", "round", "bevel"};
constexpr std::string_view kCaps[] = {"butt", "round", "square"};

/// By GlidePort.
constexpr double kGlideTimes[] = {120, 150, 120, 80, 120, 120, 120};

constexpr Port kInstancesPorts[] = {
    {"position", PortType::Position, kRequired, "where each one is drawn; the canvas's middle is (0.5, 0.5)"},
    {"color", PortType::Color, number(1, 1, 1, 1), "its fill"},
    {"shape", PortType::Shape, kElement, "its figure; left out, the element of the instance"},
    {"size", PortType::Float, number(1), "factor on the figure's measures"},
    {"opacity", PortType::Float, number(1), "what the colour's alpha is multiplied by"},
    {"rotation", PortType::Angle, number(0), "turns each one about its position, counter-clockwise"},
    {"z", PortType::Float, number(0), "depth, towards the viewer; with a vec3 position left out"},
    {"layer", PortType::Int, number(0), "higher layers are drawn over lower ones", Lanes::Setting, -1e6, 1e6},
    {"blend", PortType::Int, number(0), "how it mixes with what is below", Lanes::Setting, 0, 7, kBlendWords},
    {"scale", PortType::Vec2, number(1, 1), "more factors, along the figure's own x and y"},
    {"strokeWidth", PortType::Float, number(0),
     "of the line round it, a measure of the figure as its radius is; 0: none"},
    {"strokeColor", PortType::Color, number(1, 1, 1, 1), "of the line; `opacity` multiplies its alpha too"},
    {"fill", PortType::Int, number(0), "solid: `color`; linear, radial: a gradient, which `color` tints",
     Lanes::Setting, 0, 3, kFillWords},
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
    {"fillRule", PortType::Int, number(0), "what is inside where an outline crosses itself or another of the figure's",
     Lanes::Setting, 0, 1, kFillRules},
    {"join", PortType::Int, number(0), "the line's corners; a mitre longer than 4 widths is bevelled", Lanes::Setting,
     0, 2, kJoins},
    {"cap", PortType::Int, number(0), "the ends of an open line, and of dashes", Lanes::Setting, 0, 2, kCaps},
    {.name = "dashes",
     .type = PortType::Float,
     .fallback = kAbsent,
     .doc = "lengths of the line's dashes and gaps in turns, measured as its width is",
     .lanes = Lanes::Signal,
     .list = true},
    {"dashOffset", PortType::Float, number(0), "how far into its dashes the line begins", Lanes::Signal},
    {"trail", PortType::Int, number(0), "how many earlier pictures of it stay below it, the older the fainter",
     Lanes::Setting, 0, 64},
    {"trailStep", PortType::Int, number(1), "how many ticks lie between them", Lanes::Setting, 1, 16},
    glide("positionGlide",
          "how long a position takes from its old course to its new one after an edit; left out 120ms"),
    policy("positionPolicy", "how it gets there"),
    glide("colorGlide", "the same of the colours; left out 150ms"),
    policy("colorPolicy", "how it gets there"),
    glide("sizeGlide", "the same of the size and of the line's width; left out 120ms"),
    policy("sizePolicy", "how it gets there"),
    glide("opacityGlide", "the same of the opacity, and of what appears or goes; left out 80ms"),
    policy("opacityPolicy", "how it gets there"),
    glide("rotationGlide", "the same of the rotation; left out 120ms"),
    policy("rotationPolicy", "how it gets there, the shorter way round"),
    glide("zGlide", "the same of the depth; left out 120ms"),
    policy("zPolicy", "how it gets there"),
    glide("scaleGlide", "the same of the scale; left out 120ms"),
    policy("scalePolicy", "how it gets there"),
    gauge("positionGauge", "what carries it: a sum, a factor, or a factor for all and a sum"),
    gauge("colorGauge", "what carries it"),
    gauge("sizeGauge", "what carries it"),
    gauge("opacityGauge", "what carries it"),
    gauge("zGauge", "what carries it"),
    gauge("scaleGauge", "what carries it"),
};

/// All earlier pictures of a sink together.
constexpr std::uint64_t kMostTrailLanes = 4'194'304;

constexpr FillPorts kFillPorts = {kFill, kStops, kStopsAt, kGradientFrom, kGradientTo};

/// The figure given, or the element of the instance; a disc where that is no figure.
Value shape_of(Lowering& lower) {
  if (lower.has(kShape)) return lower.inputs[kShape];
  const Value& element = lower.draft.instances[lower.instance.v].element;
  return element.type.payload == ir::Payload::Shape ? element : lower.disc();
}

bool is_one(Lowering& lower, ExprId x) {
  return lower.build[x].kind == ir::ExprKind::Constant && lower.build[x].value == 1;
}

/// What the sink says; a figure whose file says that it is filled by even and odd is.
FillRule rule_of(Lowering& lower, const Value& shape) {
  const auto figures = std::span(lower.draft.shapes).subspan(shape.shape.v, shape.shapes);
  const bool even_odd = std::any_of(figures.begin(), figures.end(),
                                    [](const ShapeDraft& figure) { return figure.rule == FillRule::EvenOdd; });
  return even_odd ? FillRule::EvenOdd : static_cast<FillRule>(lower.word(kFillRule));
}

ir::StyleOf<ExprId> style_of(Lowering& lower, const Value& shape) {
  ir::StyleOf<ExprId> style{.fill = fill_of(lower, kFillPorts), .rule = rule_of(lower, shape)};
  if (lower.is_zero(kStrokeWidth)) return style;
  style.join = static_cast<LineJoin>(lower.word(kJoin));
  style.cap = static_cast<LineCap>(lower.word(kCap));
  if (lower.list(kDashes).size() > kMostDashes)
    lower.problems.emplace_back(
        kDashes, fmt::format("{} dashes and gaps: at most {} are possible", lower.list(kDashes).size(), kMostDashes));
  for (const Value& dash : lower.list(kDashes)) style.dashes.push_back(dash.planes[0]);
  if (!style.dashes.empty()) style.dash_offset = lower.in(kDashOffset);
  return style;
}

SinkDraft& add_sink(Lowering& lower, const Value& shape) {
  SinkDraft& draft = lower.draft.sinks.emplace_back();
  draft.sink.id = stable_id(lower.name);
  draft.sink.name = lower.name;
  draft.sink.order_name = lower.order_name;
  draft.sink.instance = lower.instance;
  draft.sink.shape = shape.shape;
  draft.sink.shapes = shape.shapes;
  draft.sink.layer = static_cast<std::int32_t>(lower.setting(kLayer));
  draft.sink.blend = static_cast<Blend>(lower.word(kBlend));
  for (std::size_t p = 0; p < ir::kGlidePorts; ++p) {
    draft.sink.glides[p] = glide_setting(lower, kFirstGlide + 2 * p, kGlideTimes[p]);
    if (kGaugePorts[p] != kNoGauge)
      draft.sink.glides[p].gauge = static_cast<ir::GlideGauge>(lower.word(kGaugePorts[p]));
  }
  draft.sink.has_rotation = !lower.is_zero(kRotation);
  draft.sink.has_scale = !is_one(lower, lower.in(kScale, 0)) || !is_one(lower, lower.in(kScale, 1));
  draft.sink.has_stroke = !lower.is_zero(kStrokeWidth);
  draft.style = style_of(lower, shape);
  draft.sink.trail = static_cast<std::uint32_t>(lower.setting(kTrail));
  draft.sink.trail_step = static_cast<std::uint32_t>(lower.setting(kTrailStep));
  const std::uint64_t pictures = std::uint64_t{draft.sink.trail} * draft.sink.trail_step;
  const std::uint64_t lanes = lower.draft.instances[lower.instance.v].instance.lanes;
  if (pictures * lanes > kMostTrailLanes)
    lower.problems.emplace_back(kTrail, fmt::format("a trail of {} pictures of {} lanes: at most {} lanes can be kept",
                                                    pictures, lanes, kMostTrailLanes));
  return draft;
}

void lower_instances(Lowering& lower) {
  const Value& position = lower.inputs[kPosition];
  const Value& color = lower.inputs[kColor];
  const bool in_space = position.components() == 3;
  if (in_space && !lower.is_zero(kZ)) {
    lower.problems.emplace_back(kZ, "the position is a vec3 and has its own z");
  }
  const Value shape = shape_of(lower);
  SinkDraft& draft = add_sink(lower, shape);
  const auto set = [&](Role role, ExprId x) { draft.roles[static_cast<std::size_t>(role)] = x; };
  const auto faded = [&](ExprId alpha) {
    return lower.op(Op::Clamp, {lower.multiply(alpha, lower.in(kOpacity)), lower.number(0), lower.number(1)});
  };
  set(Role::X, position.planes[0]);
  set(Role::Y, position.planes[1]);
  set(Role::Z, in_space ? position.planes[2] : lower.in(kZ));
  set(Role::Size, lower.in(kSize));
  set(Role::Red, color.planes[0]);
  set(Role::Green, color.planes[1]);
  set(Role::Blue, color.planes[2]);
  set(Role::Alpha, faded(color.planes[3]));
  set(Role::Rotation, lower.radians(kRotation));
  set(Role::ScaleX, lower.in(kScale, 0));
  set(Role::ScaleY, lower.in(kScale, 1));
  if (shape.shapes > 1) set(Role::Shape, shape.planes[0]);
  if (lower.is_zero(kStrokeWidth)) return;
  const Value& stroke = lower.inputs[kStrokeColor];
  set(Role::Stroke, lower.in(kStrokeWidth));
  set(Role::StrokeRed, stroke.planes[0]);
  set(Role::StrokeGreen, stroke.planes[1]);
  set(Role::StrokeBlue, stroke.planes[2]);
  set(Role::StrokeAlpha, faded(stroke.planes[3]));
}

constexpr Row kRows[] = {
    {"RenderInstances2D",
     Category::Render,
     Form::Render,
     "Draws a figure at every position.",
     kInstancesPorts,
     {},
     lower_instances},
};

}  // namespace

std::span<const Row> render_rows() { return kRows; }

}  // namespace oscilla::blocks
