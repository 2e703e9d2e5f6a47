#include "output/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace oscilla::output {
namespace {

constexpr double kWidth = 960;
constexpr double kLeft = 84;
constexpr double kRight = 168;
constexpr double kTop = 58;
constexpr double kBottom = 50;
constexpr double kPanelHeight = 200;
constexpr double kGap = 30;
constexpr double kEventRow = 44;
constexpr double kTick = 14;  // half of one
constexpr double kPlotWidth = kWidth - kLeft - kRight;

constexpr Ink kPaper{255, 255, 255};
constexpr Ink kText{51, 51, 51};
constexpr Ink kQuiet{120, 120, 120};
constexpr Ink kGrid{230, 230, 230};
constexpr Ink kAxis{150, 150, 150};
constexpr Ink kMoment{213, 94, 0};
// Colours that everybody can tell apart (Okabe, Ito).
constexpr Ink kInks[] = {{0, 114, 178},  {230, 159, 0},   {0, 158, 115}, {204, 121, 167},
                         {86, 180, 233}, {148, 103, 189}, {90, 90, 90}};

/// Where there is no value.
constexpr Ink kNothing{240, 240, 240};
/// As light as the value is high, for every eye (viridis at nine places).
constexpr std::array<Ink, 9> kHeat{{{68, 1, 84},
                                    {71, 44, 122},
                                    {59, 81, 139},
                                    {44, 113, 142},
                                    {33, 144, 141},
                                    {39, 173, 129},
                                    {92, 200, 99},
                                    {170, 220, 50},
                                    {253, 231, 37}}};

Ink heat_of(double share) {
  if (!std::isfinite(share)) return kNothing;
  const double at = std::clamp(share, 0.0, 1.0) * (kHeat.size() - 1);
  const std::size_t low = std::min(static_cast<std::size_t>(at), kHeat.size() - 2);
  Ink ink{};
  for (std::size_t c = 0; c < ink.size(); ++c)
    ink[c] = static_cast<std::uint8_t>(
        std::lround(kHeat[low][c] + (at - static_cast<double>(low)) * (kHeat[low + 1][c] - kHeat[low][c])));
  return ink;
}

/// A range of numbers with ticks that people like to read.
struct Scale {
  static constexpr int kMostTicks = 20;
  double low = 0;
  double high = 1;
  double step = 1;

  /// Room for all of `least` to `most`; `most_ticks` at most. Its ends are ticks if `rounded`.
  static Scale over(double least, double most, int most_ticks, bool rounded) {
    // Differences and quotients of the ends are numbers, too.
    constexpr double kMost = std::numeric_limits<double>::max() / 4, kLeast = 1e-300;
    if (!(least <= most)) least = 0, most = 1;
    least = std::clamp(least, -kMost, kMost);
    most = std::clamp(most, -kMost, kMost);
    if (most - least < kLeast) {
      const double room = std::abs(least) < kLeast ? 1 : std::abs(least) * 0.1;
      least -= room;
      most += room;
    }
    const double rough = (most - least) / most_ticks;
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * decade;
    for (const double digit : {5.0, 2.0, 1.0})
      if (digit * decade >= rough * (1 - 1e-9)) step = digit * decade;
    if (!rounded) return {least, most, step};
    return {std::floor(least / step + 1e-9) * step, std::ceil(most / step - 1e-9) * step, step};
  }

  double share(double value) const { return (value - low) / (high - low); }
  std::vector<double> ticks() const {
    std::vector<double> found;
    const double first = std::ceil(low / step - 1e-9);
    for (int i = 0; i <= kMostTicks; ++i) {
      const double tick = (first + i) * step;
      if (tick > high + step * 1e-9) break;
      if (found.empty() || tick > found.back()) found.push_back(tick);  // of large numbers not each is another
    }
    return found;
  }
  std::string label(double value) const {
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    if (std::abs(value) >= 1e7 || decimals > 6) return fmt::format("{:.3g}", std::abs(value) < step * 1e-6 ? 0 : value);
    return fmt::format("{:.{}f}", std::abs(value) < step * 1e-6 ? 0 : value, decimals);
  }
};

class Draughtsman {
 public:
  explicit Draughtsman(const Chart& chart)
      : chart_(chart), time_(Scale::over(chart.seconds.front(), chart.seconds.back(), 9, false)) {}

