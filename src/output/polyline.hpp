// Outlines as straight pieces, for backends that draw nothing else.
#pragma once

#include <vector>

#include "oscilla/frame.hpp"
#include "output/outline.hpp"

namespace oscilla::output {

/// A contour. No two points that follow one another are equal; a closed one goes on from the last to the first.
struct Polyline {
  struct Vertex {
    OutlinePoint at;
    bool smooth = false;  ///< inside a curve: no corner
  };
  std::vector<Vertex> vertices;  ///< one alone is a dot
  bool closed = false;
};

/// Curves are off by `tolerance` at most. Contours that only move are left out.
std::vector<Polyline> polylines_of(const Outline& outline, double tolerance);

/// The dashes of a contour, open ones. Where a closed one begins and ends within a dash, that dash is one.
void cut_into_dashes(const Polyline& line, const Style& style, std::vector<Polyline>& dashes);

}  // namespace oscilla::output
