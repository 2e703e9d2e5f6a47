// State: blocks that remember one value, of a signal or lane by lane, from tick to tick.
#include <numbers>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Port kDelayPorts[] = {
    {"in", PortType::AnyValue, kRequired, "what comes out in the next tick"},
    {"initial", PortType::AnyValue, number(0), "what comes out in the first", Lanes::Setting},
};
constexpr Output kDelayOutputs[] = {{"out", PortType::AnyValue, "the input of the previous tick"}};

void lower_unit_delay(Lowering& lower) {
  Value next = lower.state;
  for (std::uint8_t i = 0; i < next.components(); ++i) next.planes[i] = lower.in(0, i);
  lower.out(0, next);
}

constexpr std::string_view kTargetDoc = "where the output goes";
constexpr std::string_view kSmoothingDoc = "in this time it goes 63 % of the way; 0 or less: at once";
constexpr std::string_view kInitialDoc = "where it starts";

constexpr Port kLagPorts[] = {
    {"target", PortType::T, kRequired, kTargetDoc},
    {"time", PortType::Time, number(120), kSmoothingDoc},
    {"initial", PortType::T, number(0), kInitialDoc, Lanes::Setting},
};
constexpr Port kSlewPorts[] = {
    {"target", PortType::T, kRequired, kTargetDoc},
    {"time", PortType::Time, number(80), kSmoothingDoc},
    {"initial", PortType::T, number(0), kInitialDoc, Lanes::Setting},
};
constexpr Output kLagOutputs[] = {{"out", PortType::T, "the smoothed value"}};

// The exact step of y' = (target - y) / time over dt, so that the frame rate does not show.
void lower_lag(Lowering& lower) {
  const ExprId time = lower.in(1);
  const ExprId one = lower.number(1);
  const ExprId takes_time = lower.op(Op::Less, {lower.number(0), time});
  const ExprId steps = lower.divide(lower.build.time(ir::TimeValue::Dt), lower.choose(takes_time, time, one));
  const ExprId part = lower.subtract(one, lower.op(Op::Exp, {lower.op(Op::Negate, {steps})}));
  Value next = lower.state;
  for (std::uint8_t i = 0; i < next.components(); ++i) {
    const ExprId way = lower.subtract(lower.in(0, i), lower.state.planes[i]);
    const ExprId moved = lower.add(lower.state.planes[i], lower.multiply(way, part));
    next.planes[i] = lower.choose(takes_time, moved, lower.in(0, i));
  }
  lower.out(0, next);
}

constexpr Port kPhasorPorts[] = {
    {"frequency", PortType::Float, number(1), "turns a second (Hz); below 0 it runs backwards"},
    {"initial", PortType::Phase, number(0), kInitialDoc, Lanes::Setting},
};
constexpr Output kPhasorOutputs[] = {{"phase", PortType::Phase, "runs from 0 to 1 and starts again"}};

void lower_phasor(Lowering& lower) {
  const ExprId seconds = lower.divide(lower.build.time(ir::TimeValue::Dt), lower.number(1000));
  lower.out(0, lower.op(Op::Wrap, {lower.add(lower.state.planes[0], lower.multiply(lower.in(0), seconds))}));
}

constexpr std::string_view kAccumulatorWords[] = {"add", "multiply", "set"};
constexpr Port kAccumulatorPorts[] = {
    {"delta", PortType::T, kRequired, "what is added in every tick; scale by time.dt for a speed"},
    {"reset", PortType::Bool, number(0), "while true, the value is the initial one"},
    {"initial", PortType::T, number(0), kInitialDoc, Lanes::Setting},
    {"trigger", PortType::Event, kAbsent, "when something is added; left out: in every tick"},
    {"clear", PortType::Event, kAbsent, "makes it the initial value before anything is added"},
    {"mode", PortType::Int, number(0), "what is done with it: added, multiplied by, or put in its place",
     Lanes::Setting, 0, 2, kAccumulatorWords},
};
constexpr Output kAccumulatorOutputs[] = {{"value", PortType::T, "the sum so far, with this tick's delta"}};

