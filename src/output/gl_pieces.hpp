// Lines as what the OpenGL backend sums them up from: a piece for every straight part, and wedges that fill outer
// corners and round caps. They touch and do not overlap wherever the figure allows, so their areas can be added.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "oscilla/frame.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {

inline constexpr std::size_t kPieceFloats = 12;
inline constexpr std::size_t kPieceCorners = 6;

/// How far lines may be from the curves that they stand for, in the units of an outline of which one is so many pixels.
double curve_tolerance(double pixels);

/// Adds rows as the piece shader reads them, of contours with all dashes that `style` gives them, exact enough for half
/// widths of up to `pen` pixels. The same pieces do for every width. `length` is that of all contours.
void add_line_pieces(const std::vector<Polyline>& lines, double length, const Style& style, double pen,
                     std::vector<float>& rows);

/// The corners of the piece in a row, for half a width of the line: how many of them there are. The piece shader's own.
std::size_t piece_corners(const float* row, double half_width, std::array<OutlinePoint, kPieceCorners>& corners);

}  // namespace oscilla::output
