// Events: blocks that make them, and blocks that pass them on.
#include <utility>

#include "base/hash.hpp"
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::EventOp;
using ir::ExprId;
using ir::Payload;
using kernels::Op;

/// Of what is remembered: there was no tick before. Values that are remembered here are never below 0.
constexpr double kUnborn = -1;

constexpr std::string_view kInDoc = "the event";

ExprId both(Lowering& lower, ExprId a, ExprId b) {
  return lower.build[a].kind == ir::ExprKind::Constant ? lower.choose(a, b, lower.build.constant(0, ir::Base::Bool))
                                                       : lower.op(Op::And, {a, b});
}
ExprId less(Lowering& lower, ExprId a, ExprId b) { return lower.op(Op::Less, {a, b}); }

/// An event of value 1.
Value pulse(Lowering& lower, ExprId fired, std::string_view key) { return lower.event(fired, lower.number(1), key); }

constexpr Port kClockPorts[] = {
    {"period", PortType::Time, number(500), "from one event to the next; 0 or less: none", Lanes::Signal},
};
constexpr Output kClockOutputs[] = {{"event", PortType::Event, "once a period, at most once a frame; key \"pulse\""}};

// Both times are measured by the same period, so a new one neither doubles a pulse nor loses one.
void lower_clock(Lowering& lower) {
  const ExprId now = lower.build.time(ir::TimeValue::TMs);
  const Value before = lower.remember("", Payload::Float, kUnborn);
  const ExprId zero = lower.number(0);
  const ExprId runs = less(lower, zero, lower.in(0));
  const ExprId period = lower.choose(runs, lower.in(0), lower.number(1));
  const auto count = [&](ExprId time) { return lower.op(Op::Floor, {lower.divide(time, period)}); };
  const ExprId then = count(before.planes[0]);
  const ExprId passed = less(lower, then, count(now));
  const ExprId born = lower.op(Op::LessEqual, {zero, before.planes[0]});
  lower.out(0, pulse(lower, both(lower, runs, both(lower, born, passed)), "pulse"));
  lower.remember_next(before, {now});
}

constexpr std::string_view kEdgeWords[] = {"rise", "fall", "both"};

/// Where a condition becomes true, false, or either; not in its first tick. Remembers it as 0 or 1.
ExprId edge(Lowering& lower, ExprId condition, std::size_t word) {
  const Value before = lower.remember("", Payload::Float, kUnborn);
  lower.remember_next(before, {lower.choose(condition, lower.number(1), lower.number(0))});
  const ExprId was_false = lower.op(Op::Equal, {before.planes[0], lower.number(0)});
  const ExprId was_true = lower.op(Op::Equal, {before.planes[0], lower.number(1)});
  const ExprId rises = both(lower, was_false, condition);
  const ExprId falls = both(lower, was_true, lower.op(Op::Not, {condition}));
  return word == 0 ? rises : word == 1 ? falls : lower.op(Op::Or, {rises, falls});
}

constexpr Port kEdgePorts[] = {
    {"in", PortType::Bool, kRequired, "the condition"},
    {"mode", PortType::Int, number(0), "when it becomes true, when it becomes false, or both", Lanes::Setting, 0, 2,
     kEdgeWords},
};
constexpr Output kEdgeOutputs[] = {{"event", PortType::Event, "when the condition changes; key \"edge\""}};

void lower_edge(Lowering& lower) { lower.out(0, pulse(lower, edge(lower, lower.in(0), lower.word(1)), "edge")); }

constexpr Port kRisingPorts[] = {{"in", PortType::Float, kRequired, "a number that comes and goes"}};
constexpr Output kRisingOutputs[] = {
    {"event", PortType::Event, "when it comes from below 0.5 to 0.5 or above; key \"edge\""}};

void lower_rising(Lowering& lower) {
  const ExprId above = lower.op(Op::LessEqual, {lower.number(0.5), lower.in(0)});
  lower.out(0, pulse(lower, edge(lower, above, 0), "edge"));
}

