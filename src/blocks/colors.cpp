// Colours: sRGB with straight alpha, every part 0..1.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

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

constexpr Row kRows[] = {
    {"HsvToRgb", Category::Color, Form::Pure, "A colour from hue, saturation and value.", kHsvPorts, kColorOutputs,
     lower_hsv},
    {"ApplyOpacity", Category::Color, Form::Pure, "A colour made more transparent.", kOpacityPorts, kColorOutputs,
     lower_opacity},
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
