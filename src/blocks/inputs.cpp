// Inputs: channels from outside. They stand in `input` statements; a session writes to them by name.
#include "base/channel_names.hpp"
#include "base/hash.hpp"
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ChannelKind;

constexpr std::string_view kChannelDoc = "a channel that it listens to beside its own name";
constexpr std::string_view kOscDoc = "an OSC address that it listens to: \"/hit\"";
constexpr std::string_view kMidiDoc = "what it listens to of MIDI: \"note\", \"cc.7\", \"ch2.pitchbend\"";
constexpr std::string_view kKeyDoc = "a key of the keyboard that it listens to: \"space\"";

constexpr Port kValuePorts[] = {
    {"initial", PortType::AnyValue, number(0), "what it is until something is written to it", Lanes::Setting},
    {"channel", PortType::Text, kAbsent, kChannelDoc},
    {"osc", PortType::Text, kAbsent, kOscDoc},
    {"midi", PortType::Text, kAbsent, kMidiDoc},
    {"key", PortType::Text, kAbsent, kKeyDoc},
    {"smooth", PortType::Time, number(0), "the time constant by which it glides to what is written; 0: it jumps",
     Lanes::Setting, 0, 1e6},
};
constexpr Port kListeningPorts[] = {
    {"channel", PortType::Text, kAbsent, kChannelDoc},
    {"osc", PortType::Text, kAbsent, kOscDoc},
    {"midi", PortType::Text, kAbsent, kMidiDoc},
    {"key", PortType::Text, kAbsent, kKeyDoc},
};

constexpr Output kValueOutputs[] = {{"value", PortType::AnyValue, "what was written last"}};
constexpr Output kPulseOutputs[] = {{"value", PortType::Float, "what was written since the last tick; else 0"}};
constexpr Output kDeltaOutputs[] = {{"value", PortType::Float, "the sum of what was written since the last tick"}};
constexpr Output kLatchOutputs[] = {{"value", PortType::Float, "the first that was not 0; 0 once 0 was written"}};

constexpr std::size_t kSmooth = 5;

/// Where an input listens, as the texts from port `first` on say it.
ir::Listening listening(Lowering& lower, std::size_t first) {
  const auto text = [&](std::size_t port) { return std::string(lower.words[first + port]); };
  const auto check = [&](std::size_t port, std::string problem) {
    if (!text(port).empty() && !problem.empty()) lower.problems.emplace_back(first + port, std::move(problem));
  };
  check(0, channel_problem(text(0)));
  check(1, osc_problem(text(1)));
  check(2, channel_problem("midi." + text(2)));
  check(3, key_problem(text(3)));
  return {text(0), text(1), text(2), text(3)};
}

/// An input of this kind, whose texts begin at port `first_text`.
void lower_channel(Lowering& lower, ChannelKind kind, std::size_t first_text) {
  ir::Channel channel;
  channel.id = stable_id(lower.name);
  channel.name = lower.name;
  channel.kind = kind;
  channel.payload = lower.outputs[0].type.payload;
  channel.components = lower.outputs[0].components();
  for (std::size_t c = 0; c < channel.components && kind == ChannelKind::Value; ++c)
    channel.initial[c] = lower.build[lower.in(0, c)].value;
  channel.listening = listening(lower, first_text);
  if (kind == ChannelKind::Value) channel.smooth_ms = lower.build[lower.in(kSmooth)].value;
  const ir::ChannelIx ix{static_cast<std::uint32_t>(lower.draft.channels.size())};
  const ir::Base base = channel.payload == ir::Payload::Bool ? ir::Base::Bool : ir::Base::Float;
  for (std::uint8_t c = 0; c < channel.components; ++c)
    lower.outputs[0].planes[c] = lower.build.channel(ix, channel.id, c, base);
  lower.draft.channels.push_back(std::move(channel));
}

constexpr Output kTriggerOutputs[] = {
    {"event", PortType::Event, "what was written since the last tick, each on its own"}};

void lower_trigger(Lowering& lower) {
  ir::Channel channel;
  channel.id = stable_id(lower.name);
  channel.name = lower.name;
  channel.kind = ChannelKind::Event;
  channel.payload = ir::Payload::Event;
  channel.listening = listening(lower, 0);
  const auto ix = static_cast<std::uint32_t>(lower.draft.channels.size());
  lower.out(0, lower.event(lower.build.event(ir::EventOp::Input, {}, ix, channel.id)));
  lower.draft.channels.push_back(std::move(channel));
}

constexpr Row kRows[] = {
    {.name = "Value",
     .category = Category::Input,
     .form = Form::Input,
     .doc = "A value from outside: it holds what was written last.",
     .ports = kValuePorts,
     .outputs = kValueOutputs,
     .lower = [](Lowering& lower) { lower_channel(lower, ChannelKind::Value, 1); },
     .widens_int = true},
    {"Impulse", Category::Input, Form::Input, "What is written from outside, for a single tick.", kListeningPorts,
     kPulseOutputs, [](Lowering& lower) { lower_channel(lower, ChannelKind::Pulse, 0); }},
    {"Delta", Category::Input, Form::Input, "Movements from outside, added up within a tick: a wheel, a drag.",
     kListeningPorts, kDeltaOutputs, [](Lowering& lower) { lower_channel(lower, ChannelKind::Accumulate, 0); }},
    {"Trigger", Category::Input, Form::Input,
     "Events from outside: every one of a tick, with its key and value, in the order of arrival.", kListeningPorts,
     kTriggerOutputs, lower_trigger},
    {"Latch", Category::Input, Form::Input, "Catches what is written from outside and keeps it until 0 is written.",
     kListeningPorts, kLatchOutputs, [](Lowering& lower) { lower_channel(lower, ChannelKind::Latch, 0); }},
};

}  // namespace

std::span<const Row> input_rows() { return kRows; }

}  // namespace oscilla::blocks
