// Reads a PNG back as straight RGBA, through libpng's simplified interface.
#pragma once

#include <gtest/gtest.h>
#include <png.h>

#include <string>

#include "output/raster.hpp"

namespace oscilla::test {

inline output::Raster read_png(const std::string& path) {
  output::Raster raster;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_TRUE(png_image_begin_read_from_file(&image, path.c_str())) << path << ": " << image.message;
  raster.opaque = (image.format & PNG_FORMAT_FLAG_ALPHA) == 0;
  image.format = PNG_FORMAT_RGBA;
  raster.width = image.width;
  raster.height = image.height;
  raster.rgba.resize(PNG_IMAGE_SIZE(image));
  EXPECT_TRUE(png_image_finish_read(&image, nullptr, raster.rgba.data(), 0, nullptr)) << image.message;
  return raster;
}

}  // namespace oscilla::test
