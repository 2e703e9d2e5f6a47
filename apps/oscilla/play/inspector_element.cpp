// One figure of the picture: its lane in every field, and why a value of it is what it is.
#include <imgui.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "oscilla/play/inspector_plot.hpp"
#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

constexpr double kAskAgain = 0.5;       // seconds
constexpr double kDearSnapshot = 3000;  // microseconds; one that costs more is made for clicks only

/// Of the picked lane's instance, and of the picked sink.
bool is_of(const InspectedRow& row, const PickedElement& picked) {
  return row.lane == picked.lane && (row.kind == TraceKind::Field || row.kind == TraceKind::State) &&
         row.instance == picked.instance && (!row.name.starts_with("frame.") || row.block == picked.sink);
}

/// Whose lanes a sink draws is known from the numbers of its frame.
void find_instance(const InspectedTable& table, PickedElement& picked) {
  for (const InspectedRow& row : table.rows)
    if (row.block == picked.sink && row.name.starts_with("frame.")) picked.instance = row.instance;
}

void draw_lane_row(InspectorState& state, const InspectedRow& row) {
  ImGui::TableNextRow();
  ImGui::PushID(&row);
  ImGui::TableNextColumn();
  if (ImGui::Selectable(row.name.c_str(), false)) state.ask(row.value, *row.lane);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted((short_number(point_of(state.view(), row).value) + " " + row.unit).c_str());
  ImGui::TableNextColumn();
  if (const Course* course = state.courses.of(row))
    plot_course("##course", *course, {0, ImGui::GetTextLineHeight()}, row.unit);
  ImGui::PopID();
}

void draw_lane(InspectorState& state) {
  PickedElement& picked = *state.picked;
  ImGui::Text("%s[%u]", picked.sink.c_str(), picked.lane);
  ImGui::SameLine();
  if (ImGui::SmallButton("let go")) return state.pick(std::nullopt);
  const std::shared_ptr<const InspectedTable> table = state.view().table;
  if (!table) return ImGui::TextColored(kFaint, "Its values are kept while the trace is on (Health).");
  find_instance(*table, picked);
  ImGui::SameLine();
  ImGui::TextColored(kFaint, "lane %u of %s in every field", picked.lane, picked.instance.c_str());
  constexpr ImGuiTableFlags kFlags =
      ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable | ImGuiTableFlags_SizingStretchProp;
  const float height = std::max(0.42f * ImGui::GetContentRegionAvail().y, 6 * ImGui::GetTextLineHeight());
  if (!ImGui::BeginTable("lane", 3, kFlags, {0, height})) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("field", 0, 3);
  ImGui::TableSetupColumn("now", 0, 2);
  ImGui::TableSetupColumn("last 12 s", 0, 3);
  ImGui::TableHeadersRow();
  for (const InspectedRow& row : table->rows)
    if (is_of(row, picked)) draw_lane_row(state, row);
  ImGui::EndTable();
}

/// What of the sink can be asked for: the ports that its numbers come from.
void draw_ports(InspectorState& state) {
  static constexpr std::pair<const char*, const char*> kPorts[] = {{"x", "position"},        {"size", "size"},
                                                                   {"rotation", "rotation"}, {"scale x", "scale"},
                                                                   {"red", "color"},         {"opacity", "opacity"}};
  if (!state.picked || !state.view().table) return;
  ImGui::TextUnformatted("why");
  for (const auto& [number, name] : kPorts) {
    const std::string row = fmt::format("frame.{}.{}[{}]", state.picked->sink, number, state.picked->lane);
    if (std::ranges::find(state.view().table->rows, row, &InspectedRow::name) == state.view().table->rows.end())
      continue;
    const std::string port = fmt::format("{}.{}", state.picked->sink, name);
    const bool asked = state.wishes.question && state.wishes.question->value == port;
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, asked ? kWarning : kPlain);
    if (ImGui::SmallButton(name)) state.ask(port, state.picked->lane);
    ImGui::PopStyleColor();
  }
}

/// A line and what is below it; returns the line behind that.
std::size_t draw_line(InspectorState& state, const Answer& answer, std::size_t at) {
  const WhyLine& line = answer.lines[at];
  const bool is_leaf = at + 1 == answer.lines.size() || answer.lines[at + 1].depth <= line.depth;
  const ImGuiTreeNodeFlags flags = ImGuiTreeNodeFlags_SpanAvailWidth |
                                   (line.depth < 3 ? ImGuiTreeNodeFlags_DefaultOpen : 0) |
                                   (is_leaf ? ImGuiTreeNodeFlags_Leaf | ImGuiTreeNodeFlags_Bullet : 0);
  const bool open = ImGui::TreeNodeEx(reinterpret_cast<void*>(at + 1), flags, "%s", line.text.c_str());
  const bool own_text = line.place && line.place->file.empty() && state.source;
  if (own_text && ImGui::IsItemHovered()) ImGui::SetTooltip("double click: where it stands in the text");
  if (own_text && ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) {
    state.source->choose_at(text_position(state.source->text(), line.place->span.begin));
    state.scroll_to_chosen = true;
    state.wanted = InspectorPanel::Text;
  }
  std::size_t next = at + 1;
  while (next < answer.lines.size() && answer.lines[next].depth > line.depth)
    next = open ? draw_line(state, answer, next) : next + 1;
  if (open) ImGui::TreePop();
  return next;
}

void draw_answer(InspectorState& state) {
  const Answer& answer = *state.answer;
  if (!answer.problem.empty()) return ImGui::TextColored(kWarning, "%s", answer.problem.c_str());
  hint(fmt::format("{}, in tick {} at {:.3f} s{}{}", answer.type, answer.tick, answer.t_ms * 1e-3,
                   answer.sinks.empty() ? "; nothing draws it" : "; drawn by ", fmt::join(answer.sinks, ", ")));
  ImGui::BeginChild("tree", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar);
  for (std::size_t at = 0; at < answer.lines.size();) at = draw_line(state, answer, at);
  ImGui::EndChild();
}

}  // namespace

void draw_element_panel(InspectorState& state) {
  if (state.picked)
    draw_lane(state);
  else
    ImGui::TextColored(kFaint, "Click a figure of the picture, or a name among the values.");
  ImGui::Separator();
  draw_ports(state);
  if (!state.wishes.question) return;
  ImGui::Checkbox("as it goes", &state.follow);
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("explained anew twice a second");
  if (state.inspection->is_answering()) {
    ImGui::SameLine();
    ImGui::TextColored(kFaint, "explaining ...");
  } else if (state.view().snapshot_us > kDearSnapshot) {
    ImGui::SameLine();
    ImGui::TextColored(kFaint, "only when asked: a snapshot takes %.1f ms", state.view().snapshot_us * 1e-3);
  } else if (state.follow && state.now - state.asked_at > kAskAgain) {
    state.ask(state.wishes.question->value, state.wishes.question->lane);
  }
  if (state.answer) draw_answer(state);
}

}  // namespace oscilla::cli::play
