// Noise in layers, and the flow that it makes: what clouds, drifts and currents are drawn with.
#include <cmath>
#include <vector>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;
using Point = std::vector<ExprId>;

constexpr std::string_view kNoiseForms[] = {"smooth", "ridged", "billow"};
enum NoiseForm : std::size_t { kSmooth, kRidged, kBillow };

constexpr Port kOctavesPort{
    "octaves", PortType::Int, number(4), "how many layers, each finer and weaker", Lanes::Setting, 1, 8};

enum NoisePort : std::size_t { kPosition, kScale, kOctaves, kLacunarity, kGain, kEvolve, kForm };

constexpr Port kNoisePorts[] = {
    {"position", PortType::Place, kRequired, "a place on a line, in a plane or in space"},
    {"scale", PortType::Float, number(3), "hills and dales per unit of the first layer"},
    kOctavesPort,
    {"lacunarity", PortType::Float, number(2), "how much finer each layer is than the one before"},
    {"gain", PortType::Float, number(0.5), "how strong each layer is beside the one before"},
    {"evolve", PortType::Float, kAbsent, "moves the noise on in place; a unit is one hill or dale"},
    {"form", PortType::Int, number(0), "smooth hills, ridged crests or billow clouds", Lanes::Setting, 0, 2,
     kNoiseForms},
};
constexpr Output kNoiseOutputs[] = {{"out", PortType::Float, "about -1 to 1"}};

/// Noise of 1, 2 or 3 coordinates.
ExprId noise_at(Lowering& lower, ExprId bits, const Point& at) {
  switch (at.size()) {
    case 1: return lower.op(Op::Noise1, {bits, at[0]});
    case 2: return lower.op(Op::Noise2, {bits, at[0], at[1]});
    default: return lower.op(Op::Noise3, {bits, at[0], at[1], at[2]});
  }
}

/// One layer, in -1..1.
ExprId formed(Lowering& lower, NoiseForm form, ExprId noise) {
  if (form == kSmooth) return noise;
  const ExprId twice = lower.multiply(lower.number(2), lower.op(Op::Abs, {noise}));
  return form == kRidged ? lower.subtract(lower.number(1), twice) : lower.subtract(twice, lower.number(1));
}

/// Layers of noise, fractional Brownian motion (Mandelbrot and Van Ness): sum of gain^k noise(lacunarity^k p), divided
/// by the sum of the weights. Every layer has hills of its own.
ExprId layered(Lowering& lower, Point at, std::size_t octaves, ExprId lacunarity, ExprId gain, NoiseForm form) {
  ExprId weight = lower.number(1);
  ExprId weights = weight;
  ExprId sum;
  for (std::size_t k = 0; k < octaves; ++k) {
    const ExprId bits = lower.random_bits({lower.salt_key(), lower.number(static_cast<double>(k))});
    const ExprId layer = formed(lower, form, noise_at(lower, bits, at));
    sum = k == 0 ? layer : lower.add(sum, lower.multiply(layer, weight));
    if (k + 1 == octaves) break;
    for (ExprId& x : at) x = lower.multiply(x, lacunarity);
    weight = lower.multiply(weight, gain);
    weights = lower.add(weights, lower.op(Op::Abs, {weight}));
  }
  return lower.divide(sum, weights);
}

/// The components of the position, scaled, and `evolve` as one more.
Point noise_space(Lowering& lower, std::size_t scale, std::size_t evolve) {
  Point at;
  for (std::uint8_t c = 0; c < lower.inputs[kPosition].components(); ++c)
    at.push_back(lower.multiply(lower.in(kPosition, c), lower.in(scale)));
  if (lower.has(evolve)) at.push_back(lower.in(evolve));
  return at;
}

void lower_noise_field(Lowering& lower) {
  const Point at = noise_space(lower, kScale, kEvolve);
  if (at.size() > 3) {
    lower.problems.emplace_back(kEvolve, "noise in space has no room for `evolve`: move its z instead");
    return lower.out(0, lower.number(0));
  }
  lower.out(0, layered(lower, at, static_cast<std::size_t>(lower.setting(kOctaves)), lower.in(kLacunarity),
                       lower.in(kGain), static_cast<NoiseForm>(lower.word(kForm))));
}

enum CurlPort : std::size_t { kCurlPosition, kCurlScale, kCurlOctaves, kCurlEvolve };

constexpr Port kCurlPorts[] = {
    {"position", PortType::Vec2, kRequired, "a place"},
    {"scale", PortType::Float, number(3), "eddies per unit"},
    {"octaves", PortType::Int, number(1), "how many layers, each half as large and half as strong", Lanes::Setting, 1,
     8},
    {"evolve", PortType::Float, number(0), "moves the eddies on in place; a unit is about one life"},
};
constexpr Output kCurlOutputs[] = {{"flow", PortType::Vec2, "which way and how fast it goes there: about 1 at most"}};

/// The curl of a noise (Bridson, Hourihan, Nordenstam 2007): (d/dy, -d/dx) of a potential by central differences, so
/// that nothing piles up. `kStep` in eddies: small beside one, large beside rounding.
void lower_curl(Lowering& lower) {
  constexpr double kStep = 1.0 / 64;
  const Point middle = noise_space(lower, kCurlScale, kCurlEvolve);
  const auto slope = [&](std::size_t axis) {
    const auto beside = [&](double way) {
      Point at = middle;
      at[axis] = lower.add(at[axis], lower.number(way));
      return layered(lower, at, static_cast<std::size_t>(lower.setting(kCurlOctaves)), lower.number(2),
                     lower.number(0.5), kSmooth);
    };
    return lower.multiply(lower.subtract(beside(kStep), beside(-kStep)), lower.number(0.25 / kStep));
  };
  lower.out(0, {slope(1), lower.op(Op::Negate, {slope(0)})});
}

constexpr Row kRows[] = {
    {"NoiseField", Category::Field, Form::Pure, "Noise in layers, from hills down to grain: clouds, terrain, marble.",
     kNoisePorts, kNoiseOutputs, lower_noise_field},
    {"CurlNoise", Category::Field, Form::Pure,
     "A flow with eddies that never piles up: what is carried along by it stays evenly spread.", kCurlPorts,
     kCurlOutputs, lower_curl},
};

}  // namespace

std::span<const Row> noise_rows() { return kRows; }

}  // namespace oscilla::blocks
