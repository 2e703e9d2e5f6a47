// What part of every pixel of a box lies inside an outline, summed up edge by edge: each edge adds the exact area to
// its right, with its sign, so that both fill rules follow from the sum.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"
#include "output/outline.hpp"

namespace oscilla::output {

class CoverageSum {
 public:
  /// Of pixels [0, width) x [0, height) from now on.
  void begin(std::uint32_t width, std::uint32_t height);
  /// From `a` to `b`; contours are closed.
  void add(OutlinePoint a, OutlinePoint b);
  /// 255 is a whole pixel. Row by row, `stride` bytes apart.
  void write(FillRule rule, std::uint8_t* bytes, std::size_t stride) const;

 private:
  void add_in_row(float* row, double low, double high, double height) const;

  std::uint32_t width_ = 0, height_ = 0;
  std::vector<float> changes_;  // of the sum from pixel to pixel; rows of width + 2
};

}  // namespace oscilla::output
