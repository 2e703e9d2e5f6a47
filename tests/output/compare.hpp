// How alike two pictures are, by the bounds that hold between backends: at most 0.5 % of the pixels off by more than
// 8/255 in a channel, and none inside, where its neighbours are alike in the expected one, by more than 2/255.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace oscilla::test {

constexpr int kFarOff = 8;
constexpr double kShareFarOff = 0.005;
constexpr int kInside = 2;
constexpr int kAlike = 3;

/// RGBA rows without gaps.
struct PixelView {
  std::uint32_t width, height;
  const std::uint8_t* rgba;

  const std::uint8_t* at(std::uint32_t x, std::uint32_t y) const { return rgba + 4 * (std::size_t{y} * width + x); }
};

inline int largest_difference(const std::uint8_t* a, const std::uint8_t* b) {
  int largest = 0;
  for (int c = 0; c < 4; ++c) largest = std::max(largest, std::abs(int{a[c]} - int{b[c]}));
  return largest;
}

inline bool is_inside(const PixelView& picture, std::uint32_t x, std::uint32_t y) {
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const auto nx = static_cast<std::uint32_t>(std::clamp<int>(static_cast<int>(x) + dx, 0, picture.width - 1));
      const auto ny = static_cast<std::uint32_t>(std::clamp<int>(static_cast<int>(y) + dy, 0, picture.height - 1));
      if (largest_difference(picture.at(x, y), picture.at(nx, ny)) > kAlike) return false;
    }
  }
  return true;
}

struct Comparison {
  double far_off = 0;  ///< share of the pixels
  int worst = 0;
  int worst_inside = 0;

  bool alike() const { return far_off <= kShareFarOff && worst_inside <= kInside; }
};

/// Of the same size. `difference`, if it is wanted, gets a grey for every pixel, eight times as bright as it is off.
inline Comparison compare(const PixelView& expected, const PixelView& got,
                          std::vector<std::uint8_t>* difference = nullptr) {
  Comparison found;
  std::size_t far_off = 0;
  for (std::uint32_t y = 0; y < expected.height; ++y) {
    for (std::uint32_t x = 0; x < expected.width; ++x) {
      const int off = largest_difference(expected.at(x, y), got.at(x, y));
      far_off += off > kFarOff ? 1 : 0;
      found.worst = std::max(found.worst, off);
      if (off > found.worst_inside && is_inside(expected, x, y)) found.worst_inside = off;
      if (difference == nullptr) continue;
      difference->insert(difference->end(), 3, static_cast<std::uint8_t>(std::min(255, 8 * off)));
      difference->push_back(255);
    }
  }
  found.far_off = static_cast<double>(far_off) / (double{1} * expected.width * expected.height);
  return found;
}

}  // namespace oscilla::test
