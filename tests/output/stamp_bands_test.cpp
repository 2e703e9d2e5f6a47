#include "output/stamp_bands.hpp"

#include <gtest/gtest.h>

#include <random>

#include "exec/thread_pool.hpp"

namespace oscilla::output {
namespace {

constexpr std::uint32_t kWidth = 150, kHeight = 101;

struct Picture {
  std::vector<std::uint32_t> pixels = std::vector<std::uint32_t>(kWidth * kHeight, 0xff102030u);
  PixelGrid grid() { return {reinterpret_cast<std::uint8_t*>(pixels.data()), 4 * kWidth, kWidth, kHeight}; }
};

/// Of all sizes, some of them outside or larger than a band.
std::vector<PixelEllipse> ellipses() {
  std::mt19937 random(3);
  const auto next = [&random](double from, double to) { return from + (to - from) * (random() % 1000) / 1000; };
  std::vector<PixelEllipse> all;
  for (int i = 0; i < 300; ++i) {
    const double r = next(0.2, i % 20 ? 9 : 60);
    all.push_back({next(-10, kWidth + 10), next(-20, kHeight + 20), r * r, 0.1 * r * r, 0.5 * r * r});
  }
  return all;
}

std::uint32_t color_of(std::size_t i) { return i % 3 ? 0x80400020u + static_cast<std::uint32_t>(i % 64) : 0xff2080c0u; }

TEST(StampBands, AreTheStampsOneAfterTheOtherForAnyNumberOfThreads) {
  const std::vector<PixelEllipse> all = ellipses();
  for (const Blend blend : {Blend::Normal, Blend::Difference, Blend::Multiply}) {
    Picture expected;
    Stamp stamp(expected.grid());
    StampBands bands;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double side = std::sqrt(all[i].xx);
      const PixelParallelogram box{all[i].x, all[i].y, side, 0.3 * side, -0.2 * side, side};
      if (i % 2) {
        stamp.draw(all[i], {color_of(i), blend});
        bands.add(all[i], color_of(i));
      } else {
        stamp.draw(box, {color_of(i), blend});
        bands.add(box, color_of(i));
      }
    }
    std::vector<std::uint32_t> first;
    for (const std::uint32_t threads : {1u, 2u, 5u}) {
      exec::ThreadPool pool(threads);
      Picture got;
      bands.draw(got.grid(), blend, pool.runner());
      if (first.empty()) first = got.pixels;
      EXPECT_EQ(got.pixels, first) << threads;
    }
    int worst = 0;  // where a band begins sums are rounded anew
    for (std::size_t i = 0; i < first.size(); ++i) {
      for (int shift = 0; shift < 32; shift += 8)
        worst = std::max(worst, std::abs(int(first[i] >> shift & 255) - int(expected.pixels[i] >> shift & 255)));
    }
    EXPECT_LE(worst, 2) << static_cast<int>(blend);
  }
}

TEST(StampBands, NothingIsAPicture) {
  StampBands bands;
  Picture picture;
  const std::vector<std::uint32_t> before = picture.pixels;
  bands.draw(picture.grid(), Blend::Normal, inline_runner());
  EXPECT_EQ(picture.pixels, before);
  bands.add(PixelEllipse{50, 50, 0, 0, 0}, 0xffffffffu);
  bands.draw(picture.grid(), Blend::Normal, inline_runner());
  EXPECT_EQ(picture.pixels, before) << "no area";
  bands.clear();
  bands.draw({picture.grid().data, 4 * kWidth, kWidth, 0}, Blend::Normal, inline_runner());
}

}  // namespace
}  // namespace oscilla::output
