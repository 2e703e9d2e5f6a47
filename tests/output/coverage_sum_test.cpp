#include "output/coverage_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace oscilla::output {
namespace {

using Contour = std::vector<OutlinePoint>;

std::vector<std::uint8_t> covered(std::uint32_t width, std::uint32_t height, const std::vector<Contour>& contours,
                                  FillRule rule = FillRule::NonZero) {
  CoverageSum sum;
  sum.begin(width, height);
  for (const Contour& contour : contours)
    for (std::size_t i = 0; i < contour.size(); ++i) sum.add(contour[i], contour[(i + 1) % contour.size()]);
  std::vector<std::uint8_t> bytes(std::size_t{width} * height);
  sum.write(rule, bytes.data(), width);
  return bytes;
}

double area(const std::vector<std::uint8_t>& bytes) { return std::accumulate(bytes.begin(), bytes.end(), 0.0) / 255; }

using Bytes = std::vector<std::uint8_t>;

TEST(CoverageSum, IsThePartOfEveryPixel) {
  EXPECT_EQ(covered(3, 2, {{{0.5, 0}, {2, 0}, {2, 1.5}, {0.5, 1.5}}}), (Bytes{128, 255, 0, 64, 128, 0}));
  EXPECT_EQ(covered(2, 2, {{{0, 0}, {2, 2}, {0, 2}}}), (Bytes{128, 0, 255, 128}));
  EXPECT_EQ(covered(4, 1, {{{0, 0}, {4, 1}, {0, 1}}}), (Bytes{223, 159, 96, 32})) << "an edge through a whole row";
}

TEST(CoverageSum, RulesFollowFromTheSum) {
  const Contour whole{{0, 0}, {3, 0}, {3, 1}, {0, 1}};
  const Contour inner{{1, 0}, {2, 0}, {2, 1}, {1, 1}};
  const Contour hole{{1, 1}, {2, 1}, {2, 0}, {1, 0}};
  EXPECT_EQ(covered(3, 1, {whole, inner}), (Bytes{255, 255, 255}));
  EXPECT_EQ(covered(3, 1, {whole, inner}, FillRule::EvenOdd), (Bytes{255, 0, 255}));
  EXPECT_EQ(covered(3, 1, {whole, hole}), (Bytes{255, 0, 255}));
}

TEST(CoverageSum, WhatIsBesideTheBoxIsCutOff) {
  EXPECT_EQ(covered(2, 2, {{{-5, -5}, {9, -5}, {9, 9}, {-5, 9}}}), (Bytes{255, 255, 255, 255}));
  EXPECT_EQ(covered(2, 1, {{{-2, 0}, {2, 0}, {-2, 1}}}), (Bytes{96, 32})) << "half of the edge is to the left";
  EXPECT_EQ(covered(2, 1, {{{0, 0}, {4, 1}, {0, 1}}}), (Bytes{223, 159})) << "half of the edge is to the right";
  EXPECT_EQ(covered(2, 2, {{{3, 0}, {4, 0}, {4, 2}}}), (Bytes{0, 0, 0, 0}));
}

TEST(CoverageSum, StarsHaveTheirArea) {
  for (const double turn : {0.0, 0.3, 1.1}) {
    Contour star;
    for (int i = 0; i < 10; ++i) {
      const double radius = i % 2 == 0 ? 7.2 : 2.9, angle = turn + i * std::numbers::pi / 5;
      star.push_back({10.3 + radius * std::cos(angle), 9.8 + radius * std::sin(angle)});
    }
    double expected = 0;
    for (int i = 0; i < 10; ++i) expected += star[i].x * star[(i + 1) % 10].y - star[i].y * star[(i + 1) % 10].x;
    EXPECT_NEAR(area(covered(20, 20, {star})), expected / 2, 0.3);
    std::reverse(star.begin(), star.end());
    EXPECT_NEAR(area(covered(20, 20, {star})), expected / 2, 0.3);
  }
}

}  // namespace
}  // namespace oscilla::output
