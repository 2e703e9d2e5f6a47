// Looking up: a number becomes another one along a curve, or a colour along a gradient.
#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr std::string_view kModes[] = {"linear", "smooth", "step"};
enum Mode : std::size_t { kLinear, kSmooth, kStep };

constexpr std::string_view kModeDoc = "how it goes from one to the next: evenly, with rests, or at once";

/// How much of the way from `low` to `high` x has gone: 0 before, 1 behind. Where the two meet it is a step.
ExprId share(Lowering& lower, Mode mode, ExprId low, ExprId high, ExprId x) {
  if (mode == kStep) return lower.op(Op::Step, {high, x});
  if (mode == kSmooth) return lower.op(Op::Smoothstep, {low, high, x});
  const ExprId width = lower.op(Op::Max, {lower.subtract(high, low), lower.number(1e-6)});
  return lower.op(Op::Clamp, {lower.divide(lower.subtract(x, low), width), lower.number(0), lower.number(1)});
}

/// Whether constant places descend, which no curve can follow.
bool descends(Lowering& lower, ExprId before, ExprId after) {
  const ir::Expr& a = lower.build[before];
  const ir::Expr& b = lower.build[after];
  return a.kind == ir::ExprKind::Constant && b.kind == ir::ExprKind::Constant && b.value < a.value;
}

constexpr Port kCurvePorts[] = {
    {"x", PortType::Float, kRequired, "what is looked up"},
    {.name = "points",
     .type = PortType::Vec2,
     .fallback = kRequired,
     .doc = "[(x, y), ...], ascending in x; before the first and behind the last it is level",
     .list = true},
    {"mode", PortType::Int, number(0), kModeDoc, Lanes::Setting, 0, 2, kModes},
};
constexpr Output kCurveOutputs[] = {{"out", PortType::Float, "the curve at x"}};

void lower_curve(Lowering& lower) {
  const std::span<const Value> points = lower.list(1);
  if (points.empty()) {
    lower.problems.emplace_back(1, "a curve needs a point");
    return lower.out(0, lower.number(0));
  }
  ExprId y = points[0].planes[1];
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (descends(lower, points[i - 1].planes[0], points[i].planes[0])) {
      lower.problems.emplace_back(1, fmt::format("point {} of the curve lies left of the one before", i + 1));
      break;
    }
    const ExprId part =
        share(lower, static_cast<Mode>(lower.word(2)), points[i - 1].planes[0], points[i].planes[0], lower.in(0));
    y = lower.op(Op::Mix, {y, points[i].planes[1], part});
  }
  lower.out(0, y);
}

constexpr Port kGradientPorts[] = {
    {"t", PortType::Float, kRequired, "0 the first colour, 1 the last"},
    {.name = "stops",
     .type = PortType::Color,
     .fallback = kRequired,
     .doc = "the colours, in their order",
     .list = true},
    {.name = "at",
     .type = PortType::Float,
     .fallback = kAbsent,
     .doc = "where each colour stands (in step mode: begins), ascending; left out, at equal distances",
     .list = true},
    {"mode", PortType::Int, number(0), kModeDoc, Lanes::Setting, 0, 2, kModes},
};
constexpr Output kColorOutputs[] = {{"color", PortType::Color, "the colour at t"}};

void lower_gradient(Lowering& lower) {
  const std::span<const Value> stops = lower.list(1);
  const std::span<const Value> places = lower.list(2);
  if (stops.empty() || (!places.empty() && places.size() != stops.size())) {
    if (stops.empty())
      lower.problems.emplace_back(1, "a gradient needs a colour");
    else
      lower.problems.emplace_back(
          2, fmt::format("{} places for {} colours: every colour needs one", places.size(), stops.size()));
    return lower.out(0, {lower.number(0), lower.number(0), lower.number(0), lower.number(0)});
  }
  const auto place = [&](std::size_t i) {
    if (!places.empty()) return places[i].planes[0];
    const std::size_t spaces = lower.word(3) == kStep ? stops.size() : stops.size() - 1;
    return lower.number(static_cast<double>(i) / static_cast<double>(spaces));
  };
  Value color = stops[0];
  for (std::size_t i = 1; i < stops.size(); ++i) {
    if (descends(lower, place(i - 1), place(i))) {
      lower.problems.emplace_back(2, fmt::format("place {} of the gradient lies before the one before", i + 1));
      break;
    }
    const ExprId part = share(lower, static_cast<Mode>(lower.word(3)), place(i - 1), place(i), lower.in(0));
    for (std::size_t c = 0; c < 4; ++c)
      color.planes[c] = lower.op(Op::Mix, {color.planes[c], stops[i].planes[c], part});
  }
  lower.out(0, color);
}

constexpr Row kRows[] = {
    {"Curve", Category::Signal, Form::Pure, "A number along a curve through points.", kCurvePorts, kCurveOutputs,
     lower_curve},
    {"Gradient", Category::Color, Form::Pure, "A colour along a row of colours.", kGradientPorts, kColorOutputs,
     lower_gradient},
};

}  // namespace

std::span<const Row> curve_rows() { return kRows; }

}  // namespace oscilla::blocks
