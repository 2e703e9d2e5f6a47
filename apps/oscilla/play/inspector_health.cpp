// How the session is: what had to be mended, memory, and the trace, on or off.
#include <imgui.h>

#include <algorithm>

#include <fmt/format.h>

#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

std::string bytes_text(std::uint64_t bytes) {
  const double amount = static_cast<double>(bytes);
  if (bytes < 1024) return fmt::format("{} B", bytes);
  return bytes < 1u << 20 ? fmt::format("{:.1f} KiB", amount / 1024) : fmt::format("{:.1f} MiB", amount / 1048576);
}

void draw_errors(InspectorState& state) {
  const std::vector<InspectedError>& errors = state.view().errors;
  if (errors.empty()) return ImGui::TextColored(kGood, "Nothing had to be mended.");
  ImGui::TextColored(kBad, "%d that went wrong and was mended", static_cast<int>(errors.size()));
  ImGui::SameLine();
  if (ImGui::SmallButton("acknowledge")) {
    ++state.wishes.acknowledged;
    state.wishes_changed = true;
  }
  for (const InspectedError& error : errors) {
    ImGui::Bullet();
    ImGui::TextWrapped("%s", error.text.c_str());
    if (error.place.empty()) continue;
    ImGui::SameLine();
    ImGui::TextColored(kFaint, "%s", error.place.c_str());
  }
}

void draw_memory(const InspectorView& view) {
  if (!view.health) return;
  ImGui::Text("%s held, %llu edits took over", bytes_text(view.health->memory_bytes).c_str(),
              static_cast<unsigned long long>(view.health->swaps));
  if (!ImGui::BeginTable("memory", 2, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingFixedFit)) return;
  for (const MemoryPart& part : view.memory) {
    if (part.bytes == 0) continue;
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(part.name.data(), part.name.data() + part.name.size());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(bytes_text(part.bytes).c_str());
  }
  ImGui::EndTable();
}

void draw_trace(InspectorState& state) {
  state.wishes_changed |= ImGui::Checkbox("trace", &state.wishes.trace);
  note_place(state, "trace");
  hint("Keeps values, steps and inputs, and what they were in the last 12 s. No frame is another one because of it.");
}

}  // namespace

void draw_health_panel(InspectorState& state) {
  draw_trace(state);
  ImGui::Separator();
  draw_errors(state);
  ImGui::Separator();
  if (state.view().health) {
    const Health& health = *state.view().health;
    ImGui::Text("%llu frames, %llu took too long, %llu left out", static_cast<unsigned long long>(health.frames),
                static_cast<unsigned long long>(health.late), static_cast<unsigned long long>(health.dropped));
    ImGui::TextColored(kFaint, "time went to: computing %.0f %%, frame and order %.0f %%", 100 * health.evaluation,
                       100 * health.assembly);
  }
  draw_memory(state.view());
}

}  // namespace oscilla::cli::play
