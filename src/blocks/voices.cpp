// Voices: events take lanes, one each, for as long as they sound.
#include <array>

#include "base/hash.hpp"
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using ir::VoicePart;
using kernels::Op;

enum VoicesPort : std::size_t { kEvent, kMax, kRelease, kMode, kElement };

constexpr std::string_view kModes[] = {"hit", "note"};

constexpr Port kVoicesPorts[] = {
    {"event", PortType::Event, kRequired, "each event of a value above 0 takes a voice", Lanes::Signal},
    {"max", PortType::Int, number(16), "how many there are", Lanes::Setting, 1, 4096},
    {"release", PortType::Time, number(1000),
     "how long a voice is in use after its event, or after its key is let go; 0 or less: in its frame only",
     Lanes::Signal},
    {"mode", PortType::Int, number(0),
     "hit: a voice is let go at once; note: it is held until an event of its key with a value of 0 comes",
     Lanes::Setting, 0, 1, kModes},
    {"element", PortType::AnyT, kAbsent, kElementDoc, Lanes::Signal},
};

constexpr Output kVoicesOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a voice"},
    {"index", PortType::Int, "the voice's number, from 0"},
    {"t", PortType::Float, "0 at the first voice, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / max"},
    {"active", PortType::Bool, "whether the voice is in use"},
    {"gate", PortType::Bool, "whether its key is held; of a hit: in its first frame"},
    {"age", PortType::Time, "the time since it was taken; 0 where it is not in use"},
    {"key", PortType::Float, "the key of its event as a number"},
    {"velocity", PortType::Float, "the value of its event; 0 where it is not in use"},
    {"start", PortType::Event, "in the frame in which it is taken; its value is the velocity"},
    {"note", PortType::Int, "which event of all it has, from 1: chance goes by it; 0: none yet"},
};

void lower_voices(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  draft.instance.lanes = static_cast<std::uint32_t>(lower.setting(kMax));
  const std::array<ExprId, 3> args{lower.inputs[kEvent].list, lower.in(kRelease), lower.build.time(ir::TimeValue::TMs)};
  const bool holds = lower.word(kMode) == 1;
  const auto part = [&](VoicePart which) {
    return lower.build.voice(which, holds, args, lower.instance, draft.instance.id);
  };
  draft.active = part(VoicePart::Active);
  draft.fresh = part(VoicePart::Start);
  draft.element_id = {part(VoicePart::Note)};
  VoicesDraft& voices = draft.voices.emplace();
  voices.voices.name = lower.state_name;
  voices.voices.id = stable_id(lower.order_name);
  if (lower.order_name != lower.state_name) voices.voices.was = lower.order_name;
  voices.voices.instance = lower.instance;
  voices.voices.holds = holds;
  voices.list = args[0];
  voices.release = args[1];
  voices.time = args[2];
  lower.build.set_lanes_known(lower.instance, draft.active);
  lower_elements(lower, element_of(lower, kElement));
  lower.out(5, part(VoicePart::Gate));
  lower.out(6, part(VoicePart::Age));
  lower.out(7, part(VoicePart::Key));
  lower.out(8, part(VoicePart::Velocity));
  lower.out(9, lower.event(part(VoicePart::Start), part(VoicePart::Velocity), "start"));
  lower.out(10, part(VoicePart::Note));
}

constexpr Row kRows[] = {
    {"Voices", Category::Instance, Form::Instance,
     "Gives every event a lane of its own for as long as it sounds: the first free one, else the oldest. A lane that "
     "is taken is a new element: what it remembers begins anew, and so does what repeats it.",
     kVoicesPorts, kVoicesOutputs, lower_voices},
};

}  // namespace

std::span<const Row> voice_rows() { return kRows; }

}  // namespace oscilla::blocks
