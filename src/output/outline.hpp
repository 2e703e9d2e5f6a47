// The outlines of a frame's shapes as moves, lines and cubic curves, unrotated, in the shape's own measures (y up).
// Ellipses are four cubics, off by less than 2e-4 of the radius.
#pragma once

#include <array>
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
  double reach = 0;   ///< no part is further from the origin
  double length = 0;  ///< it is no longer than this
};

/// The outline of `frame.shapes[index]`. The frame is valid.
Outline outline_of(const RenderFrame& frame, std::uint32_t index);

/// What the places of gradients are relative to: along the figure's own axes, around all its points.
struct Box {
  double x, y;                     ///< the middle
  double half_width, half_height;  ///< not below 0
};
Box box_of(const RenderFrame& frame, std::uint32_t index);

/// Whether a fill is one colour: solid, or a gradient whose ends meet (then the last stop's).
struct FlatFill {
  bool none = false;  ///< nothing is filled
  bool flat = false;
  std::array<float, 4> color{1, 1, 1, 1};  ///< while flat: what the lane's colour is multiplied with
};
FlatFill flat_fill(const Fill& fill);

/// How long a dashed line's dashes are together, once round; 0 where it is whole.
double dash_period(const Style& style);

}  // namespace oscilla::output
