// Hashes and noise: the same in lanes and scalars, without structure, bounded, continuous.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "scalar_and_lane.hpp"

namespace oscilla::kernels {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

std::uint32_t hash_of(std::uint32_t seed, std::initializer_list<double> keys) {
  double hash = scalar(Op::HashBegin, {double(seed)});
  for (const double key : keys) hash = scalar(Op::HashMix, {hash, key});
  return static_cast<std::uint32_t>(hash);
}

TEST(Hash, GoldenVectors) {
  EXPECT_EQ(hash_of(0, {}), 33350994u);
  EXPECT_EQ(hash_of(0, {0}), 2685500393u);
  EXPECT_EQ(hash_of(7, {1, 2.5}), 3939704439u);
  EXPECT_EQ(hash_of(4294967295u, {-1, 1e10}), 2911501489u);
}

TEST(Hash, LaneAndScalarOfOneValueAgree) {
  for (const float value : awkward_values(20000, 5)) {
    const std::uint32_t seed = hash_of(3, {});
    const auto in_64 = static_cast<std::uint32_t>(scalar(Op::HashMix, {double(seed), double(value)}));
    const float in_32 = lane(Op::HashMix, {bits_as_float(seed), value});
    ASSERT_EQ(std::bit_cast<std::uint32_t>(in_32), in_64) << value;
  }
}

TEST(Hash, UnitIsBelowOne) {
  EXPECT_EQ(scalar(Op::HashUnit, {4294967295.0}), 4294967295.0 / 4294967296.0);
  EXPECT_EQ(lane(Op::HashUnit, {bits_as_float(0xffffffffu)}), 16777215.0f / 16777216.0f);
  EXPECT_EQ(lane(Op::HashUnit, {bits_as_float(0u)}), 0.0f);
}

TEST(Hash, SeedsAreNoShiftedCopiesAndNeighboursDiffer) {
  constexpr int kCount = 65;
  std::vector<std::uint32_t> all;
  for (std::uint32_t seed = 0; seed < kCount; ++seed) {
    for (int id = 0; id < kCount; ++id) all.push_back(hash_of(seed, {double(id)}));
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());  // 4,225 draws of 2^32: a repeat means structure
}

/// How alike two sequences are at a shift: the correlation of what overlaps.
double correlation(const std::vector<double>& a, const std::vector<double>& b, int shift) {
  double sum = 0, squares_a = 0, squares_b = 0;
  for (int i = std::max(0, -shift); i < static_cast<int>(std::min(a.size(), b.size() - std::max(0, shift))); ++i) {
    const double x = a[static_cast<std::size_t>(i)] - 0.5, y = b[static_cast<std::size_t>(i + shift)] - 0.5;
    sum += x * y, squares_a += x * x, squares_b += y * y;
  }
  return sum / std::sqrt(squares_a * squares_b);
}

TEST(Hash, NeighbouringSeedsAndIdsAreUnlikeAtEveryShift) {
  constexpr int kCount = 400;
  std::vector<std::vector<double>> by_seed, by_id(65);
  for (std::uint32_t seed = 0; seed < 65; ++seed) {
    std::vector<double>& row = by_seed.emplace_back();
    for (int id = 0; id < kCount; ++id) row.push_back(hash_of(seed, {double(id)}) * 0x1p-32);
    for (std::uint32_t id = 0; id < 65; ++id) by_id[id].push_back(row[id]);
  }
  for (std::size_t seed = 0; seed + 1 < by_seed.size(); ++seed) {
    for (int shift = -64; shift <= 64; ++shift) {  // of 336 draws: beyond 0.33 once in 10^9
      EXPECT_LT(std::fabs(correlation(by_seed[seed], by_seed[seed + 1], shift)), 0.33) << seed << " shifted " << shift;
    }
    for (int shift = -8; shift <= 8; ++shift) {  // of 57 draws
      EXPECT_LT(std::fabs(correlation(by_id[seed], by_id[seed + 1], shift)), 0.75) << seed << " shifted " << shift;
    }
  }
}

TEST(Hash, SixteenBinsAreEvenlyFilled) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    double bins[16] = {};
    for (int id = 0; id < 16000; ++id) ++bins[hash_of(seed, {double(id)}) >> 28];
    double chi_square = 0;
    for (const double bin : bins) chi_square += (bin - 1000) * (bin - 1000) / 1000;
    EXPECT_LT(chi_square, 50) << seed;  // 15 degrees of freedom: above 50 once in 80,000
    EXPECT_GT(chi_square, 2) << seed;   // nor evenly like a lattice
  }
}

// ---- Noise ----

TEST(Noise, ZeroOnTheLatticeAndBounded) {
  const double seed = 17;
  double greatest[3] = {};
  for (int i = 0; i < 200000; ++i) {
    const double x = i * 0.0137, y = i * 0.00731 - 50, z = i * 0.0191 - 900;
    const double values[] = {scalar(Op::Noise1, {seed, x}), scalar(Op::Noise2, {seed, x, y}),
                             scalar(Op::Noise3, {seed, x, y, z})};
    for (int k = 0; k < 3; ++k) greatest[k] = std::max(greatest[k], std::fabs(values[k]));
  }
  for (const double value : greatest) {
    EXPECT_LE(value, 1.0);
    EXPECT_GE(value, 0.75);
  }
  for (const double x : {0.0, 1.0, -7.0, 4194304.0, 1e12}) {
    EXPECT_EQ(scalar(Op::Noise1, {seed, x}), 0);
    EXPECT_EQ(scalar(Op::Noise3, {seed, x, 3, -2}), 0);
  }
  EXPECT_TRUE(std::isnan(scalar(Op::Noise2, {seed, 0.5, kNotANumber})));
}

TEST(Noise, ContinuousAndTheSameInBothPrecisions) {
  rc::check([] {
    const float x = static_cast<float>(*rc::gen::inRange(-100000, 100000)) / 1024.0f;
    const float y = static_cast<float>(*rc::gen::inRange(-100000, 100000)) / 1024.0f;
    const float z = static_cast<float>(*rc::gen::inRange(-100000, 100000)) / 1024.0f;
    const auto seed = *rc::gen::arbitrary<std::uint32_t>();
    const double in_64 = scalar(Op::Noise3, {double(seed), x, y, z});
    RC_ASSERT(std::fabs(lane(Op::Noise3, {bits_as_float(seed), x, y, z}) - in_64) < 2e-6);
    RC_ASSERT(std::fabs(lane(Op::Noise2, {bits_as_float(seed), x, y}) - scalar(Op::Noise2, {double(seed), x, y})) <
              2e-6);
    RC_ASSERT(std::fabs(lane(Op::Noise1, {bits_as_float(seed), x}) - scalar(Op::Noise1, {double(seed), x})) < 2e-6);
    RC_ASSERT(std::fabs(scalar(Op::Noise3, {double(seed), x + 1e-9, y, z}) - in_64) < 1e-7);
  });
}

TEST(Noise, SeedsDiffer) {
  int equal = 0;
  for (int i = 0; i < 1000; ++i) {
    equal += scalar(Op::Noise2, {1, i * 0.37, 0.5}) == scalar(Op::Noise2, {2, i * 0.37, 0.5});
  }
  EXPECT_EQ(equal, 0);
}

}  // namespace
}  // namespace oscilla::kernels
