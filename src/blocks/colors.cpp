// Colours: sRGB with straight alpha, every part 0..1.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Output kColorOutputs[] = {{"color", PortType::Color, "the colour"}};

constexpr Port kHsvPorts[] = {
    {"hue", PortType::Float, kRequired, "once round the circle in a turn of 1: 0 red, 1/3 green, 2/3 blue"},
    {"saturation", PortType::Float, number(1), "0 grey, 1 full"},
    {"value", PortType::Float, number(1), "0 black, 1 bright"},
    {"alpha", PortType::Float, number(1), "0 clear, 1 solid"},
};

constexpr Port kOpacityPorts[] = {
    {"color", PortType::Color, kRequired, "the colour"},
    {"opacity", PortType::Norm, number(1), "what its alpha is multiplied by"},
};

void lower_opacity(Lowering& lower) {
  const auto& color = lower.inputs[0].planes;
  lower.out(0, {color[0], color[1], color[2], lower.multiply(color[3], lower.in(1))});
}

constexpr Port kLfoPorts[] = {
    {"phase", PortType::Phase, kPhaseA, "where in its turn the hue is"},
    {"hue", PortType::Float, number(0), "where the hue starts, in turns"},
    {"saturation", PortType::Float, number(1), "0 grey, 1 full"},
    {"value", PortType::Float, number(1), "0 black, 1 bright"},
    {"alpha", PortType::Float, number(1), "0 clear, 1 solid"},
};

void lower_lfo(Lowering& lower) {
  const ExprId hue = lower.add(lower.in(0), lower.in(1));
  const auto channel = [&](std::uint8_t result) {
    return lower.op(Op::HsvToRgb, {hue, lower.in(2), lower.in(3)}, result);
  };
  lower.out(0, {channel(0), channel(1), channel(2), lower.in(4)});
}

constexpr Port kColorPorts[] = {{"color", PortType::Color, kRequired, "the colour"}};
constexpr Output kHsvOutputs[] = {
    {"hue", PortType::Float, "in turns: 0 red, 1/3 green, 2/3 blue; of a grey 0"},
    {"saturation", PortType::Float, "0 grey, 1 full"},
    {"value", PortType::Float, "0 black, 1 bright"},
    {"alpha", PortType::Float, "0 clear, 1 solid"},
};

/// The hexcone model (Smith 1978). A grey's width of 0 never divides.
void lower_rgb_to_hsv(Lowering& lower) {
  const ExprId r = lower.in(0, 0);
  const ExprId g = lower.in(0, 1);
  const ExprId b = lower.in(0, 2);
  const ExprId zero = lower.number(0);
  const ExprId most = lower.op(Op::Max, {lower.op(Op::Max, {r, g}), b});
  const ExprId width = lower.subtract(most, lower.op(Op::Min, {lower.op(Op::Min, {r, g}), b}));
  const auto quotient = [&](ExprId x, ExprId y) {
    const ExprId safe = lower.choose(lower.op(Op::Equal, {y, zero}), lower.number(1), y);
    return lower.divide(x, safe);
  };
  const auto sector = [&](ExprId from, ExprId to, double middle) {
    return lower.add(quotient(lower.subtract(from, to), width), lower.number(middle));
  };
  const ExprId rest = lower.choose(lower.op(Op::Equal, {most, g}), sector(b, r, 2), sector(r, g, 4));
  const ExprId hue = lower.choose(lower.op(Op::Equal, {most, r}), sector(g, b, 0), rest);
  lower.out(0, lower.op(Op::Wrap, {lower.divide(hue, lower.number(6))}));
  lower.out(1, quotient(width, most));
  lower.out(2, most);
  lower.out(3, lower.in(0, 3));
}

constexpr Row kRows[] = {
    {"HsvToRgb", Category::Color, Form::Pure, "A colour from hue, saturation and value.", kHsvPorts, kColorOutputs,
     lower_hsv},
    {"ApplyOpacity", Category::Color, Form::Pure, "A colour made more transparent.", kOpacityPorts, kColorOutputs,
     lower_opacity},
    {"ColorLFO", Category::Color, Form::Pure, "A colour whose hue goes round with a phase.", kLfoPorts, kColorOutputs,
     lower_lfo},
    {"RgbToHsv", Category::Color, Form::Pure, "Hue, saturation and value of a colour.", kColorPorts, kHsvOutputs,
     lower_rgb_to_hsv},
};

}  // namespace

void lower_hsv(Lowering& lower) {
  const auto channel = [&](std::uint8_t result) {
    return lower.op(kernels::Op::HsvToRgb, {lower.in(0), lower.in(1), lower.in(2)}, result);
  };
  lower.out(0, {channel(0), channel(1), channel(2), lower.in(3)});
}

std::span<const Row> color_rows() { return kRows; }

}  // namespace oscilla::blocks
