// compare_pictures EXPECTED.png GOT.png [DIFFERENCE.png]: fails unless at most 0.5 % of the pixels are off by more than
// 8/255 in a channel, and none inside, where its neighbours are alike in EXPECTED, by more than 2/255. Prints a line of
// what it found; DIFFERENCE.png shows it, eight times as bright.
#include <png.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

constexpr int kFarOff = 8;
constexpr double kShareFarOff = 0.005;
constexpr int kInside = 2;
constexpr int kAlike = 3;

struct Picture {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> rgba;

  const std::uint8_t* at(std::uint32_t x, std::uint32_t y) const {
    return rgba.data() + 4 * (std::size_t{y} * width + x);
  }
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

int largest_difference(const std::uint8_t* a, const std::uint8_t* b) {
  int largest = 0;
  for (int c = 0; c < 4; ++c) largest = std::max(largest, std::abs(int{a[c]} - int{b[c]}));
  return largest;
}

bool is_inside(const Picture& picture, std::uint32_t x, std::uint32_t y) {
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const auto nx = static_cast<std::uint32_t>(std::clamp<int>(static_cast<int>(x) + dx, 0, picture.width - 1));
      const auto ny = static_cast<std::uint32_t>(std::clamp<int>(static_cast<int>(y) + dy, 0, picture.height - 1));
      if (largest_difference(picture.at(x, y), picture.at(nx, ny)) > kAlike) return false;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  Picture expected, got;
  if (count < 3 || !read(arguments[1], expected) || !read(arguments[2], got)) return 2;
  if (expected.width != got.width || expected.height != got.height) {
    std::printf("sizes differ: %ux%u, expected %ux%u\n", got.width, got.height, expected.width, expected.height);
    return 1;
  }
  Picture difference = expected;
  std::size_t far_off = 0;
  int worst = 0, worst_inside = 0;
  for (std::uint32_t y = 0; y < expected.height; ++y) {
    for (std::uint32_t x = 0; x < expected.width; ++x) {
      const int off = largest_difference(expected.at(x, y), got.at(x, y));
      far_off += off > kFarOff ? 1 : 0;
      worst = std::max(worst, off);
      if (off > worst_inside && is_inside(expected, x, y)) worst_inside = off;
      std::uint8_t* pixel = difference.rgba.data() + 4 * (std::size_t{y} * expected.width + x);
      pixel[0] = pixel[1] = pixel[2] = static_cast<std::uint8_t>(std::min(255, 8 * off));
      pixel[3] = 255;
    }
  }
  if (count > 3 && !write(arguments[3], difference)) return 2;
  const double share = static_cast<double>(far_off) / (double{1} * expected.width * expected.height);
  std::printf("%.2f %% off by more than %d, worst %d, inside %d\n", 100 * share, kFarOff, worst, worst_inside);
  return share <= kShareFarOff && worst_inside <= kInside ? 0 : 1;
}
