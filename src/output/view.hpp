// Where the world lies on a picture of a given size. The only place where y is turned around.
#pragma once

#include <algorithm>
#include <cstdint>

#include "oscilla/frame.hpp"

namespace oscilla::output {

/// pixel = scale * world + offset per axis, pixel y down; `unit` pixels are 1 of a shape's measures.
struct View {
  double scale_x, scale_y;
  double offset_x, offset_y;
  double unit;

  View(Fit fit, std::uint32_t width, std::uint32_t height) {
    unit = std::min(width, height);
    scale_x = fit == Fit::Stretch ? width : unit;
    scale_y = fit == Fit::Stretch ? -double(height) : -unit;
    offset_x = 0.5 * width - 0.5 * scale_x;
    offset_y = 0.5 * height - 0.5 * scale_y;
  }

  double x(float world) const { return world * scale_x + offset_x; }
  double y(float world) const { return world * scale_y + offset_y; }
};

/// The part of a shape's rotation that every instance shares, in radians, counter-clockwise.
inline double base_rotation(const Shape& shape) {
  return shape.kind == ShapeKind::Path ? shape.parameters[0] : shape.parameters[2];
}

}  // namespace oscilla::output
