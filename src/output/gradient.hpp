// A gradient as cairo paints it. In: a fill that is no flat one. Out: a pattern in the gradient's own places, -1 to 1.
#pragma once

#include <cairo.h>

#include <array>

#include "oscilla/frame.hpp"

namespace oscilla::output {

/// Belongs to the caller.
inline cairo_pattern_t* make_gradient(const Fill& fill, const std::array<float, 4>& tint) {
  const auto& p = fill.place;
  cairo_pattern_t* pattern = fill.paint == Paint::Linear ? cairo_pattern_create_linear(p[0], p[1], p[2], p[3])
                                                         : cairo_pattern_create_radial(p[0], p[1], 0, p[0], p[1], p[2]);
  for (const GradientStop& stop : fill.stops) {
    const auto& c = stop.color;
    cairo_pattern_add_color_stop_rgba(pattern, stop.at, c[0] * tint[0], c[1] * tint[1], c[2] * tint[2], c[3] * tint[3]);
  }
  return pattern;
}

}  // namespace oscilla::output
