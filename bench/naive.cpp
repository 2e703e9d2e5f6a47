#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "contenders.hpp"
#include "kernels/ops.hpp"

namespace oscilla::bench {
namespace {

using kernels::Op;
using Values = std::vector<float>;

template <class Operation, class... Arguments>
Values map(std::size_t lanes, Operation operation, Arguments... arguments) {
  Values out(lanes);
  for (std::size_t i = 0; i < lanes; ++i) out[i] = operation(arguments[i]...);
  return out;
}

float turns_to_radians(float x) { return x * 2 * std::numbers::pi_v<float>; }

/// There is no libm for these: the engine's own scalar form.
template <Op op, class... Args>
float scalar(Args... args) {
  using F = kernels::Floats<kernels::Isa::Scalar>;
  return kernels::evaluate(kernels::Is<op>(), F(args)...).v;
}

/// The textbook's form (Smith 1978): six cases of the hue.
std::array<float, 3> rgb_of(float hue, float saturation, float value) {
  const float h = (hue - std::floor(hue)) * 6;
  const int sextant = static_cast<int>(h);
  const float f = h - static_cast<float>(sextant);
  const float p = value * (1 - saturation), q = value * (1 - saturation * f), t = value * (1 - saturation * (1 - f));
  switch (sextant % 6) {
    case 0: return {value, t, p};
    case 1: return {q, value, p};
    case 2: return {p, value, t};
    case 3: return {p, q, value};
    case 4: return {t, p, value};
    default: return {value, p, q};
  }
}

Values lane_numbers(std::size_t lanes) {
  Values out(lanes);
  for (std::size_t i = 0; i < lanes; ++i) out[i] = static_cast<float>(i);
  return out;
}

}  // namespace

Naive::Naive(const Stage& stage) : stage_(stage) {
  for (const std::uint32_t bits : stage.uniforms) uniforms_.push_back(std::bit_cast<float>(bits));
  for (const AlignedBuffer<float>& plane : stage.planes_before)
    memory_.emplace_back(plane.data(), plane.data() + stage.scene.lanes());
}

Naive::Argument Naive::argument(const ir::Operand& operand) const {
  switch (operand.source) {
    case ir::Source::Value: return {values_[operand.index].data(), 1};
    case ir::Source::Uniform: return {&uniforms_[stage_.scene.operands().uniform(operand)], 0};
    default: return {memory_[stage_.scene.operands().memory(operand)].data(), 1};
  }
}

void Naive::run(const ir::FieldInstr& instr) {
  const std::size_t lanes = stage_.scene.lanes();
  std::array<Argument, kernels::kMaximumArity> a{};
  for (std::size_t i = 0; i < instr.arity; ++i) a[i] = argument(instr.args[i]);
  Values& out = values_[instr.first_result.v];
  switch (instr.op) {
    case Op::Index: out = lane_numbers(lanes); return;
    case Op::Add: out = map(lanes, [](float x, float y) { return x + y; }, a[0], a[1]); return;
    case Op::Subtract: out = map(lanes, [](float x, float y) { return x - y; }, a[0], a[1]); return;
    case Op::Multiply: out = map(lanes, [](float x, float y) { return x * y; }, a[0], a[1]); return;
    case Op::Divide: out = map(lanes, [](float x, float y) { return y == 0 ? 0 : x / y; }, a[0], a[1]); return;
    case Op::Sqrt: out = map(lanes, [](float x) { return std::sqrt(x); }, a[0]); return;
    case Op::SinTurns: out = map(lanes, [](float x) { return std::sin(turns_to_radians(x)); }, a[0]); return;
    case Op::SinCos:
      out = map(lanes, [](float x) { return std::sin(x); }, a[0]);
      values_[instr.first_result.v + 1] = map(lanes, [](float x) { return std::cos(x); }, a[0]);
      return;
    case Op::HashMix: out = map(lanes, [](float x, float y) { return scalar<Op::HashMix>(x, y); }, a[0], a[1]); return;
    case Op::HashUnit: out = map(lanes, [](float x) { return scalar<Op::HashUnit>(x); }, a[0]); return;
    case Op::HsvToRgb:
      for (std::uint32_t k = 0; k < 3; ++k) values_[instr.first_result.v + k] = Values(lanes);
      for (std::size_t i = 0; i < lanes; ++i) {
        const std::array<float, 3> rgb = rgb_of(a[0][i], a[1][i], a[2][i]);
        for (std::uint32_t k = 0; k < 3; ++k) values_[instr.first_result.v + k][i] = rgb[k];
      }
      return;
    default: fail(fmt::format("the naive port has no {}", kernels::row_of(instr.op).name));
  }
}

/// The fields of a frame, each operation by itself.
void Naive::evaluate(bool guarded) {
  values_.assign(stage_.scene.field().values, {});
  for (const ir::FieldInstr& instr : stage_.scene.field().body) run(instr);
  for (const ir::Store& store : stage_.scene.field().stores) {
    const Argument value = argument(store.value);
    Values stored = map(stage_.scene.lanes(), [](float x) { return x; }, value);
    if (guarded)
      stored = map(stored.size(), [](float x) { return std::isfinite(x) ? x : 0; }, Argument{stored.data(), 1});
    if (store.kind == ir::StoreKind::Target) targets_[store.part] = std::move(stored);
  }
}

void Naive::frame(bool guarded) {
  evaluate(guarded);
  const std::size_t lanes = stage_.scene.lanes();
  core_ = std::vector<InstanceCore>(lanes);
  order_ = {};
  for (std::size_t i = 0; i < lanes; ++i) {
    const float depth = (100 - targets_[2][i]) / 200;
    core_[i] = {targets_[0][i], targets_[1][i], depth,          targets_[3][i],
                targets_[4][i], targets_[5][i], targets_[6][i], targets_[7][i]};
    if (depth >= 0 && depth <= 1) order_.push_back(static_cast<std::uint32_t>(i));
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return core_[a].depth > core_[b].depth; });
}

}  // namespace oscilla::bench
