// State: blocks that remember one value, of a signal or lane by lane, from tick to tick.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Port kDelayPorts[] = {
    {"in", PortType::AnyValue, kRequired, "what comes out in the next tick"},
    {"initial", PortType::AnyValue, number(0), "what comes out in the first"},
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
    {"initial", PortType::T, number(0), kInitialDoc},
};
constexpr Port kSlewPorts[] = {
    {"target", PortType::T, kRequired, kTargetDoc},
    {"time", PortType::Time, number(80), kSmoothingDoc},
    {"initial", PortType::T, number(0), kInitialDoc},
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
    {"initial", PortType::Phase, number(0), kInitialDoc},
};
constexpr Output kPhasorOutputs[] = {{"phase", PortType::Phase, "runs from 0 to 1 and starts again"}};

void lower_phasor(Lowering& lower) {
  const ExprId seconds = lower.divide(lower.build.time(ir::TimeValue::Dt), lower.number(1000));
  lower.out(0, lower.op(Op::Wrap, {lower.add(lower.state.planes[0], lower.multiply(lower.in(0), seconds))}));
}

constexpr Port kAccumulatorPorts[] = {
    {"delta", PortType::T, kRequired, "what is added in every tick; scale by time.dt for a speed"},
    {"reset", PortType::Bool, number(0), "while true, the value is the initial one"},
    {"initial", PortType::T, number(0), kInitialDoc},
};
constexpr Output kAccumulatorOutputs[] = {{"value", PortType::T, "the sum so far, with this tick's delta"}};

void lower_accumulator(Lowering& lower) {
  Value next = lower.state;
  for (std::uint8_t i = 0; i < next.components(); ++i) {
    const ExprId sum = lower.add(lower.state.planes[i], lower.in(0, i));
    next.planes[i] = lower.choose(lower.in(1), lower.in(2, i), sum);
  }
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
    {"Accumulator", Category::State, Form::State, "Adds up.", kAccumulatorPorts, kAccumulatorOutputs,
     lower_accumulator},
};

}  // namespace

std::span<const Row> state_rows() { return kRows; }

}  // namespace oscilla::blocks
