// Fills ellipses and rectangles straight into cairo's pixels, several times faster than a path and closer to the true
// area: the coverage of a pixel is summed over lines across an ellipse, each cut at its exact ends (to 1/256 pixel); of
// a rectangle it is exact. Blending is source-over with the same 8-bit arithmetic as cairo's, so that flat areas are
// equal to the bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::output {

/// Premultiplied 0xAARRGGBB pixels.
struct PixelGrid {
  std::uint8_t* data;
  std::size_t stride;
  std::uint32_t width;
  std::uint32_t height;
};

/// The image of the unit circle under a matrix M, moved to (x, y), in pixels: M Mt = (xx xy; xy yy).
struct PixelEllipse {
  double x, y;
  double xx, xy, yy;
};

/// A straight colour as cairo makes 8-bit premultiplied pixels of it.
std::uint32_t premultiplied_pixel(float r, float g, float b, float a);

/// A parallelogram around (x, y), in pixels: halves of two of its sides.
struct PixelParallelogram {
  double x, y;
  double ux, uy, vx, vy;
};

/// What a figure is filled with, and how that meets what is there.
struct StampInk {
  std::uint32_t color;  ///< premultiplied
  Blend blend = Blend::Normal;
};

class Stamp {
 public:
  explicit Stamp(PixelGrid grid) : grid_(grid), edges_(grid.width + 2) {}
  /// Somewhere else from now on.
  void draw_on(PixelGrid grid) {
    grid_ = grid;
    edges_.resize(grid.width + 2);
  }
  void draw(const PixelEllipse& ellipse, const StampInk& ink);
  void draw(const PixelParallelogram& box, const StampInk& ink);

 private:
  class EllipseChords;
  struct Row;
  template <int kLines>
  void add_lines(const EllipseChords& chords, float begin, float height, Row& row);
  void add_line(const std::int32_t (&fixed)[2], std::int32_t weight, Row& row);
  void add_edge(double begin, double end, std::int32_t weight, bool left, Row& row);
  void add_slope(double low, double high, std::int32_t weight, bool left, Row& row);
  void blend_row(std::uint32_t y, const StampInk& ink, const Row& row);
  template <Blend kBlend>
  void blend_row_as(std::uint32_t y, std::uint32_t color, const Row& row);

  PixelGrid grid_;
  std::vector<std::int32_t>
      edges_;  // of one row: how much coverage begins and ends at each pixel; 2^24 is a whole pixel
};

}  // namespace oscilla::output
