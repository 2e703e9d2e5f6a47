// A picture as the outputs write it: 8-bit sRGB with straight alpha, R G B A, rows from top to bottom, no padding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "output/draw_report.hpp"

namespace oscilla::output {

struct Raster {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> rgba;
  bool opaque = true;  ///< every alpha is 255
  DrawReport report = {};
};

/// Converts native-endian 0xAARRGGBB rows with premultiplied alpha (cairo's ARGB32); each colour is round(255 c / a),
/// and a pixel with alpha 0 is 0 0 0 0. Sizes `out`.
void unpremultiply(const std::uint8_t* argb, std::size_t stride, std::uint32_t width, std::uint32_t height,
                   Raster& out);

}  // namespace oscilla::output
