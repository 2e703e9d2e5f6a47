#include "oscilla/play/inspector_state.hpp"

#include <imgui.h>

#include <fmt/format.h>

#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {

void InspectorState::ask(std::string value, std::uint32_t lane) {
  wishes.question = Question{std::move(value), lane};
  ++wishes.question_number;
  wishes_changed = true;
  asked_at = now;
}

void InspectorState::pick(std::optional<PickedElement> element) {
  picked = std::move(element);
  wishes.lane = picked ? std::optional(picked->lane) : std::nullopt;
  wishes_changed = true;
  answer.reset();
  if (picked) ask(picked->sink + ".position", picked->lane);
}

void InspectorState::hold() {
  if (held || !view().restorable) return;
  held = view().restorable;
  scrubbed = held->second;
  wishes.held = true;
  wishes_changed = true;
}

void InspectorState::resume() {
  held.reset();
  wishes.held = false;
  wishes.back_to.reset();
  wishes_changed = true;
}

void InspectorState::go_back_to(std::int64_t tick) {
  hold();
  if (!held || tick == scrubbed) return;
  scrubbed = tick;
  wishes.back_to = tick;
  ++wishes.back_number;
  wishes_changed = true;
}

void hint(std::string_view text) {
  ImGui::PushStyleColor(ImGuiCol_Text, kFaint);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void note_place(InspectorState& state, const char* name) {
  const ImVec2 from = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  state.places[name] = {from.x, from.y, size.x, size.y};
}

std::string short_number(double value) { return fmt::format("{:.5g}", value); }

}  // namespace oscilla::cli::play
