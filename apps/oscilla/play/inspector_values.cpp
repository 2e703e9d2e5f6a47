// All values of the running program: what they are, what they were in the last seconds, of which type; searched,
// pinned.
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include <fmt/format.h>

#include "oscilla/play/inspector_plot.hpp"
#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

std::string now_text(const InspectorView& view, const InspectedRow& row) {
  const CoursePoint point = point_of(view, row);
  if (row.kind == TraceKind::Event) return point.value > 0 ? fmt::format("{:.0f} now", point.value) : "none";
  const std::string unit = row.unit.empty() ? "" : " " + row.unit;
  if (row.is_summary() && point.low != point.high)
    return fmt::format("{} ({} to {}){}", short_number(point.value), short_number(point.low), short_number(point.high),
                       unit);
  return short_number(point.value) + unit;
}

void toggle_pin(InspectorState& state, const std::string& name) {
  const auto found = std::ranges::find(state.pinned, name);
  if (found != state.pinned.end())
    state.pinned.erase(found);
  else
    state.pinned.push_back(name);
}

void draw_row(InspectorState& state, const InspectedRow& row) {
  ImGui::TableNextRow();
  ImGui::PushID(row.name.c_str());
  ImGui::PushID(static_cast<int>(row.kind));
  ImGui::TableNextColumn();
  const bool pinned = std::ranges::find(state.pinned, row.name) != state.pinned.end();
  ImGui::PushStyleColor(ImGuiCol_Text, pinned ? kWarning : kFaint);
  if (ImGui::SmallButton(pinned ? "*" : "+")) toggle_pin(state, row.name);
  ImGui::PopStyleColor();
  if (ImGui::IsItemHovered()) ImGui::SetTooltip(pinned ? "no longer at the top" : "keep at the top");
  ImGui::TableNextColumn();
  if (ImGui::Selectable(row.name.c_str(), false)) {
    state.ask(row.value, row.lane.value_or(0));
    state.wanted = InspectorPanel::Element;
  }
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("why it is what it is");
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(now_text(state.view(), row).c_str());
  ImGui::TableNextColumn();
  if (const Course* course = state.courses.of(row))
    plot_course("##course", *course, {0, ImGui::GetTextLineHeight()}, row.unit);
  ImGui::TableNextColumn();
  ImGui::TextColored(kFaint, "%s", row.type.c_str());
  ImGui::PopID();
  ImGui::PopID();
}

}  // namespace

void draw_values_panel(InspectorState& state) {
  if (state.focus_search) ImGui::SetKeyboardFocusHere();
  state.focus_search = false;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - static_cast<float>(150 * state.scale));
  ImGui::InputTextWithHint("##search", "search: a name, a block, a kind, a type  ( / )", &state.search);
  note_place(state, "search");
  ImGui::SameLine();
  ImGui::Checkbox("inner steps", &state.inner);
  const std::shared_ptr<const InspectedTable> table = state.view().table;
  if (!table) {
    ImGui::TextColored(kFaint, "The trace is off: no values are kept. Health switches it on.");
    return;
  }
  const std::vector<std::size_t> shown = rows_to_show(*table, state.search, state.pinned, state.inner);
  std::optional<std::uint32_t> lane;
  for (const InspectedRow& row : table->rows)
    if (row.lane) lane = row.lane;
  hint(fmt::format("{} of {}; of fields {}; click a name: why", shown.size(), table->rows.size(),
                   lane ? fmt::format("lane {}", *lane) : std::string("the mean (smallest to largest lane)")));
  constexpr ImGuiTableFlags kFlags =
      ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable | ImGuiTableFlags_SizingStretchProp;
  if (!ImGui::BeginTable("values", 5, kFlags)) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed);
  ImGui::TableSetupColumn("value", 0, 3);
  ImGui::TableSetupColumn("now", 0, 3);
  ImGui::TableSetupColumn("last 12 s", 0, 2);
  ImGui::TableSetupColumn("type", 0, 2);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(shown.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(state, table->rows[shown[static_cast<std::size_t>(i)]]);
  ImGui::EndTable();
}

}  // namespace oscilla::cli::play
