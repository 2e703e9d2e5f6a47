// What frames cost: a bar each, what each step of the schedule takes, and what the time goes to.
#include <imgui.h>

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "oscilla/play/inspector_plot.hpp"
#include "oscilla/play/inspector_state.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

constexpr double kToMs = 1e-6;

const InspectedTick& tick_at(const InspectorView& view, std::size_t count, std::size_t i) {
  return view.ticks[(view.ticks_made - count + i) % InspectorView::kTicks];
}

void draw_graph(const InspectorState& state, double budget_us) {
  const InspectorView& view = state.view();
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(view.ticks_made, InspectorView::kTicks));
  plot_bars(
      "##frames", count,
      [&](std::size_t i) {
        const InspectedTick& tick = tick_at(view, count, i);
        return Bar{tick.tick_us * 1e-3, tick.output_us * 1e-3, tick.edited};
      },
      budget_us * 1e-3, "ms", {0, static_cast<float>(90 * state.scale)},
      [&](std::size_t i) {
        const InspectedTick& tick = tick_at(view, count, i);
        return fmt::format("tick {}, t = {:.2f} s\n{:.3f} ms to compute{}{}", tick.number, tick.t_ms * 1e-3,
                           tick.tick_us * 1e-3,
                           tick.dropped > 0 ? fmt::format("\n{} left out before", tick.dropped) : "",
                           tick.edited ? "\nan edit took over" : "");
      });
  ImGui::TextColored(kFaint, "ms to compute each of the last %d ticks, of %.2f ms; green: an edit took over",
                     static_cast<int>(count), budget_us * 1e-3);
}

void draw_steps(const InspectorView& view) {
  if (!view.table) {
    ImGui::TextColored(kFaint, "The steps are measured while the trace is on (Health).");
    return;
  }
  const std::vector<double>& us = view.step_us;
  std::vector<std::size_t> order(std::min(us.size(), view.table->steps.size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return us[a] > us[b]; });
  const double all = std::max(std::accumulate(us.begin(), us.end(), 0.0), 1e-9);
  if (!ImGui::BeginTable("steps", 3, ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("step", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("µs a tick");
  ImGui::TableSetupColumn("share", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableHeadersRow();
  ImGui::PushStyleColor(ImGuiCol_PlotHistogram, {0.30f, 0.47f, 0.75f, 1});
  for (const std::size_t step : order) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(view.table->steps[step].c_str());
    ImGui::TableNextColumn();
    ImGui::Text("%8.1f", us[step]);
    ImGui::TableNextColumn();
    const std::string share = fmt::format("{:.0f} %", 100 * us[step] / all);
    ImGui::ProgressBar(static_cast<float>(us[step] / all), {-1, ImGui::GetTextLineHeight()}, share.c_str());
  }
  ImGui::PopStyleColor();
  ImGui::EndTable();
}

}  // namespace

void draw_frame_panel(InspectorState& state) {
  const InspectorView& view = state.view();
  const double budget = view.health ? static_cast<double>(view.health->budget_nanoseconds) : 16'666'667;
  draw_graph(state, budget * 1e-3);
  if (view.health) {
    const Health& health = *view.health;
    ImGui::Text("median %.2f ms, 99 of 100 at most %.2f ms, worst %.2f ms",
                static_cast<double>(health.median_nanoseconds) * kToMs,
                static_cast<double>(health.p99_nanoseconds) * kToMs,
                static_cast<double>(health.most_nanoseconds) * kToMs);
  }
  ImGui::TextColored(kFaint, "the inspector itself: %.3f ms a tick", view.inspection_us * 1e-3);
  ImGui::Separator();
  draw_steps(view);
}

}  // namespace oscilla::cli::play
