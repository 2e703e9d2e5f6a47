// Paints figures over a target, in the order in which they are given: collects them and draws as many as possible at
// once. In a current context of OpenGL 3.3.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"
#include "output/gl_program.hpp"
#include "output/gl_quads.hpp"
#include "output/gl_shelves.hpp"
#include "output/gl_target.hpp"

namespace oscilla::output {

using Rgba = std::array<float, 4>;

/// A straight colour times a tint, premultiplied, in the 256 steps that cairo has.
Rgba premultiplied(const Rgba& color, const Rgba& tint);

/// How a rounded box, or a disc, looks along its own axes, in pixels.
struct GlRim {
  float radius_x, radius_y;  ///< of its corners
  float pen_x, pen_y;        ///< half the width of its line
};

/// A figure by the box around it: its middle and halves of two sides, in pixels.
struct GlBox {
  float x, y;
  float ux, uy, vx, vy;
};

GlMix mix_of(Blend blend);

class GlBrush {
 public:
  explicit GlBrush(GlPrograms& programs) : programs_(programs) {}

  /// How figures are painted from now on. Draw first.
  void set(const Fill& fill, Blend blend, FillRule rule = FillRule::NonZero);
  /// By the sheet of a layer.
  void set_sheet(const GlTarget& sheet, Blend blend);
  /// The fill of a lane: premultiplied, or the tint of a gradient.
  Rgba fill_of(const Rgba& tint) const { return is_flat() ? premultiplied(flat_, tint) : tint; }

  /// Whether a figure of this kind can be drawn together with those that were added.
  bool takes(GlFigure figure) {
    const bool round = figure_ == GlFigure::Disc || figure_ == GlFigure::SmallEllipse;
    const bool box = figure_ == GlFigure::Upright || figure_ == GlFigure::SmallRectangle;
    const GlFigure mine = round ? GlFigure::Ellipse : box ? GlFigure::Rectangle : figure_;
    return count_ == 0 || (mine == figure && !is_full());
  }

  /// An ellipse, a rectangle or the whole picture. All figures until they are drawn are of one kind.
  void add(GlFigure figure, const GlBox& box, const Rgba& fill);
  /// Rounded or Lined.
  void add_rounded(GlFigure figure, const GlBox& box, const GlRim& rim, const Rgba& fill, const Rgba& line);
  /// Mask or Sprite, which is `way` from its pixels.
  void add_masked(GlFigure figure, const GlBox& box, const Rgba& fill, const Rgba& line, const PixelBox& pixels,
                  OutlinePoint way);
  bool is_flat() const { return paint_ == GlPaint::Flat; }

  bool is_empty() const { return count_ == 0; }
  /// Draws what was added. False where the driver refuses.
  bool draw(GlTarget& target);

 private:
  bool is_full();
  void put(const GlBox& box, const Rgba& fill, OutlinePoint way);
  void note(GlFigure figure, const GlBox& box);
  void note_box(const GlBox& box, float pen_x, float pen_y);
  void keep_apart(const GlBox& box, float reach_x, float reach_y);
  void set_blend() const;
  void draw_apart(const GlTarget& target);
  void copy_below(const GlTarget& target, const PixelBox& box);
  std::size_t quads_at_once() { return pace_.is_software() ? kRectangleQuads : kMostQuads; }

  GlPrograms& programs_;
  GlPace pace_;
  GlTable lane_table_, stop_table_;
  GlTarget below_{GlTarget::Format::Colour};

  GlPaint paint_ = GlPaint::Flat;
  Rgba flat_{1, 1, 1, 1};
  std::array<float, 4> gradient_{};
  int stop_count_ = 0;
  Blend blend_ = Blend::Normal;
  GlMix mix_ = GlMix::Fixed;
  FillRule rule_ = FillRule::NonZero;

  GlFigure figure_ = GlFigure::Whole;
  std::uint32_t count_ = 0;
  std::vector<float> rows_;
  std::vector<PixelBox> boxes_;                // of the figures, where they must not overlap in one draw
  double turned_area_ = 0, upright_area_ = 0;  // of boxes around the figures, turned as they are or not
};

}  // namespace oscilla::output
