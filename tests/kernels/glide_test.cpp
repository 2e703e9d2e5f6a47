// What carries a number from an old course to a new one.
#include "kernels/glide.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace oscilla::kernels::test {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
using Lanes = std::array<float, 4>;

TEST(Glide, AnOffsetBeginsWhereTheOldNumberWas) {
  const Lanes from{1, 2, kNone, 0.25f}, base{3, 2, 5, 1};
  Lanes offsets{}, out{};
  measure_offsets(Gauge::Add, from.data(), base.data(), offsets.data(), 4);
  EXPECT_EQ(offsets, (Lanes{-2, 0, 0, -0.75f}));
  begin_offsets(from.data(), base.data(), out.data(), 4);
  EXPECT_EQ(out, (Lanes{1, 2, 5, 0.25f}));
  const Lanes slopes{};
  carry(Gauge::Add, base.data(), {offsets.data(), slopes.data()}, {0.5f, 0}, out.data(), 4);
  EXPECT_EQ(out, (Lanes{2, 2, 5, 0.625f}));
}

TEST(Glide, AnAngleGoesTheShorterWay) {
  const Lanes from{6.2f, 0.1f, 3, -3}, base{0.1f, 6.2f, 3, 3};
  Lanes offsets{};
  measure_offsets(Gauge::Turn, from.data(), base.data(), offsets.data(), 4);
  for (const float offset : offsets) EXPECT_LT(std::abs(offset), 0.3f);
}

TEST(Glide, AFactorLeavesNothingOfNothingAndYieldsToASumThere) {
  const Lanes from{2, 2, 2, kNone}, base{1, 1e-6f, -1, 1};
  Lanes factors{}, offsets{}, out{};
  measure_factors(from.data(), base.data(), factors.data(), offsets.data(), 4);
  EXPECT_EQ(factors, (Lanes{1, 0, 0, 0}));
  EXPECT_EQ(offsets[0], 0);
  EXPECT_NEAR(offsets[1], 2, 1e-5);
  EXPECT_EQ(offsets[2], 3);
  const Lanes slopes{}, nothing{};
  carry(Gauge::Add, nothing.data(), {slopes.data(), slopes.data(), factors.data(), slopes.data()}, {1, 0}, out.data(),
        4);
  EXPECT_EQ(out[0], 0) << "what became nothing";
}

TEST(Glide, ARangeIsFittedOnce) {
  const Lanes from{0, 3, 6, kNone}, base{1, 2, 3, 100};
  const float factor = fit_range(from.data(), base.data(), 4);
  EXPECT_FLOAT_EQ(factor, 2);
  Lanes factors{factor, factor, factor, factor}, offsets{};
  measure_beyond(factors.data(), from.data(), base.data(), offsets.data(), 4);
  EXPECT_EQ(factors, (Lanes{2, 2, 2, 0}));
  EXPECT_EQ(offsets, (Lanes{-3, -3, -3, 0}));
  EXPECT_EQ(fit_range(from.data(), Lanes{1, 1, 1, 1}.data(), 4), 0) << "no range, no factor";
}

TEST(Glide, AJumpHasNoSlope) {
  Lanes now{3, 3, 3, 1e-7f}, before{2, 3, 2, 0}, earlier{1, 3, 2, 1e-7f};
  EXPECT_EQ(find_slopes(Gauge::Add, {now.data(), before.data(), earlier.data(), 10, 10}, 4), 1u);
  EXPECT_FLOAT_EQ(earlier[0], 0.1f);
  EXPECT_EQ(earlier[1], 0);
  EXPECT_EQ(earlier[2], 0) << "it stood still, then jumped";
}

}  // namespace
}  // namespace oscilla::kernels::test