  Drawing run() {
    double bottom = kTop - kGap;
    for (const ChartPanel& panel : chart_.panels) bottom += kGap + height_of(panel);
    drawing_.width = static_cast<std::uint32_t>(kWidth);
    drawing_.height = static_cast<std::uint32_t>(bottom + kBottom);
    add(RectangleMark{0, 0, kWidth, static_cast<double>(drawing_.height), kPaper});
    text({kLeft, 24}, chart_.title, 15, Anchor::Start, kText, true);
    text({kLeft, 42}, chart_.subtitle, 11, Anchor::Start, kQuiet);
    double top = kTop;
    for (const ChartPanel& one : chart_.panels) {
      panel(one, top);
      top += height_ + kGap;
    }
    time_axis(drawing_.height - kBottom);
    return std::move(drawing_);
  }

 private:
  template <class AnyMark>
  void add(AnyMark mark) {
    drawing_.marks.emplace_back(std::move(mark));
  }
  void text(Point at, std::string words, double size, Anchor anchor, Ink ink, bool bold = false, bool upwards = false) {
    add(TextMark{at, std::move(words), size, anchor, ink, bold, upwards});
  }
  void line(std::vector<Point> points, Ink ink, double width = 1, bool dashed = false) {
    add(LineMark{std::move(points), ink, width, dashed});
  }
  double x_of(double seconds) const { return kLeft + kPlotWidth * time_.share(seconds); }

  void time_axis(double y) {
    for (const double tick : time_.ticks()) text({x_of(tick), y + 18}, time_.label(tick), 11, Anchor::Middle, kText);
    text({kLeft + kPlotWidth / 2, y + 38}, "time (s)", 12, Anchor::Middle, kText);
  }

  static double height_of(const ChartPanel& panel) {
    return panel.kind == PanelKind::Events ? kEventRow * static_cast<double>(panel.events.rows.size()) : kPanelHeight;
  }

  void panel(const ChartPanel& panel, double top) {
    height_ = height_of(panel);
    switch (panel.kind) {
      case PanelKind::Lines: lines(panel.lines, top); break;
      case PanelKind::Heat: heat(panel.heat, top); break;
      case PanelKind::Events: events(panel.events, top); break;
    }
    for (const double tick : time_.ticks()) line({{x_of(tick), top + height_}, {x_of(tick), top + height_ + 4}}, kAxis);
    frame(top);
    moments(top);
  }

  void frame(double top) {
    const double bottom = top + height_, right = kLeft + kPlotWidth;
    line({{kLeft, top}, {kLeft, bottom}, {right, bottom}}, kAxis);
  }

  void moments(double top) {
    for (const Moment& moment : chart_.moments) {
      const double x = x_of(moment.seconds);
      line({{x, top}, {x, top + height_}}, kMoment, 1, true);
      if (top == kTop) text({x, top - 5}, moment.label, 10, Anchor::Middle, kMoment);
    }
  }

  void y_ticks(const Scale& scale, double top, bool grid) {
    for (const double tick : scale.ticks()) {
      const double y = top + height_ * (1 - scale.share(tick));
      if (grid) line({{kLeft, y}, {kLeft + kPlotWidth, y}}, kGrid);
      line({{kLeft - 4, y}, {kLeft, y}}, kAxis);
      text({kLeft - 8, y + 4}, scale.label(tick), 11, Anchor::End, kText);
    }
  }

  void lines(const LinePanel& panel, double top) {
    double least = INFINITY, most = -INFINITY;
    for (const Series& series : panel.series)
      for (const double value : series.values)
        if (std::isfinite(value)) least = std::min(least, value), most = std::max(most, value);
    const Scale scale = Scale::over(least, most, 5, true);
    for (const double tick : time_.ticks()) line({{x_of(tick), top}, {x_of(tick), top + height_}}, kGrid);
    y_ticks(scale, top, true);
    text({18, top + height_ / 2}, panel.unit, 12, Anchor::Middle, kText, false, true);
    for (std::size_t i = 0; i < panel.series.size(); ++i) {
      const Series& series = panel.series[i];
      const Ink ink = series.faint ? kQuiet : kInks[i % std::size(kInks)];
      curve(series, scale, top, ink);
      const double y = top + 12 + 18 * static_cast<double>(i);
      line({{kLeft + kPlotWidth + 12, y}, {kLeft + kPlotWidth + 32, y}}, ink, 2, series.faint);
      text({kLeft + kPlotWidth + 38, y + 4}, series.name, 11, Anchor::Start, kText);
    }
  }

