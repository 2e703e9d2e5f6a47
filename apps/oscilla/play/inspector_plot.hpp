// Courses of numbers as small pictures: a line with the band that it was in, and what it was under the pointer; and
// bars of what frames took. Drawn with ImGui's list of shapes, which has no such thing of its own.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "oscilla/play/value_courses.hpp"

namespace oscilla::cli::play {

struct PlotSize {
  float width = 0;  ///< 0: as wide as there is room
  float height = 20;
};

/// A course; `unit` stands behind the numbers that are told. A course that does not change is a line in the middle.
void plot_course(const char* id, const Course& course, PlotSize size, std::string_view unit);

struct Bar {
  double value = 0;   ///< the lower part
  double on_top = 0;  ///< what is added to it
  bool marked = false;
};

/// Bars from the left, the oldest first, as high as a part of `limit` that they fit in, which is told, or twice that
/// with a line at it: what is above is in the colour of what is bad. `told` is what stands under the pointer.
void plot_bars(const char* id, std::size_t count, const std::function<Bar(std::size_t)>& bar, double limit,
               std::string_view unit, PlotSize size, const std::function<std::string(std::size_t)>& told);

}  // namespace oscilla::cli::play
