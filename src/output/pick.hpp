// What of a frame lies at a place of its picture: hit testing, for whoever wants to know what was clicked. In: a valid
// frame. Out: lanes, topmost first, by the same paths and pens that cairo draws.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::output {

struct Hit {
  std::uint32_t pass = 0;  ///< among RenderFrame::passes
  std::uint32_t lane = 0;  ///< among the pass's instances
  bool line = false;       ///< the line round it, not what fills it
};

/// A place of a picture of this size in pixels, y down.
struct PicturePoint {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  double x = 0;
  double y = 0;
};

/// All lanes that paint there, topmost first. What nobody can see is not there: without opacity, in a layer without
/// opacity, outside the clip of its layer; the gaps of dashes and the holes of a figure are none of it. Of a gradient
/// every place counts, those of its transparent colours too.
std::vector<Hit> hits_at(const RenderFrame& frame, const PicturePoint& point);

/// The same; where nothing is, what is nearest within `slack` pixels: small figures are hard to meet.
std::vector<Hit> hits_near(const RenderFrame& frame, const PicturePoint& point, double slack);

}  // namespace oscilla::output
