#include "oscilla/play/inspector.hpp"

#include <imgui.h>

namespace oscilla::cli::play {

void Inspector::after_tick(Session&, const EngineState&) {}

void Inspector::take(const EditNews&) {}

void Inspector::draw(const EngineState& state, double scale) {
  const auto text = static_cast<float>(scale);
  ImGui::SetNextWindowPos({12 * text, 12 * text}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSize({340 * text, 0}, ImGuiCond_FirstUseEver);
  if (ImGui::Begin("Clock")) {
    const Transport& transport = state.transport;
    ImGui::Text("%s at %.2f s, speed %.2f", transport.playing ? "playing" : "paused", transport.position_ms * 1e-3,
                transport.speed);
    ImGui::Text("tick %lld, %.2f of %.2f ms", static_cast<long long>(state.tick),
                static_cast<double>(state.tick_nanoseconds) * 1e-6,
                static_cast<double>(state.budget_nanoseconds) * 1e-6);
    ImGui::Text("%llu ticks late, %llu frames left out", static_cast<unsigned long long>(state.late),
                static_cast<unsigned long long>(state.dropped));
  }
  ImGui::End();
}

}  // namespace oscilla::cli::play
