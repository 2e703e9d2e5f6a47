// The inputs that the patch declares: what they are, where they listen, what they were, and a slider for each.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "oscilla/play/inspector_plot.hpp"
#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

std::string_view word_of(ChannelKind kind) {
  switch (kind) {
    case ChannelKind::Value: return "value";
    case ChannelKind::Pulse: return "impulse";
    case ChannelKind::Accumulate: return "delta";
    case ChannelKind::Latch: return "latch";
    case ChannelKind::Event: return "trigger";
  }
  return {};
}

std::string listens_to(const ChannelInfo& input) {
  std::string text = input.channel;
  for (const auto& [kind, name] :
       {std::pair{"osc ", &input.osc}, std::pair{"midi ", &input.midi}, std::pair{"key ", &input.key}})
    if (!name->empty()) text += fmt::format("{}{}{}", text.empty() ? "" : ", ", kind, *name);
  return text.empty() ? "its name only" : text;
}

const InspectedRow* row_of(const InspectedTable& table, const ChannelInfo& input, std::uint32_t component) {
  std::uint32_t found = 0;
  for (const InspectedRow& row : table.rows) {
    const bool is_of = row.name == input.name || (row.name.starts_with(input.name) && row.block == input.name &&
                                                  row.name.size() == input.name.size() + 2);
    if (is_of && (row.kind == TraceKind::Signal || row.kind == TraceKind::Event) && found++ == component) return &row;
  }
  return nullptr;
}

constexpr double kLargest = 1e37;  // a slider of floats takes no more than half of what a float holds

/// Inputs have no range in the language: as far as values of that size go, and what it is now in it.
std::pair<float, float> range_of(const ChannelInfo& input, double now) {
  double size = std::abs(now);
  for (const double initial : input.initial) size = std::max(size, std::abs(initial));
  const double high = size > 1 ? std::min(std::pow(10.0, std::ceil(std::log10(size))), kLargest) : 1;
  const bool below = now < 0 || *std::ranges::min_element(input.initial) < 0;
  return {static_cast<float>(below ? -high : 0), static_cast<float>(high)};
}

/// A Value or Latch has a slider; what is there for a tick only has a button.
void draw_control(InspectorState& state, const InspectedTable& table, const ChannelInfo& input) {
  ImGui::SetNextItemWidth(-1);
  if (input.kind == ChannelKind::Event) {
    if (ImGui::Button("send", {-1, 0})) state.host.send_event(input.name);
    return;
  }
  if (input.kind == ChannelKind::Pulse || input.kind == ChannelKind::Accumulate) {
    if (ImGui::Button("write 1", {-1, 0})) state.host.set_input(input.name, {1});
    return;
  }
  std::array<float, 4> values{};
  for (std::uint32_t c = 0; c < input.components; ++c) {
    const InspectedRow* row = row_of(table, input, c);
    const double value = row != nullptr ? point_of(state.view(), *row).value : input.initial[c];
    values[c] = static_cast<float>(std::clamp(value, -kLargest, kLargest));
  }
  auto [low, high] = range_of(input, values[0]);
  const int components = static_cast<int>(input.components);
  const bool moved =
      ImGui::SliderScalarN("##value", ImGuiDataType_Float, values.data(), components, &low, &high, "%.4g");
  note_place(state, fmt::format("input {}", input.name).c_str());
  if (ImGui::IsItemHovered())
    ImGui::SetTooltip("%s to %s; Ctrl+click: type any number", short_number(double{low}).c_str(),
                      short_number(double{high}).c_str());
  if (!moved) return;
  std::vector<double> written;
  for (std::uint32_t c = 0; c < input.components; ++c) written.push_back(double{values[c]});
  state.host.set_input(input.name, std::move(written));
}

void draw_input(InspectorState& state, const InspectedTable& table, const ChannelInfo& input) {
  ImGui::TableNextRow();
  ImGui::PushID(input.name.c_str());
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(input.name.c_str());
  ImGui::TextColored(kFaint, "%s", std::string(word_of(input.kind)).c_str());
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  hint(listens_to(input));
  if (input.smooth_ms > 0) hint(fmt::format("smooth {} ms", short_number(input.smooth_ms)));
  ImGui::TableNextColumn();
  draw_control(state, table, input);
  ImGui::TableNextColumn();
  bool read = false;
  for (std::uint32_t c = 0; c < input.components; ++c) {
    const InspectedRow* row = row_of(table, input, c);
    const Course* course = row != nullptr ? state.courses.of(*row) : nullptr;
    if (course == nullptr) continue;
    read = true;
    ImGui::PushID(static_cast<int>(c));
    plot_course("##course", *course, {0, ImGui::GetFrameHeight()}, "");
    ImGui::PopID();
  }
  if (!read) ImGui::TextColored(kFaint, "nothing reads it");
  ImGui::PopID();
}

}  // namespace

void draw_inputs_panel(InspectorState& state) {
  const std::shared_ptr<const InspectedTable> table = state.view().table;
  if (!table) return ImGui::TextColored(kFaint, "Inputs are shown while the trace is on (Health).");
  if (table->inputs.empty())
    return ImGui::TextColored(kFaint, "The patch declares no inputs; `input level = Value(0.5)` makes one.");
  hint("Plain numbers, in no unit; Ctrl+click a slider to type one. What is set here is recorded as well.");
  constexpr ImGuiTableFlags kFlags =
      ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable | ImGuiTableFlags_SizingStretchProp;
  if (!ImGui::BeginTable("inputs", 4, kFlags)) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("input", 0, 2);
  ImGui::TableSetupColumn("listens to", 0, 3);
  ImGui::TableSetupColumn("write", 0, 4);
  ImGui::TableSetupColumn("last 12 s", 0, 3);
  ImGui::TableHeadersRow();
  for (const ChannelInfo& input : table->inputs) draw_input(state, *table, input);
  ImGui::EndTable();
}

}  // namespace oscilla::cli::play
