// compare_pictures EXPECTED.png[@N] GOT.png[@X,Y,N] [DIFFERENCE.png]: fails unless the pictures are alike
// (tests/output/compare.hpp says when). Prints a line of what it found; DIFFERENCE.png shows it, eight times as bright.
#include <png.h>

#include <cstdio>
#include <string>
#include <vector>

#include "../output/compare.hpp"

namespace {

struct Picture {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> rgba;

  oscilla::test::PixelView view() const { return {width, height, rgba.data()}; }
};

bool read(const char* path, Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&image, path)) {
    std::fprintf(stderr, "%s: %s\n", path, image.message);
    return false;
  }
  image.format = PNG_FORMAT_RGBA;
  picture.width = image.width;
  picture.height = image.height;
  picture.rgba.resize(PNG_IMAGE_SIZE(image));
  return png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) != 0;
}

bool write(const char* path, const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = picture.width;
  image.height = picture.height;
  image.format = PNG_FORMAT_RGBA;
  return png_image_write_to_file(&image, path, 0, picture.rgba.data(), 0, nullptr) != 0;
}

/// The part of `sheet` at (x, y) that is `scale` times as large as `size`.
bool cut_out(const Picture& sheet, std::uint32_t x, std::uint32_t y, std::uint32_t scale, const Picture& size,
             Picture& part) {
  if (scale == 0 || x + size.width * scale > sheet.width || y + size.height * scale > sheet.height) return false;
  part.width = size.width;
  part.height = size.height;
  for (std::uint32_t row = 0; row < size.height; ++row) {
    for (std::uint32_t column = 0; column < size.width; ++column) {
      std::uint32_t sum[4] = {};
      for (std::uint32_t i = 0; i < scale * scale; ++i) {
        const std::uint8_t* pixel = sheet.view().at(x + column * scale + i % scale, y + row * scale + i / scale);
        for (int c = 0; c < 4; ++c) sum[c] += pixel[c];
      }
      for (const std::uint32_t channel : sum)
        part.rgba.push_back(static_cast<std::uint8_t>((channel + scale * scale / 2) / (scale * scale)));
    }
  }
  return true;
}

/// EXPECTED.png, or EXPECTED.png@N: squares of N pixels are averaged.
bool read_whole(const std::string& text, Picture& picture) {
  const std::size_t at = text.rfind('@');
  if (at == text.npos) return read(text.c_str(), picture);
  unsigned scale = 0;
  Picture sheet;
  if (std::sscanf(text.c_str() + at, "@%u", &scale) != 1 || scale == 0 || !read(text.substr(0, at).c_str(), sheet))
    return false;
  return cut_out(sheet, 0, 0, scale, {sheet.width / scale, sheet.height / scale, {}}, picture);
}

/// GOT.png, or GOT.png@X,Y,N.
bool read_part(const std::string& text, const Picture& size, Picture& picture) {
  const std::size_t at = text.rfind('@');
  if (at == text.npos) return read(text.c_str(), picture);
  unsigned x = 0, y = 0, scale = 0;
  Picture sheet;
  return std::sscanf(text.c_str() + at, "@%u,%u,%u", &x, &y, &scale) == 3 && read(text.substr(0, at).c_str(), sheet) &&
         cut_out(sheet, x, y, scale, size, picture);
}

}  // namespace

int main(int count, char** arguments) {
  Picture expected, got;
  if (count < 3 || !read_whole(arguments[1], expected) || !read_part(arguments[2], expected, got)) return 2;
  if (expected.width != got.width || expected.height != got.height) {
    std::printf("sizes differ: %ux%u, expected %ux%u\n", got.width, got.height, expected.width, expected.height);
    return 1;
  }
  Picture difference{expected.width, expected.height, {}};
  const oscilla::test::Comparison found = oscilla::test::compare(expected.view(), got.view(), &difference.rgba);
  if (count > 3 && !write(arguments[3], difference)) return 2;
  std::printf("%.2f %% off by more than %d, worst %d, inside %d\n", 100 * found.far_off, oscilla::test::kFarOff,
              found.worst, found.worst_inside);
  return found.alike() ? 0 : 1;
}
