// compare_pictures EXPECTED.png GOT.png [DIFFERENCE.png]: fails unless the pictures are alike (tests/output/compare.hpp
// says when). Prints a line of what it found; DIFFERENCE.png shows it, eight times as bright.
#include <png.h>

#include <cstdio>
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

}  // namespace

int main(int count, char** arguments) {
  Picture expected, got;
  if (count < 3 || !read(arguments[1], expected) || !read(arguments[2], got)) return 2;
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