constexpr std::string_view kThresholdWords[] = {"up", "down", "both"};
constexpr Port kThresholdPorts[] = {
    {"in", PortType::Float, kRequired, "a number"},
    {"threshold", PortType::Float, number(0.5), "what it crosses"},
    {"hysteresis", PortType::Float, number(0), "the band around the threshold that it must cross as a whole"},
    {"mode", PortType::Int, number(0), "going up, going down, or both", Lanes::Setting, 0, 2, kThresholdWords},
};
constexpr Output kThresholdOutputs[] = {
    {"event", PortType::Event, "when it has crossed; its value is the number, its key \"threshold\""},
    {"above", PortType::Bool, "on which side it is"},
};

// Which side it is on is remembered as 0 or 1; in the first tick the threshold alone decides.
void lower_threshold(Lowering& lower) {
  const Value before = lower.remember("", Payload::Float, kUnborn);
  const ExprId side = before.planes[0];
  const ExprId half = lower.multiply(lower.op(Op::Max, {lower.in(2), lower.number(0)}), lower.number(0.5));
  const ExprId zero = lower.number(0);
  const ExprId one = lower.number(1);
  const ExprId was_above = lower.op(Op::Equal, {side, one});
  const ExprId was_below = lower.op(Op::Equal, {side, zero});
  const ExprId low = lower.subtract(lower.in(1), half);
  const ExprId high = lower.add(lower.in(1), half);
  const ExprId stays = lower.op(Op::LessEqual, {low, lower.in(0)});
  const ExprId rises = less(lower, lower.choose(was_below, high, lower.in(1)), lower.in(0));
  const ExprId above =
      lower.op(Op::Or, {both(lower, was_above, stays), both(lower, lower.op(Op::Not, {was_above}), rises)});
  lower.remember_next(before, {lower.choose(above, one, zero)});
  const ExprId up = both(lower, was_below, above);
  const ExprId down = both(lower, was_above, lower.op(Op::Not, {above}));
  const std::size_t word = lower.word(3);
  const ExprId fired = word == 0 ? up : word == 1 ? down : lower.op(Op::Or, {up, down});
  lower.out(0, lower.event(fired, lower.in(0), "threshold"));
  lower.out(1, above);
}

constexpr Port kWrapPorts[] = {
    {"phase", PortType::Phase, kPhaseA, "a phase"},
    {"subdivisions", PortType::Int, number(1), "so many events in a turn", Lanes::Any, 1, 4096},
};
constexpr Output kWrapOutputs[] = {
    {"event", PortType::Event,
     "when the phase begins anew, at most once a frame; none while `subdivisions` is 0 or less; key \"wrap\""}};

void lower_wrap(Lowering& lower) {
  const Value before = lower.remember("", Payload::Float, kUnborn);
  const ExprId parts = lower.op(Op::Max, {lower.in(1), lower.build.constant(0, ir::Base::Int)});
  const ExprId part = lower.op(Op::Fract, {lower.multiply(lower.in(0), parts)});
  lower.out(0, pulse(lower, less(lower, part, before.planes[0]), "wrap"));
  lower.remember_next(before, {part});
}

constexpr Output kPassedOutputs[] = {{"event", PortType::Event, "those events that pass"}};

constexpr Port kGatePorts[] = {
    {"in", PortType::Event, kRequired, kInDoc},
    {"enable", PortType::Bool, number(1), "true: it passes"},
};

/// An event where `open` is true: the list as it is, or a mask.
Value gated(Lowering& lower, ExprId open) {
  const Value& in = lower.inputs[0];
  if (!lower.instance.valid()) return lower.event(lower.build.event(EventOp::Gate, {in.list, open}));
  return lower.event(both(lower, in.planes[0], open), in.planes[1], "gate");
}

void lower_gate(Lowering& lower) { lower.out(0, gated(lower, lower.in(1))); }

