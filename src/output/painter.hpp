// Draws the passes of a frame into cairo surfaces; what is not valid in a pass costs that pass only. Ellipses and
// rectangles that cover what is under them are stamped into the pixels, everything else is cairo's. Passes of a layer
// go to a sheet of their own, which is laid over the rest when it is done.
#pragma once

#include <cairo.h>

#include <cstdint>

#include "oscilla/frame.hpp"
#include "output/figures.hpp"
#include "output/rasteriser.hpp"
#include "output/stamp.hpp"

namespace oscilla::output {

/// An image and what draws into it.
class Surface {
 public:
  Surface(std::uint32_t width, std::uint32_t height);
  ~Surface();
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  PixelGrid pixels() const;
  cairo_status_t status() const { return cairo_status(context); }

  std::uint32_t width;
  std::uint32_t height;
  cairo_surface_t* image;
  cairo_t* context;
};

class Painter {
 public:
  /// `sheet` is drawn on where the frame has layers, else it may be null.
  Painter(Surface& surface, Surface* sheet, const RenderFrame& frame);

  void ground(const RasterOptions& options);
  /// All passes, layer by layer. In the place of one that is not valid stands a mark.
  void passes();
  const DrawReport& report() const { return figures_.report; }

 private:
  friend Figures;

  void draw_on(Surface& surface);
  void begin_layer();
  void pass(const Pass& pass);
  void mark();
  void end_layer(const Layer& layer);
  void lane(const Pass& pass, std::uint32_t shape, std::uint32_t lane, const Pose& pose);
  void fill(const Pass& pass, std::uint32_t shape, const Placement& place, const InstanceCore& core);
  void stroke(const Pass& pass, std::uint32_t shape, const Placement& place, const float* stroke);
  void set_style(const Pass& pass);
  void stamp(const Pass& pass, std::uint32_t shape, std::uint32_t lane, const Pose& pose);

  Surface& below_;
  Surface* sheet_;
  Surface* surface_;  // drawn on now: one of the two
  cairo_t* context_;
  const RenderFrame& frame_;
  Figures figures_;
  Stamp stamp_;
};

}  // namespace oscilla::output
