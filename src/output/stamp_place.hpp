// Figures as stamps (stamp.hpp): what an ellipse or a rectangle is in pixels.
#pragma once

#include "output/figures.hpp"
#include "output/stamp.hpp"

namespace oscilla::output {

/// Without a line.
inline bool is_stamp(const Shape& shape) {
  return shape.kind == ShapeKind::Ellipse || (shape.kind == ShapeKind::Rectangle && !(shape.parameters[3] > 0));
}

inline PixelParallelogram stamp_of_box(const Placement& place, const Box& box) {
  return {place.e,
          place.f,
          place.a * box.half_width,
          place.b * box.half_width,
          place.c * box.half_height,
          place.d * box.half_height};
}

/// The ellipse that touches the middles of the box's sides.
inline PixelEllipse stamp_of_ellipse(const Placement& place, const Box& box) {
  const PixelParallelogram p = stamp_of_box(place, box);
  return {p.x, p.y, p.ux * p.ux + p.vx * p.vx, p.ux * p.uy + p.vx * p.vy, p.uy * p.uy + p.vy * p.vy};
}

}  // namespace oscilla::output
