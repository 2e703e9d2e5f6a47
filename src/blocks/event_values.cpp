// Values of events: what is there for one tick becomes something that can be seen.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::EventPart;
using ir::ExprId;
using ir::Payload;
using kernels::Op;

constexpr Port kInPorts[] = {{"in", PortType::Event, kRequired, "the event"}};

constexpr Output kMaskOutputs[] = {{"out", PortType::Float, "1 in the frames in which it happens, else 0"}};

void lower_mask(Lowering& lower) { lower.out(0, lower.choose(lower.fired(0), lower.number(1), lower.number(0))); }

constexpr Output kValueOutputs[] = {
    {"value", PortType::Float, "the value of this frame's last event; 0 where there is none"},
    {"sum", PortType::Float, "the values of all of this frame's events, added up"},
    {"count", PortType::Int, "how many there are in this frame"},
    {"key", PortType::Float, "the last one's key as a number"},
    {"fired", PortType::Bool, "whether there is any"},
};

void lower_value(Lowering& lower) {
  const Value& in = lower.inputs[0];
  const ExprId one = lower.build.constant(1, ir::Base::Int);
  const ExprId none = lower.build.constant(0, ir::Base::Int);
  lower.out(0, in.planes[1]);
  lower.out(4, in.planes[0]);
  if (in.list.valid()) {
    lower.out(1, lower.build.read_event(EventPart::Sum, in.list));
    lower.out(2, lower.build.read_event(EventPart::Count, in.list));
    lower.out(3, lower.build.read_event(EventPart::LastKey, in.list));
  } else {  // one a lane, and no key
    lower.out(1, in.planes[1]);
    lower.out(2, lower.choose(in.planes[0], one, none));
    lower.out(3, lower.number(0));
  }
}

constexpr Port kImpulsePorts[] = {
    {"in", PortType::Event, kRequired, "the event"},
    {"duration", PortType::Time, number(100), "how long; 0 or less: in its frame only"},
};
constexpr Output kImpulseOutputs[] = {
    {"out", PortType::Float, "1 from the event on until the time is over, else 0; a new event begins it anew"}};

// Remembers how much of the time is left.
void lower_impulse(Lowering& lower) {
  const Value before = lower.remember("", Payload::Float, 0);
  const ExprId zero = lower.number(0);
  const ExprId one = lower.number(1);
  const ExprId passed = lower.subtract(before.planes[0], lower.build.time(ir::TimeValue::Dt));
  const ExprId left = lower.choose(lower.fired(0), lower.in(1), lower.op(Op::Max, {passed, zero}));
  lower.remember_next(before, {left});
  const ExprId on = lower.op(Op::Or, {lower.fired(0), lower.op(Op::Less, {lower.number(0.001), left})});
  lower.out(0, lower.choose(on, one, zero));
}

constexpr Port kHoldPorts[] = {
    {"in", PortType::AnyValue, kRequired, "what is taken"},
    {"trigger", PortType::Event, kRequired, "when it is taken"},
    {"initial", PortType::AnyValue, number(0), "what it is before the first event"},
};
constexpr Output kHoldOutputs[] = {{"out", PortType::AnyValue, "what the input was at the last event"}};

void lower_hold(Lowering& lower) {
  Value next = lower.state;
  for (std::uint8_t i = 0; i < next.components(); ++i)
    next.planes[i] = lower.choose(lower.fired(1), lower.in(0, i), lower.state.planes[i]);
  lower.out(0, next);
}

constexpr Port kTogglePorts[] = {
    {"toggle", PortType::Event, kRequired, "turns it over"},
    {"set", PortType::Event, kAbsent, "makes it true, whatever else happens in the frame"},
    {"reset", PortType::Event, kAbsent, "makes it false, unless it is set"},
    {"initial", PortType::Bool, number(0), "what it is before the first event"},
};
constexpr Output kToggleOutputs[] = {{"on", PortType::Bool, "true or false, until the next event"}};

void lower_toggle(Lowering& lower) {
  const ExprId was = lower.state.planes[0];
  const ExprId flipped = lower.op(Op::Select, {lower.fired(0), lower.op(Op::Not, {was}), was});
  const ExprId kept = lower.op(Op::And, {flipped, lower.op(Op::Not, {lower.fired(2)})});
  lower.out(0, lower.op(Op::Or, {kept, lower.fired(1)}));
}

