// What figures without a formula cover, as a texture: for each of them, part by part of it, red how much of a pixel the
// winding of the outline covers, green the line. On a graphics card it sums them up; where OpenGL is software, areas
// without lines are summed up by the processor, which is several times as fast. In a current context of OpenGL 3.3.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "output/coverage_sum.hpp"
#include "output/figures.hpp"
#include "output/gl_program.hpp"
#include "output/gl_quads.hpp"
#include "output/gl_target.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {

/// Pixels [x0, x1) x [y0, y1).
struct PixelBox {
  int x0, y0, x1, y1;

  bool empty() const { return x0 >= x1 || y0 >= y1; }
  bool touches(const PixelBox& o) const { return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1; }
};

/// Who sums masks up.
enum class GlSumming : std::uint8_t {
  Automatic,  ///< the driver on a graphics card, else the processor where it can
  Driver,
};

class GlMasks {
 public:
  GlMasks(GlPrograms& programs, GlSumming summing) : programs_(programs), summing_(summing) {}

  /// Forgets all. Figures belong to a picture of this size from now on.
  void begin(std::uint32_t width, std::uint32_t height);
  void clear();
  bool is_empty() const { return placed_ == 0; }
  /// Whether figures of this kind may stand beside those that are placed.
  bool takes(bool lined) { return is_empty() || here_ == (!lined && sums_here()); }

  /// The figures that are placed from now on: an outline, its lines as `style` says, exact enough for `pixels` of its
  /// unit and half widths up to `pen`.
  void figure(const Outline& outline, const Style& style, bool filled, bool lined, double pixels, double pen);

  /// Where the mask of a figure goes: the way to it from `box`, its pixels in the picture, which are not none. Nothing
  /// if it is full: draw, clear and ask again.
  std::optional<OutlinePoint> place(const Placement& place, const PixelBox& box, double half_width);

  /// Sums up all that is placed, and binds the texture to its unit. False where the driver refuses or has no memory.
  bool draw();

 private:
  struct Figure {
    std::size_t first_edge = 0, edges = 0, first_piece = 0, pieces = 0;
    double wide = 0, high = 0;  // the way that its outline makes along x and along y
  };
  struct Run {
    Figure figure;
    std::size_t first_lane = 0, lanes = 0;
  };

  bool sums_here() { return summing_ == GlSumming::Automatic && pace_.is_software(); }
  void add_edges(const Polyline& line, Figure& figure);
  void sum_up_here(const Placement& place, const PixelBox& box, int x, int y);
  void sum_up(const GlProgram& program, const std::vector<float>& rows, std::size_t Figure::* first,
              std::size_t Figure::* count);

  GlPrograms& programs_;
  GlSumming summing_;
  std::size_t placed_ = 0;
  // Summed up here: the last figure, and the bytes of all; the driver may still read those before.
  bool here_ = false;
  std::vector<Polyline> outline_;
  FillRule rule_ = FillRule::NonZero;
  CoverageSum sum_;
  std::vector<std::uint8_t> bytes_;
  std::array<GlTarget, 4> sums_{GlTarget(GlTarget::Format::Bytes), GlTarget(GlTarget::Format::Bytes),
                                GlTarget(GlTarget::Format::Bytes), GlTarget(GlTarget::Format::Bytes)};
  std::size_t turn_ = 0;
  GlTarget fills_{GlTarget::Format::Coverage};                // what is drawn on where no figure has a line
  GlTarget fills_and_lines_{GlTarget::Format::TwoCoverages};  // and else
  int width_ = 0, height_ = 0;                                // of both
  GlPace pace_;
  GlTable lane_table_, figure_table_;
  std::vector<float> lanes_, edges_, pieces_;
  std::vector<Run> runs_;
  int shelf_x_ = 0, shelf_y_ = 0, shelf_end_ = 0;  // where the next mask goes, in rows of masks
};

}  // namespace oscilla::output
