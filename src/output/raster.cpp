#include "output/raster.hpp"

#include <algorithm>
#include <cstring>

namespace oscilla::output {
namespace {

std::uint32_t pack(std::uint32_t r, std::uint32_t g, std::uint32_t b, std::uint32_t a) {
  return r | g << 8 | b << 16 | a << 24;  // R G B A in memory on a little-endian machine
}

std::uint32_t straight(std::uint32_t pixel) {
  const std::uint32_t a = pixel >> 24;
  if (a == 0) return 0;
  const auto divide = [a](std::uint32_t c) { return std::min<std::uint32_t>(255, (c * 255 + a / 2) / a); };
  return pack(divide(pixel >> 16 & 255), divide(pixel >> 8 & 255), divide(pixel & 255), a);
}

}  // namespace

void unpremultiply(const std::uint8_t* argb, std::size_t stride, std::uint32_t width, std::uint32_t height,
                   Raster& out) {
  out.width = width;
  out.height = height;
  out.rgba.resize(std::size_t{4} * width * height);
  out.opaque = true;
  std::vector<std::uint32_t> row(width);
  for (std::uint32_t y = 0; y < height; ++y) {
    std::memcpy(row.data(), argb + y * stride, std::size_t{4} * width);
    std::uint32_t alpha = 0xff000000u;
    for (const std::uint32_t pixel : row) alpha &= pixel;
    if (alpha == 0xff000000u) {
      for (std::uint32_t& pixel : row) pixel = pack(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255, 255);
    } else {
      out.opaque = false;
      for (std::uint32_t& pixel : row) pixel = straight(pixel);
    }
    std::memcpy(out.rgba.data() + std::size_t{4} * width * y, row.data(), std::size_t{4} * width);
  }
}

}  // namespace oscilla::output