constexpr Port kSequencerPorts[] = {
    {"step", PortType::Event, kRequired, "goes on to the next step, however often it happens in a frame",
     Lanes::Signal},
    {.name = "values",
     .type = PortType::T,
     .fallback = kRequired,
     .doc = "the value of each step, in order",
     .lanes = Lanes::Signal,
     .list = true},
    {"reset", PortType::Event, kAbsent, "goes back to the first step, whatever else happens in the frame",
     Lanes::Signal},
};
constexpr Output kSequencerOutputs[] = {
    {"value", PortType::T, "the value of the step that it is at"},
    {"index", PortType::Int, "which step that is, from 0"},
};

// The first step is there from the beginning; the first event leads to the second.
void lower_sequencer(Lowering& lower) {
  const std::span<const Value> values = lower.list(1);
  const Value before = lower.remember("", Payload::Float, 0);
  const ExprId zero = lower.build.constant(0, ir::Base::Int);
  const ExprId count = lower.build.constant(static_cast<double>(values.size()), ir::Base::Int);
  const ExprId moved = lower.add(lower.op(Op::Floor, {before.planes[0]}),
                                 lower.choose(lower.fired(0), lower.build.constant(1, ir::Base::Int), zero));
  const ExprId index = lower.choose(lower.fired(2), zero, lower.op(Op::Modulo, {moved, count}));
  lower.remember_next(before, {index});
  Value chosen = lower.outputs[0];
  for (std::uint8_t c = 0; c < chosen.components(); ++c) {
    const auto component = [&](const Value& value) { return value.planes[value.components() == 1 ? 0 : c]; };
    ExprId result = component(values.back());
    for (std::size_t i = values.size() - 1; i-- > 0;)
      result = lower.op(Op::Select, {lower.op(Op::Equal, {index, lower.number(static_cast<double>(i))}),
                                     component(values[i]), result});
    chosen.planes[c] = result;
  }
  lower.out(0, chosen);
  lower.out(1, index);
}

constexpr Port kCollectPorts[] = {
    {"in", PortType::Event, kRequired, "an event that is one a lane, of any instance", Lanes::Field}};
constexpr Output kCollectOutputs[] = {
    {"event", PortType::Event, "an event for every lane that has one; its key is the lane's number; at most 4096"}};

void lower_collect(Lowering& lower) {
  const Value& in = lower.inputs[0];
  const ir::InstanceIx lanes = in.type.instance;
  lower.out(0, lower.event(
                   lower.build.collect(in.planes[0], in.planes[1], lanes, lower.draft.instances[lanes.v].instance.id)));
}

constexpr Row kRows[] = {
    {"EventToSignalMask", Category::Event, Form::Pure, "1 in the frames in which an event happens.", kInPorts,
     kMaskOutputs, lower_mask},
    {"EventValue", Category::Event, Form::Pure, "What this frame's events say: values, keys, how many.", kInPorts,
     kValueOutputs, lower_value},
    {"Collect", Category::Event, Form::Reduce,
     "The events of all lanes as one list of events, in the order of the lanes.", kCollectPorts, kCollectOutputs,
     lower_collect},
    {"EventToImpulse", Category::Event, Form::Pure, "1 for a while after an event.", kImpulsePorts, kImpulseOutputs,
     lower_impulse},
    {.name = "SampleAndHold",
     .category = Category::Event,
     .form = Form::State,
     .doc = "Takes a value at every event and holds it until the next.",
     .ports = kHoldPorts,
     .outputs = kHoldOutputs,
     .lower = lower_hold},
    {"Toggle", Category::Event, Form::State, "True or false, turned over by events.", kTogglePorts, kToggleOutputs,
     lower_toggle},
    {"StepSequencer", Category::Event, Form::Pure, "Goes through a list of values, a step at every event.",
     kSequencerPorts, kSequencerOutputs, lower_sequencer},
};

}  // namespace

std::span<const Row> event_value_rows() { return kRows; }

}  // namespace oscilla::blocks
