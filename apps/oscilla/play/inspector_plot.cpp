#include "oscilla/play/inspector_plot.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

constexpr ImU32 kPlotGround = IM_COL32(255, 255, 255, 14);
constexpr ImU32 kBand = IM_COL32(110, 170, 255, 60);
constexpr ImU32 kLine = IM_COL32(130, 185, 255, 255);
constexpr ImU32 kStill = IM_COL32(130, 140, 155, 160);
constexpr ImU32 kTick = IM_COL32(110, 170, 255, 220);
constexpr ImU32 kOutput = IM_COL32(160, 140, 235, 220);
constexpr ImU32 kLate = IM_COL32(255, 105, 100, 255);
constexpr ImU32 kLimit = IM_COL32(255, 200, 90, 150);
constexpr ImU32 kMark = IM_COL32(130, 220, 145, 200);

/// The place of a picture of its own.
struct Area {
  ImVec2 from, to;
  bool hovered = false;
  float width() const { return to.x - from.x; }
  float height() const { return to.y - from.y; }
};

Area area_of(const char* id, PlotSize size) {
  const float width = size.width > 0 ? size.width : std::max(ImGui::GetContentRegionAvail().x, 1.0f);
  Area area;
  area.from = ImGui::GetCursorScreenPos();
  area.to = {area.from.x + width, area.from.y + size.height};
  ImGui::InvisibleButton(id, {width, size.height});
  area.hovered = ImGui::IsItemHovered();
  ImGui::GetWindowDrawList()->AddRectFilled(area.from, area.to, kPlotGround, 2);
  return area;
}

/// The number of the thing under the pointer, of `count` from the left.
std::size_t under_pointer(const Area& area, std::size_t count) {
  const float part = (ImGui::GetIO().MousePos.x - area.from.x) / area.width();
  return static_cast<std::size_t>(std::clamp(part * static_cast<float>(count), 0.0f, static_cast<float>(count - 1)));
}

void tell_point(const Course& course, std::size_t at, std::string_view unit) {
  const CoursePoint& point = course[at];
  const double ago = 0.05 * static_cast<double>(course.size() - 1 - at);
  std::string text = fmt::format("{} {}\n{:.1f} s ago", short_number(point.value), unit, ago);
  if (point.low != point.high)
    text += fmt::format("\nfrom {} to {}", short_number(point.low), short_number(point.high));
  ImGui::SetTooltip("%s", text.c_str());
}

}  // namespace

void plot_course(const char* id, const Course& course, PlotSize size, std::string_view unit) {
  const Area area = area_of(id, size);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const std::size_t count = course.size();
  if (count == 0) return;
  const float middle = 0.5f * (area.from.y + area.to.y);
  double low = course[0].low, high = course[0].high;
  for (std::size_t i = 0; i < count; ++i) {
    low = std::min(low, course[i].low);
    high = std::max(high, course[i].high);
  }
  if (!(high > low) || !std::isfinite(high - low)) {
    draw.AddLine({area.from.x, middle}, {area.to.x, middle}, kStill);
  } else {
    const auto x = [&](std::size_t i) {  // the newest at the right
      const auto place = static_cast<float>(Course::kPoints - count + i) / static_cast<float>(Course::kPoints - 1);
      return area.from.x + place * area.width();
    };
    const auto y = [&](double value) {
      return area.to.y - 1 - static_cast<float>((value - low) / (high - low)) * (area.height() - 2);
    };
    for (std::size_t i = 0; i + 1 < count; ++i)
      draw.AddRectFilled({x(i), y(course[i].high) - 0.5f}, {x(i + 1), y(course[i].low) + 0.5f}, kBand);
    for (std::size_t i = 0; i + 1 < count; ++i)
      draw.AddLine({x(i), y(course[i].value)}, {x(i + 1), y(course[i + 1].value)}, kLine, 1.2f);
  }
  if (!area.hovered) return;
  const std::size_t empty = Course::kPoints - count;
  const std::size_t at = under_pointer(area, Course::kPoints);
  tell_point(course, at < empty ? 0 : at - empty, unit);
}

void plot_bars(const char* id, std::size_t count, const std::function<Bar(std::size_t)>& bar, double limit,
               std::string_view unit, PlotSize size, const std::function<std::string(std::size_t)>& told) {
  const Area area = area_of(id, size);
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  if (count == 0) return;
  double most = 0;
  for (std::size_t i = 0; i < count; ++i) most = std::max(most, bar(i).value + bar(i).on_top);
  double top = 2 * limit;  // one that is far off does not flatten the others
  for (const double part : {1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01})
    if (most <= part * limit) top = part * limit;
  const float step = area.width() / static_cast<float>(count);
  const auto y = [&](double value) {
    return area.to.y - static_cast<float>(std::min(value / top, 1.0)) * area.height();
  };
  for (std::size_t i = 0; i < count; ++i) {
    const Bar one = bar(i);
    const float left = area.from.x + step * static_cast<float>(i);
    const float right = left + std::max(step - 0.5f, 1.0f);
    const bool late = one.value + one.on_top > limit;
    draw.AddRectFilled({left, y(one.value)}, {right, area.to.y}, late ? kLate : kTick);
    draw.AddRectFilled({left, y(one.value + one.on_top)}, {right, y(one.value)}, late ? kLate : kOutput);
    if (one.marked) draw.AddLine({left, area.from.y}, {left, area.to.y}, kMark, 1.5f);
  }
  if (top >= limit) draw.AddLine({area.from.x, y(limit)}, {area.to.x, y(limit)}, kLimit);
  const std::string scale = fmt::format("{:.2g} {}", top, unit);
  draw.AddText({area.from.x + 4, area.from.y + 1}, kStill, scale.c_str());
  if (area.hovered) ImGui::SetTooltip("%s", told(under_pointer(area, count)).c_str());
}

}  // namespace oscilla::cli::play