void lower_accumulator(Lowering& lower) {
  Value next = lower.state;
  const std::size_t mode = lower.word(5);
  for (std::uint8_t i = 0; i < next.components(); ++i) {
    const ExprId before = lower.choose(lower.fired(4), lower.in(2, i), lower.state.planes[i]);
    const ExprId x = lower.in(0, i);
    const ExprId moved = mode == 0 ? lower.add(before, x) : mode == 1 ? lower.multiply(before, x) : x;
    const ExprId now = lower.has(3) ? lower.choose(lower.fired(3), moved, before) : moved;
    next.planes[i] = lower.choose(lower.in(1), lower.in(2, i), now);
  }
  lower.out(0, next);
}

constexpr Port kSpringPorts[] = {
    {"target", PortType::T, kRequired, kTargetDoc},
    {"frequency", PortType::Float, number(2),
     "how often a second it would swing without damping (Hz); 0 or less: at once"},
    {"damping", PortType::Float, number(0.4), "0 swings for ever, 1 just does not overshoot, more is slower"},
    {"initial", PortType::T, number(0), kInitialDoc, Lanes::Setting},
};
constexpr Output kSpringOutputs[] = {{"out", PortType::T, "the value on its way, beyond its target and back"}};

// Of x'' = w^2 (target - x) - 2 d w x', implicit in both (Euler, backwards): no step of time is too long for it.
void lower_spring(Lowering& lower) {
  const ExprId one = lower.number(1);
  const ExprId zero = lower.number(0);
  const ExprId swings = lower.op(Op::Less, {zero, lower.in(1)});
  const ExprId w = lower.multiply(lower.choose(swings, lower.in(1), one), lower.number(2 * std::numbers::pi));
  const ExprId h = lower.divide(lower.build.time(ir::TimeValue::Dt), lower.number(1000));
  const ExprId wh = lower.multiply(w, h);
  const ExprId drag = lower.multiply(lower.multiply(lower.number(2), lower.op(Op::Max, {lower.in(2), zero})), wh);
  const ExprId divisor = lower.add(lower.add(one, drag), lower.multiply(wh, wh));
  const Value speed = lower.remember("speed", lower.state.type.payload, 0);
  Value next = lower.state;
  Value faster = speed;
  for (std::uint8_t i = 0; i < next.components(); ++i) {
    const ExprId way = lower.subtract(lower.in(0, i), lower.state.planes[i]);
    const ExprId pull = lower.multiply(lower.multiply(w, wh), way);
    const ExprId moved = lower.divide(lower.add(speed.planes[i], pull), divisor);
    faster.planes[i] = lower.choose(swings, moved, zero);
    next.planes[i] = lower.choose(swings, lower.add(lower.state.planes[i], lower.multiply(h, moved)), lower.in(0, i));
  }
  lower.remember_next(speed, faster);
  lower.out(0, next);
}

constexpr Row kRows[] = {
    {.name = "UnitDelay",
     .category = Category::State,
     .form = Form::State,
     .doc = "Gives each value one tick later: where a feedback loop closes.",
     .ports = kDelayPorts,
     .outputs = kDelayOutputs,
     .lower = lower_unit_delay,
     .delays = true},
    {.name = "Lag",
     .category = Category::State,
     .form = Form::State,
     .doc = "Follows its target smoothly, the same at every frame rate.",
     .ports = kLagPorts,
     .outputs = kLagOutputs,
     .lower = lower_lag,
     .widens_int = true},
    {.name = "Slew",
     .category = Category::State,
     .form = Form::State,
     .doc = "A short Lag, to take the edge off a value on its way into a port.",
     .ports = kSlewPorts,
     .outputs = kLagOutputs,
     .lower = lower_lag,
     .widens_int = true},
    {"Phasor", Category::State, Form::State,
     "A phase that runs at a frequency; a change of the frequency never makes it jump.", kPhasorPorts, kPhasorOutputs,
     lower_phasor},
    {.name = "Spring",
     .category = Category::State,
     .form = Form::State,
     .doc = "Swings to its target like a weight on a spring; a step of time may be as long as it likes.",
     .ports = kSpringPorts,
     .outputs = kSpringOutputs,
     .lower = lower_spring,
     .widens_int = true},
    {"Accumulator", Category::State, Form::State, "Adds up, in every tick or at events.", kAccumulatorPorts,
     kAccumulatorOutputs, lower_accumulator},
};

}  // namespace

std::span<const Row> state_rows() { return kRows; }

}  // namespace oscilla::blocks
