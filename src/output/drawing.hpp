// A drawing of rectangles, lines, letters and small pictures, in pixels from the top left, for charts. The same list
// becomes an SVG document or a raster.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <variant>
#include <vector>

#include "output/raster.hpp"

namespace oscilla::output {

using Ink = std::array<std::uint8_t, 3>;  ///< 8-bit sRGB

struct Point {
  double x = 0;
  double y = 0;
};

enum class Anchor : std::uint8_t { Start, Middle, End };

struct RectangleMark {
  double x, y, width, height;
  Ink fill;
};
struct LineMark {
  std::vector<Point> points;
  Ink ink{};
  double width = 1;
  bool dashed = false;
};
struct TextMark {
  Point at;  ///< of the base line
  std::string text;
  double size = 12;
  Anchor anchor = Anchor::Start;
  Ink ink{};
  bool bold = false;
  bool upwards = false;  ///< turned, so that it is read from below
};
/// Cells of equal size, row by row from the top.
struct CellsMark {
  double x, y, width, height;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<Ink> cells;
};
using Mark = std::variant<RectangleMark, LineMark, TextMark, CellsMark>;

struct Drawing {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<Mark> marks;
};

std::string drawing_svg(const Drawing& drawing);

/// `scale` pixels of the raster for one of the drawing. The error says that there is not enough memory.
std::expected<Raster, std::string> drawing_raster(const Drawing& drawing, double scale);

}  // namespace oscilla::output
