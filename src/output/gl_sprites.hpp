// Figures that the processor composes: small pictures in a texture, which are laid over what is there. For drivers that
// are the processor themselves: they find out what is covered several times as slowly, but copy such pictures faster
// than anything else. In a current context of OpenGL 3.3.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/task_runner.hpp"
#include "output/coverage_sum.hpp"
#include "output/figures.hpp"
#include "output/gl_shelves.hpp"
#include "output/gl_target.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {

/// What a sprite is made of: premultiplied colours, or, for a shader that has the colours, how much fill and line cover
/// (255 is whole) in the place of red and green.
struct SpriteInk {
  std::uint32_t fill, line;
  bool colored;
};

class GlSprites {
 public:
  /// Forgets all. Figures belong to a picture of this size from now on.
  void begin(std::uint32_t width, std::uint32_t height);
  void clear();
  bool is_empty() const { return sprites_.empty(); }

  /// The figures that are placed from now on: an outline, its lines as `style` says, exact enough for `pixels` of its
  /// unit and half widths up to `pen`.
  void figure(const Outline& outline, const Style& style, bool filled, bool lined, double pixels, double pen);
  /// Where the sprite of a figure goes: the way to it from `box`, its pixels in the picture, which are not none.
  /// Nothing if it is full: draw, clear and ask again.
  std::optional<OutlinePoint> place(const Placement& place, const PixelBox& box, double half_width,
                                    const SpriteInk& ink);

  /// Composes all that is placed, and binds the texture to the unit of masks. False where the driver has no memory.
  bool draw(const TaskRunner& threads);

 private:
  struct Figure {
    std::vector<Polyline> outline;
    std::vector<float> pieces;  // of its line
    FillRule rule;
    bool lined;
  };
  struct Sprite {
    std::size_t figure;
    Placement place;
    double half_width;  // of its line
    PixelBox box;
    std::size_t at;  // its first pixel in the texture
    SpriteInk ink;
  };
  /// What a thread works with.
  struct Hand {
    CoverageSum sum;
    std::vector<std::uint8_t> fill, line;  // what a figure covers of its box
  };

  void compose(const Sprite& sprite, Hand& hand);

  std::vector<Figure> figures_;
  std::vector<Sprite> sprites_;
  GlShelves shelves_;
  std::vector<std::uint32_t> pixels_;
  std::vector<Hand> hands_;
  // The driver may still read those before.
  std::array<GlTarget, 4> targets_{GlTarget(GlTarget::Format::Colour), GlTarget(GlTarget::Format::Colour),
                                   GlTarget(GlTarget::Format::Colour), GlTarget(GlTarget::Format::Colour)};
  std::size_t turn_ = 0;
};

}  // namespace oscilla::output
