// Draws frames with OpenGL 3.3, the same pictures as cairo's within small bounds (docs/frames.md): figures one over the
// other in painter's order, whole batches at a time. Knows no window: it draws in the context that is current, and all
// calls, its construction and destruction are made in that one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "exec/thread_pool.hpp"
#include "oscilla/frame.hpp"
#include "output/figures.hpp"
#include "output/gl_brush.hpp"
#include "output/gl_masks.hpp"
#include "output/gl_program.hpp"
#include "output/gl_quads.hpp"
#include "output/gl_sprites.hpp"
#include "output/gl_target.hpp"
#include "output/outcome.hpp"
#include "output/raster.hpp"
#include "output/rasteriser.hpp"
#include "output/stamp_bands.hpp"

namespace oscilla::output {

/// Who finds out what figures without a formula cover.
enum class GlSumming : std::uint8_t {
  Automatic,  ///< the driver on a graphics card; the processor where it is the driver
  Driver,
};

class GlRenderer {
 public:
  explicit GlRenderer(GlSumming summing = GlSumming::Automatic);

  /// Draws a picture of `options`' size, on a framebuffer of its own. A pass that is not valid is marked and told in
  /// the report; the rest is drawn. Fails if the driver refuses. Leaves the framebuffer bound that was.
  Outcome draw(const RenderFrame& frame, const RasterOptions& options);
  const DrawReport& report() const { return report_; }

  /// Lays the picture into a rectangle of the framebuffer that is bound (of a window, say; y up, as OpenGL has it).
  void show(int x, int y, int width, int height);
  /// Reads the picture back. Reuses the memory of `out`.
  void read(Raster& out);

 private:
  friend Figures;

  void ground(const RasterOptions& options);
  void clear(const Rgba& color);
  void begin_layer();
  void pass(const Pass& pass);
  void mark();
  void end_layer(const Layer& layer);

  std::optional<GlFigure> formula_of(const Pass& pass, const Batch& batch) const;
  bool is_rounded(const Pass& pass, const Batch& batch) const;
  Rgba fill_of(const Pass& pass, const InstanceCore& core) const;
  void batch(const Pass& pass, const Batch& batch);
  std::size_t stamps_at_front(const Pass& pass, std::span<const Batch> batches) const;
  bool is_stamped(const Pass& pass, std::span<const Batch> batches) const;
  void stamped_batches(const Pass& pass, std::span<const Batch> batches);
  void rounded_batch(const Pass& pass, const Batch& batch, GlFigure figure);
  void simple_batch(const Pass& pass, const Batch& batch, GlFigure figure);
  void masked_batch(const Pass& pass, const Batch& batch);
  void masked_lane(const Pass& pass, const Batch& batch, std::uint32_t lane, const Pose& pose);
  std::optional<OutlinePoint> place_figure(const Placement& place, const PixelBox& pixels, double half_width,
                                           const Rgba& fill, const Rgba& line);
  void add_figure(const Pass& pass, const Batch& batch);
  void bring_back();
  void draw_on(GlTarget& target);
  void flush();

  GlPrograms programs_;
  GlQuads quads_;
  GlTarget picture_{GlTarget::Format::Colour};
  GlTarget sheet_{GlTarget::Format::Colour};
  GlMasks masks_{programs_};
  // Where the driver is the processor:
  bool composes_;
  exec::ThreadPool threads_;
  GlSprites sprites_;
  StampBands stamps_;
  std::vector<std::uint32_t> pixels_;
  const GlTarget* copied_ = nullptr;      // whose pixels those are
  bool ahead_ = false;                    // of what the driver has of them
  std::optional<std::uint32_t> cleared_;  // to what the target is, if nothing was drawn since
  GlBrush brush_{programs_};
  GlTarget* target_ = nullptr;  // drawn on now: one of the two
  Figures* figures_ = nullptr;  // of the frame that is drawn
  DrawReport report_;
  std::string problem_;
};

}  // namespace oscilla::output
