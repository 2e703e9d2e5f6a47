#include "window/letterbox.hpp"

#include <algorithm>

namespace oscilla::window {

Letterbox::Letterbox(const Window& window, std::uint32_t canvas_width, std::uint32_t canvas_height, Fit fit) {
  const std::int64_t width = std::max(window.width_pixels, 1), height = std::max(window.height_pixels, 1);
  const std::int64_t across = std::max(canvas_width, 1u), up = std::max(canvas_height, 1u);
  const bool wide = width * up > height * across;  // the window is wider than the picture: bars left and right
  const std::int64_t shown_width = wide ? std::max<std::int64_t>((height * across + up / 2) / up, 1) : width;
  const std::int64_t shown_height = wide ? height : std::max<std::int64_t>((width * up + across / 2) / across, 1);
  picture_ = {static_cast<int>((width - shown_width) / 2), static_cast<int>((height - shown_height) / 2),
              static_cast<int>(shown_width), static_cast<int>(shown_height)};
  pixels_x_ = static_cast<double>(width) / std::max(window.width_points, 1);
  pixels_y_ = static_cast<double>(height) / std::max(window.height_points, 1);
  const double unit = static_cast<double>(std::min(shown_width, shown_height));
  unit_x_ = fit == Fit::Stretch ? static_cast<double>(shown_width) : unit;
  unit_y_ = fit == Fit::Stretch ? static_cast<double>(shown_height) : unit;
}

WorldPlace Letterbox::world_at(double x_points, double y_points) const {
  const double x = x_points * pixels_x_ - picture_.x, y = y_points * pixels_y_ - picture_.y;
  return {.x = 0.5 + (x - 0.5 * picture_.width) / unit_x_,
          .y = 0.5 - (y - 0.5 * picture_.height) / unit_y_,
          .over = x >= 0 && y >= 0 && x < picture_.width && y < picture_.height};
}

}  // namespace oscilla::window
