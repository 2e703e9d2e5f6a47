// Where the boxes of figures go in a texture: in rows, each as high as the highest of its boxes.
#pragma once

#include <algorithm>
#include <optional>

#include "output/outline.hpp"

namespace oscilla::output {

/// Pixels [x0, x1) x [y0, y1).
struct PixelBox {
  int x0, y0, x1, y1;

  bool empty() const { return x0 >= x1 || y0 >= y1; }
  bool touches(const PixelBox& o) const { return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1; }
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

class GlShelves {
 public:
  /// At least as large as a picture of this size, so that any figure's box fits when it is empty.
  void begin(int width, int height) {
    constexpr int kLeastWidth = 2048, kLeastHeight = 1024;
    width_ = std::max({width, kLeastWidth, width_});
    height_ = std::max({height, kLeastHeight, height_});
    clear();
  }
  void clear() { x_ = y_ = end_ = 0; }

  /// The way from the pixels of `box` to its place; nothing if it is full.
  std::optional<OutlinePoint> place(const PixelBox& box) {
    if (x_ + box.width() > width_) {
      x_ = 0;
      y_ = end_;
    }
    if (y_ + box.height() > height_) return std::nullopt;
    const OutlinePoint way{double(x_ - box.x0), double(y_ - box.y0)};
    x_ += box.width();
    end_ = std::max(end_, y_ + box.height());
    return way;
  }

  int width() const { return width_; }
  int height() const { return height_; }
  int rows() const { return end_; }  ///< that have boxes

 private:
  int width_ = 0, height_ = 0;
  int x_ = 0, y_ = 0, end_ = 0;
};

}  // namespace oscilla::output
