#include "runtime/voices.hpp"

#include <utility>

namespace oscilla::runtime {
namespace {

/// Fills a plane; true if it is another one than before.
bool fill_voices(const exec::VoiceMemory& memory, ir::VoicePart part, double t_ms, float* plane) {
  bool moved = false;
  auto born = memory.born().begin();
  for (std::uint32_t lane = 0; lane < memory.voices().size(); ++lane) {
    const bool is_born = born != memory.born().end() && *born == lane;
    born += is_born ? 1 : 0;
    const float number = exec::VoiceMemory::number_of(memory.voices()[lane], part, is_born, t_ms);
    moved |= std::exchange(plane[lane], number) != number;
  }
  return moved;
}

}  // namespace

void play_voices(ProgramState& state, const ir::Step& step) {
  for (std::uint32_t i = step.first; i < step.first + step.count; ++i) {
    const ir::Voices& voices = state.program->voices[i];
    exec::VoiceMemory& memory = state.voices[i];
    const double t_ms = state.slots[voices.time.v];
    memory.play(voices, state.event_lists[voices.input.v].events(), t_ms, state.slots[voices.release.v]);
    for (std::size_t part = 0; part < ir::kVoiceParts; ++part) {
      const ir::PlaneIx plane = voices.planes[part];
      if (plane.valid() && fill_voices(memory, static_cast<ir::VoicePart>(part), t_ms, state.planes[plane.v]))
        state.versions.plane_moved(plane.v);
    }
  }
}

}  // namespace oscilla::runtime
