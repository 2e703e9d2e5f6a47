#include "exec/voices.hpp"

#include <algorithm>

namespace oscilla::exec {
namespace {

constexpr double kHeld = std::numeric_limits<double>::infinity();

/// Numbers are exact in a float up to here, and then begin anew with 1.
constexpr std::uint64_t kNumbers = std::uint64_t{1} << 24;

}  // namespace

/// The first that is free, else the oldest.
Voice& VoiceMemory::take() {
  const auto free = std::find_if(next_.begin(), next_.end(), [](const Voice& voice) { return !voice.active; });
  if (free != next_.end()) return *free;
  return *std::min_element(next_.begin(), next_.end(),
                           [](const Voice& a, const Voice& b) { return a.number < b.number; });
}

void VoiceMemory::play(const ir::Voices& description, std::span<const Event> events, double t_ms, double release_ms) {
  next_ = now_;
  next_count_ = count_;
  unseen_ = 0;
  for (Voice& voice : next_)  // a release that is no number is none
    if (voice.active && voice.released_ms != kHeld && !(t_ms - voice.released_ms < release_ms)) voice.active = false;
  for (const Event& event : events) {
    if (event.value > 0) {
      Voice& voice = take();
      unseen_ += voice.number > count_ ? 1 : 0;
      voice = {t_ms, description.holds ? kHeld : t_ms, ++next_count_, event, true};
      continue;
    }
    for (Voice& voice : next_)
      if (voice.active && voice.released_ms == kHeld && voice.note.key == event.key) voice.released_ms = t_ms;
  }
  born_.clear();
  for (std::uint32_t lane = 0; lane < next_.size(); ++lane)
    if (next_[lane].number > count_) born_.push_back(lane);
}

void VoiceMemory::commit() {
  std::swap(now_, next_);
  count_ = next_count_;
}

float VoiceMemory::number_of(const Voice& voice, ir::VoicePart part, bool is_born, double t_ms) {
  if (part == ir::VoicePart::Note) return voice.number == 0 ? 0 : static_cast<float>((voice.number - 1) % kNumbers + 1);
  if (!voice.active) return 0;
  const auto narrow = [](double x) {
    constexpr double kMost = std::numeric_limits<float>::max();
    return static_cast<float>(std::clamp(x, -kMost, kMost));
  };
  switch (part) {
    case ir::VoicePart::Active: return 1;
    case ir::VoicePart::Gate: return voice.released_ms == kHeld || is_born ? 1 : 0;
    case ir::VoicePart::Age: return narrow(t_ms - voice.born_ms);
    case ir::VoicePart::Key: return narrow(voice.note.key_number);
    case ir::VoicePart::Velocity: return narrow(voice.note.value);
    case ir::VoicePart::Start: return is_born ? 1 : 0;
    case ir::VoicePart::Note: break;
  }
  return 0;
}

void VoiceMemory::restore(std::span<const Voice> kept, std::uint64_t count) {
  std::copy_n(kept.begin(), std::min(kept.size(), now_.size()), now_.begin());
  count_ = count;
}

void VoiceMemory::visit(Archive& archive) {
  archive.same(static_cast<std::uint32_t>(now_.size()));
  archive(count_);
  for (Voice& voice : now_) {
    archive(voice.born_ms, voice.released_ms, voice.number, voice.active);
    exec::visit(archive, voice.note);
  }
}

std::size_t VoiceMemory::bytes() const {
  return (now_.size() + next_.size()) * sizeof(Voice) + born_.capacity() * sizeof(std::uint32_t);
}

}  // namespace oscilla::exec
