// Where the picture lies in a window, and what a place in the window is in the patch's world. Pure numbers: no window.
#pragma once

#include <cstdint>

#include "oscilla/frame.hpp"

namespace oscilla::window {

/// Pixels, y down from the window's upper edge.
struct Rectangle {
  int x = 0, y = 0, width = 0, height = 0;
};

struct WorldPlace {
  double x = 0, y = 0;
  bool over = false;  ///< the place is on the picture
};

/// The picture keeps the canvas's aspect: it is as large as fits, in the middle.
class Letterbox {
 public:
  /// The window has so many pixels, and so many points, which is what pointers are measured in: fewer than pixels where
  /// the display is dense. A side of 0 counts as 1.
  struct Window {
    int width_pixels = 1, height_pixels = 1;
    int width_points = 1, height_points = 1;
  };

  Letterbox() = default;
  Letterbox(const Window& window, std::uint32_t canvas_width, std::uint32_t canvas_height, Fit fit);

  const Rectangle& picture() const { return picture_; }
  /// The world's place under a pointer at these points; beside the picture the world goes on.
  WorldPlace world_at(double x_points, double y_points) const;
  /// So many points of the window are one height of the picture.
  double height_points() const { return picture_.height / pixels_y_; }

 private:
  Rectangle picture_{0, 0, 1, 1};
  double pixels_x_ = 1, pixels_y_ = 1;  ///< of one point
  double unit_x_ = 1, unit_y_ = 1;      ///< pixels of one unit of the world
};

}  // namespace oscilla::window
