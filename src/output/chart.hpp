// Charts of values over time: lines that share a scale, and fields as heat-maps of lanes over time. In: numbers. Out: a
// drawing with axes, units, legend and the moments that matter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "output/drawing.hpp"

namespace oscilla::output {

/// A value over time; what is not finite leaves a gap.
struct Series {
  std::string name;
  std::vector<double> values;  ///< one for each time
  bool faint = false;          ///< dashed, as something to compare with
};

/// Lines in one pair of axes.
struct LinePanel {
  std::string unit;  ///< of the values
  std::vector<Series> series;
};

/// A field: colour is the value.
struct HeatPanel {
  std::string name;
  std::string unit;
  std::uint32_t first_lane = 0;
  std::uint32_t rows = 0;
  std::uint32_t lanes_a_row = 1;  ///< more than one: a row is their mean
  std::vector<double> values;     ///< by time, then by row; as many as times * rows
};

/// What happened at moments: a row of ticks for each value.
struct EventPanel {
  struct Tick {
    double seconds = 0;
    std::string label;  ///< where there is room for it
  };
  struct Row {
    std::string name;
    std::vector<Tick> ticks;  ///< ascending
  };
  std::vector<Row> rows;
};

enum class PanelKind : std::uint8_t { Lines, Heat, Events };

struct ChartPanel {
  PanelKind kind = PanelKind::Lines;
  LinePanel lines{};
  HeatPanel heat{};
  EventPanel events{};
};

/// A vertical line through all panels.
struct Moment {
  double seconds = 0;
  std::string label;
};

struct Chart {
  std::string title;
  std::string subtitle;
  std::vector<double> seconds;  ///< ascending
  std::vector<ChartPanel> panels;
  std::vector<Moment> moments;
};

Drawing draw_chart(const Chart& chart);

}  // namespace oscilla::output