  void curve(const Series& series, const Scale& scale, double top, Ink ink) {
    std::vector<Point> points;
    for (std::size_t i = 0; i <= series.values.size(); ++i) {
      if (i < series.values.size() && std::isfinite(series.values[i])) {
        points.push_back({x_of(chart_.seconds[i]), top + height_ * (1 - scale.share(series.values[i]))});
      } else if (!points.empty()) {
        if (points.size() == 1) points.push_back({points[0].x + 1, points[0].y});
        line(std::exchange(points, {}), ink, 1.6, series.faint);
      }
    }
  }

  void events(const EventPanel& panel, double top) {
    for (std::size_t i = 0; i < panel.rows.size(); ++i) {
      const EventPanel::Row& row = panel.rows[i];
      const Ink ink = kInks[i % std::size(kInks)];
      const double middle = top + kEventRow * (static_cast<double>(i) + 0.5);
      line({{kLeft, middle}, {kLeft + kPlotWidth, middle}}, kGrid);
      double labelled_to = kLeft;
      for (const EventPanel::Tick& tick : row.ticks) {
        const double x = x_of(tick.seconds);
        line({{x, middle - kTick}, {x, middle + kTick}}, ink, 1.6);
        if (tick.label.empty() || x < labelled_to) continue;
        text({x + 3, middle - 3}, tick.label, 9, Anchor::Start, kQuiet);
        labelled_to = x + 6 + 6 * static_cast<double>(tick.label.size());
      }
      text({kLeft + kPlotWidth + 12, middle + 4}, fmt::format("{} ({})", row.name, row.ticks.size()), 11, Anchor::Start,
           kText);
    }
    text({18, top + height_ / 2}, "events", 12, Anchor::Middle, kText, false, true);
  }

  void heat(const HeatPanel& panel, double top) {
    double least = INFINITY, most = -INFINITY;
    for (const double value : panel.values)
      if (std::isfinite(value)) least = std::min(least, value), most = std::max(most, value);
    if (!(least <= most)) least = 0, most = 1;
    const double range = most > least ? most - least : 1;
    const auto columns =
        static_cast<std::uint32_t>(std::min(chart_.seconds.size(), static_cast<std::size_t>(kPlotWidth)));
    CellsMark cells{kLeft, top, kPlotWidth, height_, columns, panel.rows, {}};
    for (std::uint32_t row = panel.rows; row-- > 0;)
      for (std::uint32_t column = 0; column < columns; ++column)
        cells.cells.push_back(heat_of((mean(panel, row, column, columns) - least) / range));
    add(std::move(cells));
    y_ticks(Scale::over(panel.first_lane, panel.first_lane + panel.rows * panel.lanes_a_row, 5, false), top, false);
    text({18, top + height_ / 2}, panel.lanes_a_row > 1 ? fmt::format("lane (mean of {})", panel.lanes_a_row) : "lane",
         12, Anchor::Middle, kText, false, true);
    key(panel, Scale::over(least, least + range, 4, false), top);
  }

  /// Of the times that a column stands for.
  double mean(const HeatPanel& panel, std::uint32_t row, std::uint32_t column, std::uint32_t columns) const {
    const std::size_t times = chart_.seconds.size();
    const std::size_t begin = times * column / columns;
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t t = begin; t < std::max(begin + 1, times * (column + 1) / columns); ++t) {
      const double value = panel.values[t * panel.rows + row];
      if (!std::isfinite(value)) continue;
      sum += value;
      ++count;
    }
    return sum / static_cast<double>(count);
  }

  /// Which colour is which value.
  void key(const HeatPanel& panel, const Scale& scale, double top) {
    constexpr std::uint32_t kSteps = 100;
    const double left = kLeft + kPlotWidth + 14, bar_top = top + 26, height = height_ - 26;
    text({left, top + 10}, panel.name, 11, Anchor::Start, kText, true);
    CellsMark bar{left, bar_top, 14, height, 1, kSteps, {}};
    for (std::uint32_t i = 0; i < kSteps; ++i) bar.cells.push_back(heat_of(1 - i / (kSteps - 1.0)));
    add(std::move(bar));
    for (const double tick : scale.ticks()) {
      const double y = bar_top + height * (1 - scale.share(tick));
      line({{left + 14, y}, {left + 18, y}}, kAxis);
      text({left + 22, y + 4}, scale.label(tick), 11, Anchor::Start, kText);
    }
    text({left + 84, bar_top + height / 2}, panel.unit, 11, Anchor::Middle, kText, false, true);
  }

  const Chart& chart_;
  Scale time_;
  double height_ = kPanelHeight;  // of the panel that is drawn
  Drawing drawing_;
};

}  // namespace

Drawing draw_chart(const Chart& chart) { return Draughtsman(chart).run(); }

}  // namespace oscilla::output
