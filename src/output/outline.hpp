// The outlines of a frame's shapes as moves, lines and cubic curves, unrotated, in the shape's own measures (y up).
// Ellipses are four cubics, off by less than 2e-4 of the radius.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::output {

struct OutlinePoint {
  double x, y;
};

struct Outline {
  enum class Step : std::uint8_t { Move, Line, Cubic, Close };  ///< uses 1, 1, 3, 0 points
  std::vector<Step> steps;
  std::vector<OutlinePoint> points;
  double reach = 0;  ///< no part is further from the origin
};

/// The outline of `frame.shapes[index]`. The frame is valid.
Outline outline_of(const RenderFrame& frame, std::uint32_t index);

}  // namespace oscilla::output
