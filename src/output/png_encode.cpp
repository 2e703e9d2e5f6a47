#include "output/png_encode.hpp"

#include <png.h>

#include <csetjmp>

namespace oscilla::output {
namespace {

// Flat colours and sharp edges: prediction makes such rows longer, not shorter.
constexpr int kFilter = PNG_FILTER_NONE;
constexpr int kCompression = 3;  // zlib's levels above cost twice the time for a few per cent

void append(png_structp png, png_bytep data, std::size_t size) {
  auto& bytes = *static_cast<std::vector<std::uint8_t>*>(png_get_io_ptr(png));
  bytes.insert(bytes.end(), data, data + size);
}

void remember(png_structp png, png_const_charp message) {
  *static_cast<std::string*>(png_get_error_ptr(png)) = message;
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

/// Apart from its caller because nothing here may need destruction: libpng leaves by longjmp. False if it did.
bool write_image(png_structp png, png_infop info, const Raster& raster) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_set_IHDR(png, info, raster.width, raster.height, 8, raster.opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_compression_level(png, kCompression);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, kFilter);
  png_write_info(png, info);
  if (raster.opaque) png_set_filler(png, 0, PNG_FILLER_AFTER);  // drops the fourth byte
  for (std::uint32_t y = 0; y < raster.height; ++y) {
    png_write_row(png, raster.rgba.data() + std::size_t{4} * raster.width * y);
  }
  png_write_end(png, info);
  return true;
}

}  // namespace

Outcome encode_png(const Raster& raster, std::vector<std::uint8_t>& bytes) {
  bytes.clear();
  std::string problem = "out of memory";
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &problem, remember, ignore);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  bool written = false;
  if (info) {
    png_set_write_fn(png, &bytes, append, nullptr);
    written = write_image(png, info, raster);
  }
  png_destroy_write_struct(&png, &info);
  if (!written) return std::unexpected("cannot make a PNG: " + problem);
  return {};
}

}  // namespace oscilla::output
