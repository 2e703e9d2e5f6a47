// Functions that are more than one op of the op table, or that take words: pure, per element, without identity.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

// -- Values from parts

constexpr Output kVec2Outputs[] = {{"out", PortType::Vec2, "the vector"}};
constexpr Output kVec3Outputs[] = {{"out", PortType::Vec3, "the vector"}};
constexpr Output kColorOutputs[] = {{"out", PortType::Color, "the colour"}};

constexpr Port kVec2Ports[] = {
    {"x", PortType::Float, kRequired, "to the right"},
    {"y", PortType::Float, kRequired, "up"},
};
constexpr Port kVec3Ports[] = {
    {"x", PortType::Float, kRequired, "to the right"},
    {"y", PortType::Float, kRequired, "up"},
    {"z", PortType::Float, kRequired, "towards the viewer"},
};
constexpr Port kVec3OfVec2Ports[] = {
    {"xy", PortType::Vec2, kRequired, "the first two"},
    {"z", PortType::Float, kRequired, "towards the viewer"},
};
constexpr Port kRgbPorts[] = {
    {"r", PortType::Float, kRequired, "red, 0..1"},
    {"g", PortType::Float, kRequired, "green, 0..1"},
    {"b", PortType::Float, kRequired, "blue, 0..1"},
    {"a", PortType::Float, number(1), "0 clear, 1 solid"},
};
constexpr Port kHsvPorts[] = {
    {"h", PortType::Float, kRequired, "hue, once round the circle in a turn of 1"},
    {"s", PortType::Float, number(1), "saturation: 0 grey, 1 full"},
    {"v", PortType::Float, number(1), "value: 0 black, 1 bright"},
    {"a", PortType::Float, number(1), "0 clear, 1 solid"},
};

void lower_vec2(Lowering& lower) { lower.out(0, {lower.in(0), lower.in(1)}); }
void lower_vec3(Lowering& lower) { lower.out(0, {lower.in(0), lower.in(1), lower.in(2)}); }
void lower_vec3_of_vec2(Lowering& lower) { lower.out(0, {lower.in(0, 0), lower.in(0, 1), lower.in(1)}); }
void lower_rgb(Lowering& lower) { lower.out(0, {lower.in(0), lower.in(1), lower.in(2), lower.in(3)}); }

// -- Chance

constexpr Port kNoisePorts[] = {{"x", PortType::Place, kRequired, "a place on a line, in a plane or in space"}};
constexpr Output kNoiseOutputs[] = {{"out", PortType::Float, "smooth, between -1 and 1"}};

void lower_noise(Lowering& lower) { lower_noise_of(lower, lower.random_bits({})); }

constexpr Port kHashPorts[] = {
    {"value", PortType::T, kRequired, "the same value gives the same number"},
    {"a", PortType::Float, kAbsent, "one more number that counts"},
    {"b", PortType::Float, kAbsent, "one more number that counts"},
};
constexpr Output kHashOutputs[] = {{"out", PortType::Float, "in [0, 1)"}};

void lower_hash(Lowering& lower) {
  std::vector<ExprId> keys;
  for (std::uint8_t i = 0; i < lower.inputs[0].components(); ++i) keys.push_back(lower.in(0, i));
  for (const std::size_t port : {1, 2}) {
    if (lower.has(port)) keys.push_back(lower.in(port));
  }
  lower.out(0, lower.random(keys));
}

// -- Easing

