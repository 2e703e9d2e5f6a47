// The text of the patch with its numbers, each of which can be turned: the picture follows while it is turned, the file
// says it when it is let go.
#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

const ImVec4 kNumber{0.55f, 0.78f, 1, 1};
const ImVec4 kComment{0.47f, 0.54f, 0.50f, 1};
const ImVec4 kHot{0.55f, 0.78f, 1, 0.25f};
const ImVec4 kChosen{1, 0.78f, 0.36f, 0.90f};
const ImVec4 kOnChosen{0.05f, 0.05f, 0.07f, 1};

/// Where a comment begins in a line; its end if there is none. A colour (`#0b0b12`) is none.
std::size_t comment_in(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted = !quoted;
    const auto is_hex = [&](std::size_t at) {
      return at < line.size() && std::isxdigit(static_cast<unsigned char>(line[at]));
    };
    const bool color =
        is_hex(i + 1) && is_hex(i + 2) && is_hex(i + 3) && is_hex(i + 4) && is_hex(i + 5) && is_hex(i + 6);
    if (line[i] == '#' && !quoted && !color) return i;
  }
  return line.size();
}

void write_number(InspectorState& state, double value) {
  SourceEdit& source = *state.source;
  if (!source.chosen()) return;  // the file says something else by now
  const NumberLiteral& literal = source.literals()[*source.chosen()];
  if (literal.whole) value = std::round(value);
  if (literal.seed) value = std::max(value, 0.0);
  if (source.turn(rounded_to(value, source.range().step))) state.host.try_text(source.text());
}

void let_go(InspectorState& state) {
  if (const auto written = state.source->let_go(); !written) {
    state.host.complain(written.error());
    state.host.try_text(state.source->text());
  }
}

/// The slider of the chosen number.
void draw_slider(InspectorState& state) {
  SourceEdit& source = *state.source;
  const NumberLiteral literal = source.literals()[*source.chosen()];
  const TextPosition at = text_position(source.text(), literal.span.begin);
  const SliderRange range = source.range();
  ImGui::Text("%s:%u:%u", source.path().c_str() + source.path().rfind('/') + 1, at.line, at.column);
  hint(fmt::format("{} to {} {}, in steps of {}; Ctrl+click: type any number", plain_decimal(range.low),
                   plain_decimal(range.high), literal.unit.empty() ? "(no unit)" : literal.unit,
                   plain_decimal(range.step)));
  auto value = literal.value;
  const std::string format =
      literal.whole ? "%.0f"
                    : fmt::format("%.{}f {}", static_cast<int>(std::lround(-std::log10(range.step))), literal.unit);
  ImGui::SetNextItemWidth(-1);
  if (ImGui::SliderScalar("##slider", ImGuiDataType_Double, &value, &range.low, &range.high, format.c_str()))
    write_number(state, value);
  note_place(state, "slider");
  if (ImGui::IsItemDeactivated()) let_go(state);
}

/// A number in the text: a click chooses it, a drag turns it.
void draw_literal(InspectorState& state, std::size_t index, double value, std::string_view word) {
  SourceEdit& source = *state.source;
  const bool chosen = source.chosen() == index;
  const ImVec2 from = ImGui::GetCursorScreenPos();
  const ImVec2 size = ImGui::CalcTextSize(word.data(), word.data() + word.size());
  ImGui::PushID(static_cast<int>(index));
  ImGui::InvisibleButton("number", size);
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (ImGui::IsItemActivated()) source.choose(index);
  if (ImGui::IsItemActive() && source.chosen() == index && ImGui::IsMouseDragging(0, 3)) {
    const SliderRange range = source.range();
    const double part = ImGui::GetIO().MouseDelta.x / (300 * state.scale);
    const double fine = ImGui::GetIO().KeyShift ? 0.1 : 1;
    state.dragged += part * fine * (range.high - range.low);
    write_number(state, state.drag_begin + state.dragged);
  } else if (ImGui::IsItemActivated()) {
    state.drag_begin = value;
    state.dragged = 0;
  }
  if (ImGui::IsItemDeactivated()) let_go(state);
  if (hot) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (chosen || hot)
    ImGui::GetWindowDrawList()->AddRectFilled({from.x - 2, from.y}, {from.x + size.x + 2, from.y + size.y},
                                              ImGui::GetColorU32(chosen ? kChosen : kHot), 2);
  ImGui::GetWindowDrawList()->AddText(from, ImGui::GetColorU32(chosen ? kOnChosen : kNumber), word.data(),
                                      word.data() + word.size());
  if (chosen && state.scroll_to_chosen) {
    ImGui::SetScrollHereY(0.4f);
    state.scroll_to_chosen = false;
  }
  ImGui::PopID();
}

