// Lines as what the OpenGL backend sums them up from: a piece for every straight part, and wedges that fill outer
// corners and round caps. They touch and do not overlap wherever the figure allows, so their areas can be added.
#pragma once

#include <vector>

#include "oscilla/frame.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {

inline constexpr std::size_t kPieceFloats = 12;

/// Adds rows as the piece shader reads them. The same pieces do for every width; `arc` is how far round corners turn
/// from point to point, in radians.
void add_pieces(const Polyline& line, const Style& style, double arc, std::vector<float>& rows);

}  // namespace oscilla::output