constexpr std::string_view kOpNames[] = {
#define OSCILLA_OP(id, name, ...) name,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};
constexpr std::size_t kFirstEasing = static_cast<std::size_t>(Op::EaseInQuad);
constexpr std::size_t kEasings = static_cast<std::size_t>(Op::EaseInOutBounce) + 1 - kFirstEasing;

constexpr Port kEasePorts[] = {
    {"x", PortType::Float, kRequired, "clamped to 0..1"},
    {"curve", PortType::Int, number(0), "how the way is gone", Lanes::Setting, 0, kEasings - 1.0,
     std::span(kOpNames).subspan(kFirstEasing, kEasings)},
};
constexpr Output kEaseOutputs[] = {{"out", PortType::Float, "from 0 to 1"}};

void lower_ease(Lowering& lower) {
  lower.out(0, lower.op(static_cast<Op>(kFirstEasing + lower.word(1)), {lower.in(0)}));
}

// -- Geometry

constexpr Output kNumberOutputs[] = {{"out", PortType::Float, "a number"}};
constexpr Output kDirectionOutputs[] = {{"out", PortType::T, "the direction, of length 1", true}};

constexpr Port kVectorPorts[] = {{"v", PortType::T, kRequired, "a vector"}};
constexpr Port kTwoVectorsPorts[] = {
    {"a", PortType::T, kRequired, "a vector"},
    {"b", PortType::T, kRequired, "another"},
};

using Planes = std::span<const ExprId>;

ExprId dot(Lowering& lower, Planes a, Planes b) {
  ExprId sum = lower.multiply(a[0], b[0]);
  for (std::size_t i = 1; i < a.size(); ++i) sum = lower.add(sum, lower.multiply(a[i], b[i]));
  return sum;
}

ExprId length(Lowering& lower, Planes v) {
  if (v.size() == 1) return lower.op(Op::Abs, {v[0]});
  if (v.size() == 2) return lower.op(Op::Hypot, {v[0], v[1]});
  return lower.op(Op::Sqrt, {dot(lower, v, v)});
}

Planes planes_of(const Value& value) { return std::span(value.planes).first(value.components()); }

/// Input `port` with as many components as the longer one of the two inputs.
Value of_two(Lowering& lower, std::size_t port) {
  Value value = lower.inputs[lower.inputs[0].components() < lower.inputs[1].components() ? 1 : 0];
  for (std::uint8_t i = 0; i < value.components(); ++i) value.planes[i] = lower.in(port, i);
  return value;
}

void lower_length(Lowering& lower) { lower.out(0, length(lower, planes_of(lower.inputs[0]))); }

void lower_distance(Lowering& lower) {
  Value way = of_two(lower, 0);
  for (std::uint8_t i = 0; i < way.components(); ++i) way.planes[i] = lower.subtract(way.planes[i], lower.in(1, i));
  lower.out(0, length(lower, planes_of(way)));
}

void lower_dot(Lowering& lower) { lower.out(0, dot(lower, planes_of(of_two(lower, 0)), planes_of(of_two(lower, 1)))); }

// x / 0 is 0 and is reported: a vector without length has no direction.
void lower_normalize(Lowering& lower) {
  Value direction = lower.inputs[0];
  const ExprId size = length(lower, planes_of(direction));
  for (std::uint8_t i = 0; i < direction.components(); ++i) {
    direction.planes[i] = lower.divide(direction.planes[i], size);
  }
  lower.out(0, direction);
}

constexpr Port kCrossPorts[] = {
    {"a", PortType::Vec3, kRequired, "a vector"},
    {"b", PortType::Vec3, kRequired, "another"},
};

void lower_cross(Lowering& lower) {
  const auto part = [&](std::size_t i, std::size_t k) {
    return lower.subtract(lower.multiply(lower.in(0, i), lower.in(1, k)),
                          lower.multiply(lower.in(0, k), lower.in(1, i)));
  };
  lower.out(0, {part(1, 2), part(2, 0), part(0, 1)});
}

constexpr Port kRotatePorts[] = {
    {"v", PortType::Vec2, kRequired, "a vector"},
    {"angle", PortType::Angle, kRequired, "how far, counter-clockwise"},
};

void lower_rotate(Lowering& lower) {
  const ExprId cosine = lower.cosine(1);
  const ExprId sine = lower.sine(1);
  lower.out(0, {lower.subtract(lower.multiply(lower.in(0, 0), cosine), lower.multiply(lower.in(0, 1), sine)),
                lower.add(lower.multiply(lower.in(0, 0), sine), lower.multiply(lower.in(0, 1), cosine))});
}

// -- Ranges and colours

constexpr Port kRemapPorts[] = {
    {"x", PortType::Float, kRequired, "not clamped"},
    {"inLow", PortType::Float, kRequired, "what becomes outLow"},
    {"inHigh", PortType::Float, kRequired, "what becomes outHigh"},
    {"outLow", PortType::Float, number(0), "where the new range begins"},
    {"outHigh", PortType::Float, number(1), "where the new range ends"},
};

/// A range without width has one number: it becomes outLow.
void lower_remap(Lowering& lower) {
  const ExprId width = lower.subtract(lower.in(2), lower.in(1));
  const ExprId none = lower.op(Op::Equal, {width, lower.number(0)});
  const ExprId way = lower.choose(none, lower.number(0), lower.subtract(lower.in(0), lower.in(1)));
  const ExprId share = lower.divide(way, lower.choose(none, lower.number(1), width));
  lower.out(0, lower.op(Op::Mix, {lower.in(3), lower.in(4), share}));
}

constexpr Port kColorPorts[] = {{"color", PortType::Color, kRequired, "a colour"}};

void lower_luminance(Lowering& lower) {
  ExprId sum = lower.multiply(lower.in(0, 0), lower.number(0.2126));
  sum = lower.add(sum, lower.multiply(lower.in(0, 1), lower.number(0.7152)));
  lower.out(0, lower.add(sum, lower.multiply(lower.in(0, 2), lower.number(0.0722))));
}

constexpr Row kRows[] = {
    {"vec2", Category::Function, Form::Pure, "A vector of two numbers.", kVec2Ports, kVec2Outputs, lower_vec2},
    {"vec3", Category::Function, Form::Pure, "A vector of three numbers.", kVec3Ports, kVec3Outputs, lower_vec3},
    {"vec3", Category::Function, Form::Pure, "A vector of two numbers and a third.", kVec3OfVec2Ports, kVec3Outputs,
     lower_vec3_of_vec2},
    {"rgb", Category::Function, Form::Pure, "A colour from red, green and blue.", kRgbPorts, kColorOutputs, lower_rgb},
    {"hsv", Category::Function, Form::Pure, "A colour from hue, saturation and value.", kHsvPorts, kColorOutputs,
     lower_hsv},
    {"noise", Category::Function, Form::Pure, "Smooth gradient noise, 0 at whole numbers of a line.", kNoisePorts,
     kNoiseOutputs, lower_noise},
    {"hash", Category::Function, Form::Pure,
     "Chance that can be repeated: looks random, depends on its arguments only.", kHashPorts, kHashOutputs, lower_hash},
    {"ease", Category::Function, Form::Pure, "The way from 0 to 1 with a beginning and an end of its own.", kEasePorts,
     kEaseOutputs, lower_ease},
    {"length", Category::Function, Form::Pure, "How long a vector is.", kVectorPorts, kNumberOutputs, lower_length},
    {"distance", Category::Function, Form::Pure, "How far apart two points are.", kTwoVectorsPorts, kNumberOutputs,
     lower_distance},
    {"dot", Category::Function, Form::Pure, "The dot product: how far two vectors point the same way.",
     kTwoVectorsPorts, kNumberOutputs, lower_dot},
    {"normalize", Category::Function, Form::Pure, "A vector's direction; of a vector without length 0, and reported.",
     kVectorPorts, kDirectionOutputs, lower_normalize, false, true},
    {"cross", Category::Function, Form::Pure, "The cross product: a vector upright on both.", kCrossPorts, kVec3Outputs,
     lower_cross},
    {"rotate", Category::Function, Form::Pure, "A vector turned about the origin.", kRotatePorts, kVec2Outputs,
     lower_rotate},
    {"remap", Category::Function, Form::Pure, "A number of one range as the number that stands there in another.",
     kRemapPorts, kNumberOutputs, lower_remap},
    {"luminance", Category::Function, Form::Pure, "How bright a colour looks, 0 to 1 (the luma of Rec. 709).",
     kColorPorts, kNumberOutputs, lower_luminance},
};

}  // namespace

std::span<const Row> function_rows() { return kRows; }

}  // namespace oscilla::blocks
