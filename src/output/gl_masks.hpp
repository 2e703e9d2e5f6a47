// What figures without a formula cover, as a texture that the driver sums up: for each of them, part by part of it, red
// how much of a pixel the winding of the outline covers, green the line. In a current context of OpenGL 3.3.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "output/figures.hpp"
#include "output/gl_program.hpp"
#include "output/gl_quads.hpp"
#include "output/gl_shelves.hpp"
#include "output/gl_target.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {

class GlMasks {
 public:
  explicit GlMasks(GlPrograms& programs) : programs_(programs) {}

  /// Forgets all. Figures belong to a picture of this size from now on.
  void begin(std::uint32_t width, std::uint32_t height);
  void clear();
  bool is_empty() const { return placed_ == 0; }
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

  void add_edges(const Polyline& line, Figure& figure);
  void sum_up(const GlProgram& program, const std::vector<float>& rows, std::size_t Figure::* first,
              std::size_t Figure::* count);

  GlPrograms& programs_;
  std::size_t placed_ = 0;
  GlShelves shelves_;
  GlTarget fills_{GlTarget::Format::Coverage};                // what is drawn on where no figure has a line
  GlTarget fills_and_lines_{GlTarget::Format::TwoCoverages};  // and else
  GlPace pace_;
  GlTable lane_table_, figure_table_;
  std::vector<float> lanes_, edges_, pieces_;
  std::vector<Run> runs_;
};

}  // namespace oscilla::output
