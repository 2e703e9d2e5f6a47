// Draws frames with OpenGL without a window. In: a frame and a size. Out: a Raster. Belongs to the thread that draws
// with it first; keeps its context between frames.
#pragma once

#include <memory>

#include "oscilla/frame.hpp"
#include "output/outcome.hpp"
#include "output/raster.hpp"
#include "output/rasteriser.hpp"

namespace oscilla::output {

class GlRasteriser {
 public:
  GlRasteriser();
  ~GlRasteriser();
  GlRasteriser(GlRasteriser&&) noexcept;
  GlRasteriser& operator=(GlRasteriser&&) noexcept;

  /// Reuses the memory of `out`. Fails where there is no OpenGL 3.3, or it has not enough memory.
  Outcome draw(const RenderFrame& frame, const RasterOptions& options, Raster& out);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace oscilla::output
