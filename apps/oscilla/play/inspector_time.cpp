// The last minute as a line: a click or drag goes back there and holds; from wherever it is, it goes on.
#include <imgui.h>

#include <algorithm>

#include <fmt/format.h>

#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

constexpr ImU32 kBarGround = IM_COL32(255, 255, 255, 18);
constexpr ImU32 kKept = IM_COL32(110, 170, 255, 60);
constexpr ImU32 kEdit = IM_COL32(130, 220, 145, 220);
constexpr ImU32 kHead = IM_COL32(255, 200, 90, 255);

const InspectedTick* tick_of(const InspectorState& state, std::int64_t number) {
  const auto found = std::ranges::lower_bound(state.ticks, number, {}, &InspectedTick::number);
  return found != state.ticks.end() && found->number == number ? &*found : nullptr;
}

std::string told(const InspectorState& state, std::int64_t number, std::int64_t last) {
  const double rate = state.ticks_a_second > 0 ? state.ticks_a_second : 60;
  std::string text = fmt::format("{:.2f} s ago", static_cast<double>(last - number) / rate);
  if (const InspectedTick* tick = tick_of(state, number)) text += fmt::format(", t = {:.2f} s", tick->t_ms * 1e-3);
  return text;
}

void draw_line(InspectorState& state, std::pair<std::int64_t, std::int64_t> range) {
  const auto [first, last] = range;
  const float height = 1.6f * ImGui::GetTextLineHeight();
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const float width = std::max(ImGui::GetContentRegionAvail().x, 1.0f);
  ImGui::InvisibleButton("##time", {width, height});
  note_place(state, "time");
  const double span = static_cast<double>(std::max<std::int64_t>(last - first, 1));
  const auto x = [&](std::int64_t tick) {
    return from.x + width * static_cast<float>(static_cast<double>(tick - first) / span);
  };
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.AddRectFilled(from, {from.x + width, from.y + height}, kBarGround, 3);
  const std::int64_t oldest = state.view().restorable ? state.view().restorable->first : last;
  draw.AddRectFilled({std::clamp(x(oldest), from.x, from.x + width), from.y}, {from.x + width, from.y + height}, kKept,
                     3);
  for (const InspectedTick& tick : state.ticks)
    if (tick.edited && tick.number >= first && tick.number <= last)
      draw.AddLine({x(tick.number), from.y}, {x(tick.number), from.y + height}, kEdit, 1.5f);
  const std::int64_t head = state.held ? state.scrubbed : last;
  draw.AddLine({x(head), from.y - 2}, {x(head), from.y + height + 2}, kHead, 2.5f);
  const float part = std::clamp((ImGui::GetIO().MousePos.x - from.x) / width, 0.0f, 1.0f);
  const std::int64_t pointed = first + static_cast<std::int64_t>(double{part} * span);
  if (ImGui::IsItemActive()) state.go_back_to(std::max(pointed, oldest));
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", told(state, pointed, last).c_str());
}

}  // namespace

void draw_time_line(InspectorState& state) {
  const auto range = state.held ? state.held : state.view().restorable;
  if (!range) return ImGui::TextColored(kFaint, "Nothing is kept to go back to.");
  if (state.held) {
    const bool goes_on = ImGui::Button("go on from here");
    note_place(state, "goOn");
    if (goes_on) return state.resume();
    ImGui::SameLine();
    ImGui::TextColored(kWarning, "held %s", told(state, state.scrubbed, range->second).c_str());
  } else {
    if (ImGui::Button("hold")) state.hold();
    ImGui::SameLine();
    ImGui::TextColored(
        kFaint, "the last %.0f s; drag: everything is again what it was, the patch too",
        static_cast<double>(range->second - range->first) / (state.ticks_a_second > 0 ? state.ticks_a_second : 60));
  }
  if (!state.view().trouble.empty()) ImGui::TextColored(kBad, "%s", state.view().trouble.c_str());
  draw_line(state, state.held ? *state.held : *range);
}

}  // namespace oscilla::cli::play
