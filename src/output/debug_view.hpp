// Frames that show how a picture is made instead of the picture. In: a valid frame. Out: a valid frame with the same
// figures in the same places, for any backend.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::output {

enum class DebugView : std::uint8_t {
  None,
  Bounds,     ///< the picture, faint, and the box of every figure
  Batches,    ///< a colour for every batch
  Overdraw,   ///< the more often a place is painted, the brighter
  Wireframe,  ///< outlines only
  Depth,      ///< near white, far dark
  Lanes,      ///< from the first lane, blue, over green and red to the last, yellow
};

/// In the order of DebugView, from Bounds on.
inline constexpr std::string_view kDebugViews[] = {"bounds", "batches", "overdraw", "wireframe", "depth", "lanes"};

/// Makes such frames; keeps its memory from one to the next.
class DebugViewer {
 public:
  /// Valid until the next call, and as long as `frame` is. Lines are one pixel wide at `pixels` of the smaller side.
  const RenderFrame& apply(DebugView view, const RenderFrame& frame, double pixels);

 private:
  struct Lanes {
    std::vector<InstanceCore> core;
    std::vector<float> stroke;
    std::vector<std::uint32_t> shape;
  };

  void recolor(DebugView view, const Pass& from, Pass& to, Lanes& lanes);
  void outline(const Pass& from, Pass& to, Lanes& lanes, double width) const;
  void add_bounds(const RenderFrame& frame, double width);

  RenderFrame frame_;
  std::vector<Pass> passes_;
  std::vector<Lanes> lanes_;
  std::vector<Shape> shapes_;
  std::vector<std::vector<Batch>> batches_;
};

}  // namespace oscilla::output