void draw_words(std::string_view words, const ImVec4& color) {
  if (words.empty()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopStyleColor();
  ImGui::SameLine(0, 0);
}

/// The text as it was when the picture began, whatever is turned meanwhile.
struct Shown {
  std::string text;
  std::vector<NumberLiteral> literals;
  std::vector<std::size_t> lines;  ///< where they begin

  explicit Shown(const SourceEdit& source) : text(source.text()), literals(source.literals()) {
    for (std::size_t begin = 0; begin < text.size(); begin = end_of(begin) + 1) lines.push_back(begin);
  }
  std::size_t end_of(std::size_t begin) const { return std::min(text.find('\n', begin), text.size()); }
  int line_of(const NumberLiteral& literal) const {
    return static_cast<int>(std::ranges::upper_bound(lines, literal.span.begin) - lines.begin()) - 1;
  }
};

/// A line with its number.
void draw_text_line(InspectorState& state, const Shown& shown, std::size_t index) {
  const std::string_view text = shown.text;
  const std::size_t begin = shown.lines[index], end = shown.end_of(begin);
  const std::size_t comment = begin + comment_in(text.substr(begin, end - begin));
  draw_words(fmt::format("{:4} ", index + 1), kFaint);
  std::size_t at = begin;
  const auto begin_of = [](const NumberLiteral& literal) { return literal.span.begin; };
  const auto first = std::ranges::lower_bound(shown.literals, begin, {}, begin_of);
  for (auto one = first; one != shown.literals.end() && one->span.begin < end; ++one) {
    const std::size_t behind = std::min(one->span.end + one->unit.size(), end);
    draw_words(text.substr(at, one->span.begin - at), kPlain);
    draw_literal(state, static_cast<std::size_t>(one - shown.literals.begin()), one->value,
                 text.substr(one->span.begin, behind - one->span.begin));
    ImGui::SameLine(0, 0);
    at = behind;
  }
  if (comment >= at) draw_words(text.substr(at, comment - at), kPlain);
  draw_words(text.substr(std::max(comment, at), end - std::max(comment, at)), kComment);
  ImGui::NewLine();
}

/// What is seen of it, and the line of the chosen number: it may be under a hand, or to be scrolled to.
void draw_lines(InspectorState& state) {
  const Shown shown(*state.source);
  const std::optional<std::size_t> chosen = state.source->chosen();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(shown.lines.size()));
  if (chosen) {
    const int line = shown.line_of(shown.literals[*chosen]);
    clipper.ForceDisplayRangeByIndices(line, line + 1);
  }
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_text_line(state, shown, static_cast<std::size_t>(i));
}

}  // namespace

void draw_text_panel(InspectorState& state) {
  if (!state.source)
    return ImGui::TextColored(kFaint, "The patch is in no text file: its numbers cannot be written back.");
  if (state.source->chosen())
    draw_slider(state);
  else
    hint("Click a number: it has a slider. Drag it: it turns (Shift: finely). Let go: the file says it.");
  ImGui::Separator();
  ImGui::BeginChild("text", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ImGui::GetStyle().ItemSpacing.y * 0.4f});
  draw_lines(state);
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace oscilla::cli::play