constexpr Port kDelayPorts[] = {
    {"in", PortType::Event, kRequired, kInDoc, Lanes::Signal},
    {"delay", PortType::Time, number(250), "how much later; 0 or less: at once", Lanes::Signal},
};
constexpr Output kDelayOutputs[] = {
    {"event", PortType::Event, "every event, later, in the first frame whose time has come; at most 1024 wait"}};

void lower_delay(Lowering& lower) {
  QueueDraft draft;
  draft.queue.name = lower.state_name;
  draft.queue.id = stable_id(lower.order_name);
  if (lower.order_name != lower.state_name) draft.queue.was = lower.order_name;
  draft.list = lower.inputs[0].list;
  draft.delay = lower.in(1);
  draft.time = lower.build.time(ir::TimeValue::TMs);
  const auto ix = static_cast<std::uint32_t>(lower.draft.queues.size());
  const StableId id = draft.queue.id;
  const ExprId list = lower.build.event(EventOp::Delay, {draft.list, draft.delay, draft.time}, ix, id);
  lower.draft.queues.push_back(std::move(draft));
  lower.out(0, lower.event(list));
}

constexpr Port kDebouncePorts[] = {
    {"in", PortType::Event, kRequired, kInDoc},
    {"window", PortType::Time, number(100), "for so long after an event no other one passes"},
};

// Remembers how long it stays shut. A thousandth of a millisecond is nothing: steps of time do not add up exactly.
void lower_debounce(Lowering& lower) {
  const Value before = lower.remember("", Payload::Float, 0);
  const ExprId zero = lower.number(0);
  const ExprId left = lower.op(Op::Max, {lower.subtract(before.planes[0], lower.build.time(ir::TimeValue::Dt)), zero});
  const ExprId open = less(lower, left, lower.number(0.001));
  const ExprId passes = both(lower, lower.fired(0), open);
  const ExprId window = lower.op(Op::Max, {lower.in(1), zero});
  lower.remember_next(before, {lower.choose(passes, window, left)});
  lower.out(0, gated(lower, open));
}

constexpr Port kFilterPorts[] = {
    {"in", PortType::Event, kRequired, kInDoc, Lanes::Signal},
    {"key", PortType::Text, kRequired, "the key of those that pass"},
};

void lower_filter(Lowering& lower) {
  const ir::EventKeyIx key = lower.event_key(lower.words[1]);
  lower.out(
      0, lower.event(lower.build.event(EventOp::Key, {lower.inputs[0].list}, key.v, lower.draft.event_keys[key.v].id)));
}

constexpr Row kRows[] = {
    {"ClockPulse", Category::Event, Form::Pure, "An event once a period, counted from the beginning of time.",
     kClockPorts, kClockOutputs, lower_clock},
    {"EdgeDetect", Category::Event, Form::Pure, "An event when a condition becomes true, or false.", kEdgePorts,
     kEdgeOutputs, lower_edge},
    {"RisingEdge", Category::Event, Form::Pure, "An event when a number rises through 0.5.", kRisingPorts,
     kRisingOutputs, lower_rising},
    {"Threshold", Category::Event, Form::Pure,
     "An event when a number crosses a threshold, once for each time that it does.", kThresholdPorts, kThresholdOutputs,
     lower_threshold},
    {"PhaseWrap", Category::Event, Form::Pure, "An event when a phase begins anew, or a part of it does.", kWrapPorts,
     kWrapOutputs, lower_wrap},
    {"EventGate", Category::Event, Form::Pure, "Lets events pass while a condition is true.", kGatePorts,
     kPassedOutputs, lower_gate},
    {"EventDelay", Category::Event, Form::Pure, "Gives every event some time later.", kDelayPorts, kDelayOutputs,
     lower_delay},
    {"EventDebounce", Category::Event, Form::Pure, "Of events that come in bursts the first one only.", kDebouncePorts,
     kPassedOutputs, lower_debounce},
    {"EventFilter", Category::Event, Form::Pure, "Those events that have a key.", kFilterPorts, kPassedOutputs,
     lower_filter},
};

}  // namespace

std::span<const Row> event_rows() { return kRows; }

}  // namespace oscilla::blocks
