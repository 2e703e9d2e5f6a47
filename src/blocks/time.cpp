// Time: the root of everything that moves.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using kernels::Op;

constexpr Port kTimeRootPorts[] = {
    {"periodA", PortType::Time, number(4000), "how long phaseA takes for one turn", Lanes::Setting, 0.001, 1e15},
    {"periodB", PortType::Time, number(8000), "how long phaseB takes for one turn", Lanes::Setting, 0.001, 1e15},
    {"phaseA", PortType::Phase, kAbsent, "what the rail phaseA is instead; it may be made of the other rails"},
    {"phaseB", PortType::Phase, kAbsent, "what the rail phaseB is instead"},
    {"palette", PortType::Color, kAbsent, "what the rail palette is instead"},
    {"energy", PortType::Float, kAbsent, "what the rail energy is instead"},
    {"pulse", PortType::Event, kAbsent, "what the rail pulse is instead, such as a slower beat"},
    {"tMs", PortType::Time, kAbsent, "what the rail tMs is instead, say Accumulator(time.dt / 2); dt and phases stay"},
};

constexpr Output kTimeRootOutputs[] = {
    {"tMs", PortType::Time, "model time; never goes back, never wraps"},
    {"dt", PortType::Time, "how much time has passed since the previous tick; 0 in the first"},
    {"phaseA", PortType::Phase, "one turn in periodA"},
    {"phaseB", PortType::Phase, "one turn in periodB"},
    {"palette", PortType::Color, "a full-coloured hue that goes round with phaseA"},
    {"energy", PortType::Float, "a slow swell between 0 and 1, once in periodA"},
    {"pulse", PortType::Event, "an event in every tick"},
};

void lower_time_root(Lowering& lower) {
  lower.draft.period_a_ms = lower.setting(0);
  lower.draft.period_b_ms = lower.setting(1);
  const auto phase_a = lower.build.time(ir::TimeValue::PhaseA);
  lower.out(0, lower.build.time(ir::TimeValue::TMs));
  lower.out(1, lower.build.time(ir::TimeValue::Dt));
  lower.out(2, phase_a);
  lower.out(3, lower.build.time(ir::TimeValue::PhaseB));
  const auto one = lower.number(1);
  const auto half = lower.number(0.5);
  const auto channel = [&](std::uint8_t result) { return lower.op(Op::HsvToRgb, {phase_a, one, half}, result); };
  lower.out(4, {channel(0), channel(1), channel(2), one});
  lower.out(5, lower.add(half, lower.multiply(half, lower.op(Op::SinTurns, {phase_a}))));
  lower.out(6, lower.event(lower.build.constant(1, ir::Base::Bool), one, "pulse"));
}

constexpr Row kRows[] = {
    {"TimeRoot", Category::Time, Form::Time, "Time and what follows from it. Every patch has exactly one, named time.",
     kTimeRootPorts, kTimeRootOutputs, lower_time_root},
};

}  // namespace

std::span<const Row> time_rows() { return kRows; }

}  // namespace oscilla::blocks
