// Where figures lie, for the OpenGL backend.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "output/figures.hpp"
#include "output/gl_brush.hpp"

namespace oscilla::output {

/// Premultiplied, 0xAARRGGBB.
inline std::uint32_t pixel_of(const Rgba& color) {
  const auto byte = [](float channel) { return static_cast<std::uint32_t>(channel * 255 + 0.5f); };
  return byte(color[3]) << 24 | byte(color[0]) << 16 | byte(color[1]) << 8 | byte(color[2]);
}

inline GlBox box_at(const Placement& place, const Box& box) {
  const auto f = [](double number) { return static_cast<float>(number); };
  return {f(place.a * box.x + place.c * box.y + place.e),
          f(place.b * box.x + place.d * box.y + place.f),
          f(place.a * box.half_width),
          f(place.b * box.half_width),
          f(place.c * box.half_height),
          f(place.d * box.half_height)};
}

/// The pixels that a box and `pen` pixels around it touch.
inline PixelBox pixels_of(const GlBox& box, double pen, std::uint32_t width, std::uint32_t height) {
  const double x = std::abs(double{box.ux}) + std::abs(double{box.vx}) + pen;
  const double y = std::abs(double{box.uy}) + std::abs(double{box.vy}) + pen;
  const auto pixel = [](double at, std::uint32_t size) { return static_cast<int>(std::clamp(at, 0.0, double(size))); };
  return {pixel(std::floor(box.x - x), width), pixel(std::floor(box.y - y), height), pixel(std::ceil(box.x + x), width),
          pixel(std::ceil(box.y + y), height)};
}

}  // namespace oscilla::output
