// Signals: waves and chance, of one value or lane by lane.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr std::string_view kWaves[] = {"sine", "saw", "square", "triangle"};

constexpr Port kOscillatorPorts[] = {
    {"phase", PortType::Phase, kPhaseA, "where in its turn the wave is"},
    {"mode", PortType::Int, number(0), "its form", Lanes::Setting, 0, 3, kWaves},
};

constexpr Output kWaveOutputs[] = {{"out", PortType::Float, "the wave, between -1 and 1"}};

void lower_oscillator(Lowering& lower) {
  constexpr Op kOps[] = {Op::OscSin, Op::Sawtooth, Op::Square, Op::Triangle};
  lower.out(0, lower.op(kOps[lower.word(1)], {lower.in(0)}));
}

constexpr Port kHashPorts[] = {
    {"value", PortType::T, kRequired, "the same value gives the same number"},
    {"seed", PortType::Float, kAbsent, "another seed, other numbers"},
};

constexpr Output kRandomOutputs[] = {{"out", PortType::Float, "a number in [0, 1) that looks random"}};

void lower_hash(Lowering& lower) {
  std::vector<ExprId> keys{lower.salt_key()};
  for (std::uint8_t i = 0; i < lower.inputs[0].components(); ++i) keys.push_back(lower.in(0, i));
  if (lower.has(1)) keys.push_back(lower.in(1));
  lower.out(0, lower.random(keys));
}

constexpr Port kNoisePorts[] = {{"x", PortType::Place, kRequired, "a place on a line, in a plane or in space"}};

constexpr Output kNoiseOutputs[] = {{"out", PortType::Float, "smooth noise between -1 and 1, one hill or dale a unit"}};

void lower_noise(Lowering& lower) { lower_noise_of(lower, lower.random_bits({lower.salt_key()})); }

constexpr std::string_view kReductions[] = {"sum", "average", "min", "max"};

constexpr Port kReducePorts[] = {
    {"field", PortType::T, kRequired, "the lanes that become one value", Lanes::Field},
    {"mode", PortType::Int, number(0), "how", Lanes::Setting, 0, 3, kReductions},
};

constexpr Output kReduceOutputs[] = {{"out", PortType::T, "one value, in 64 bits; components each on their own"}};

/// What is the same in every lane needs no pass over the lanes.
void lower_reduce(Lowering& lower) {
  constexpr ir::Reduction kModes[] = {ir::Reduction::Sum, ir::Reduction::Average, ir::Reduction::Minimum,
                                      ir::Reduction::Maximum};
  const ir::Reduction mode = kModes[lower.word(1)];
  for (std::uint8_t c = 0; c < lower.inputs[0].components(); ++c) {
    const ExprId plane = lower.in(0, c);
    ExprId& result = lower.outputs[0].planes[c];
    if (lower.build[plane].cardinality == ir::Cardinality::Many)
      result = lower.build.reduce(mode, plane);
    else
      result = mode == ir::Reduction::Sum ? lower.multiply(plane, lower.count()) : plane;
  }
}

constexpr Row kRows[] = {
    {"Oscillator", Category::Signal, Form::Pure, "A wave that repeats with a phase.", kOscillatorPorts, kWaveOutputs,
     lower_oscillator},
    {"Hash", Category::Signal, Form::Pure,
     "Chance that can be repeated; every Hash has its own, while hash(x) is the same everywhere.", kHashPorts,
     kRandomOutputs, lower_hash},
    {"Noise", Category::Signal, Form::Pure,
     "Smooth gradient noise; every Noise has its own, while noise(x) is the same everywhere.", kNoisePorts,
     kNoiseOutputs, lower_noise},
    {"Reduce", Category::Signal, Form::Reduce, "All lanes of a field as one value, in the same tick.", kReducePorts,
     kReduceOutputs, lower_reduce},
};

}  // namespace

void lower_noise_of(Lowering& lower, ExprId bits) {
  const auto& at = lower.inputs[0].planes;
  switch (lower.inputs[0].components()) {
    case 1: return lower.out(0, lower.op(Op::Noise1, {bits, at[0]}));
    case 2: return lower.out(0, lower.op(Op::Noise2, {bits, at[0], at[1]}));
    default: return lower.out(0, lower.op(Op::Noise3, {bits, at[0], at[1], at[2]}));
  }
}

std::span<const Row> signal_rows() { return kRows; }

}  // namespace oscilla::blocks
