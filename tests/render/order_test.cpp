#include "render/order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "base/buffer.hpp"
#include "kernels/kernel_table.hpp"
#include "render/batches.hpp"
#include "render/camera.hpp"

namespace oscilla::render {
namespace {

using kernels::kInvisibleKey;

struct Found {
  DrawingOrder order;
  std::vector<std::uint32_t> lanes;
};

Found find(const std::vector<std::uint32_t>& keys, kernels::Isa isa) {
  const std::size_t padded = (keys.size() + 15) / 16 * 16;
  AlignedBuffer<std::uint32_t> aligned(padded);
  std::copy(keys.begin(), keys.end(), aligned.data());
  AlignedBuffer<std::uint32_t> order(padded);
  AlignedBuffer<std::byte> scratch(padded * kernels::kSortScratchBytes);
  Found found{
      find_order(kernels::frame_kernels(isa).order, aligned.span().first(keys.size()), order.data(), scratch.data()),
      {}};
  for (std::uint32_t i = 0; i < found.order.visible; ++i) found.lanes.push_back(found.order.identity ? i : order[i]);
  return found;
}

std::vector<std::uint32_t> expected_order(const std::vector<std::uint32_t>& keys) {
  std::vector<std::uint32_t> lanes;
  for (std::uint32_t lane = 0; lane < keys.size(); ++lane) {
    if (keys[lane] != kInvisibleKey) lanes.push_back(lane);
  }
  std::stable_sort(lanes.begin(), lanes.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  return lanes;
}

TEST(Order, IsAStableSortOfTheVisible) {
  const bool good = rc::check([] {
    const auto key = rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 5), rc::gen::just(kInvisibleKey),
                                    rc::gen::inRange<std::uint32_t>(0, 0x3f800001u));
    auto keys = *rc::gen::container<std::vector<std::uint32_t>>(key);
    if (*rc::gen::arbitrary<bool>()) std::sort(keys.begin(), keys.end());
    for (const kernels::Isa isa : kernels::available_isas()) RC_ASSERT(find(keys, isa).lanes == expected_order(keys));
  });
  EXPECT_TRUE(good);
}

TEST(Order, SaysIdentityOnlyWhenEveryLaneIsDrawnInOrder) {
  const kernels::Isa isa = kernels::best_isa();
  EXPECT_TRUE(find({1, 1, 2, 7}, isa).order.identity);
  EXPECT_TRUE(find({}, isa).order.identity);
  const Found hidden = find({1, kInvisibleKey, 2}, isa);
  EXPECT_FALSE(hidden.order.identity);
  EXPECT_EQ(hidden.lanes, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(find({kInvisibleKey, kInvisibleKey}, isa).order.visible, 0u);
}

TEST(Batches, CoverWhatIsDrawn) {
  std::array<Batch, 1> batches{};
  EXPECT_EQ(batch_uniform(0, 3, batches), 0u);
  EXPECT_EQ(batch_uniform(12, 3, batches), 1u);
  EXPECT_EQ(batches[0].first, 0u);
  EXPECT_EQ(batches[0].count, 12u);
  EXPECT_EQ(batches[0].shape, 3u);
}

TEST(Batches, FollowTheShapesInDrawingOrder) {
  const std::array<std::uint32_t, 5> shapes{7, 7, 4, 7, 4};
  const std::array<std::uint32_t, 4> order{4, 2, 0, 3};
  std::array<Batch, 5> batches{};
  ASSERT_EQ(batch_by_shape(4, order, shapes, batches), 2u);
  EXPECT_EQ(batches[0].shape, 4u);
  EXPECT_EQ(batches[0].count, 2u);
  EXPECT_EQ(batches[1].first, 2u);
  EXPECT_EQ(batches[1].count, 2u);
  EXPECT_EQ(batches[1].shape, 7u);
  EXPECT_EQ(batch_by_shape(5, {}, shapes, batches), 4u);
  EXPECT_EQ(batches[3].first, 4u);
  EXPECT_EQ(batch_by_shape(0, {}, shapes, batches), 0u);
}

TEST(Order, OfWhatIsEquallyFarAway) {
  const std::array<std::uint32_t, 3> drawn{7, 0, 0}, hidden{kernels::kInvisibleKey, 0, 0};
  EXPECT_EQ(order_of_level(drawn).visible, 3u);
  EXPECT_TRUE(order_of_level(drawn).identity);
  EXPECT_EQ(order_of_level(hidden).visible, 0u);
  EXPECT_EQ(order_of_level({}).visible, 0u);
}

/// Screen position and depth of some points as the default camera sees them, through the epilogue of every ISA level.
void project(std::array<float, 16> x, std::array<float, 16> y, std::array<float, 16> z, kernels::Isa isa, float* core,
             std::uint32_t* keys) {
  AlignedBuffer<float> planes(16 * 4);
  std::copy(x.begin(), x.end(), planes.data());
  std::copy(y.begin(), y.end(), planes.data() + 16);
  std::copy(z.begin(), z.end(), planes.data() + 32);
  const float* one = planes.data() + 48;
  std::fill_n(planes.data() + 48, 16, 1.0f);
  const kernels::EpilogueBlock block{
      planes.data(), planes.data() + 16, planes.data() + 32, one, one, one, one, one, core, keys, 16};
  kernels::frame_kernels(isa).epilogue(default_camera(), block, false);
}

TEST(Camera, TheDefaultIsTheIdentityBitForBit) {
  const std::array<float, 16> x{0,      1,    0.1f, 1.0f / 3,   -0.7f, 1e-20f, 123.456f, -1e7f,
                                1e-38f, 0.5f, 2,    0.9999999f, 3e30f, -2.5f,  7,        1e-3f};
  std::array<float, 16> y = x;
  std::reverse(y.begin(), y.end());
  for (const kernels::Isa isa : kernels::available_isas()) {
    AlignedBuffer<float> core(16 * 8);
    AlignedBuffer<std::uint32_t> keys(16);
    project(x, y, {}, isa, core.data(), keys.data());
    for (std::size_t lane = 0; lane < 16; ++lane) {
      EXPECT_EQ(core[lane * 8], x[lane]);
      EXPECT_EQ(core[lane * 8 + 1], y[lane]);
      EXPECT_EQ(core[lane * 8 + 2], 0.5f);
      EXPECT_EQ(core[lane * 8 + 3], 1.0f);
    }
  }
}

TEST(Camera, WhatIsNearerIsDrawnLaterAndWhatIsOutOfRangeNotAtAll) {
  for (const kernels::Isa isa : kernels::available_isas()) {
    AlignedBuffer<float> core(16 * 8);
    AlignedBuffer<std::uint32_t> keys(16);
    project({}, {}, {-1, 0, 1, 101, -101, 100, -100}, isa, core.data(), keys.data());
    EXPECT_LT(keys[0], keys[1]);
    EXPECT_LT(keys[1], keys[2]);
    EXPECT_EQ(keys[3], kInvisibleKey);
    EXPECT_EQ(keys[4], kInvisibleKey);
    EXPECT_NE(keys[5], kInvisibleKey);
    EXPECT_NE(keys[6], kInvisibleKey);
  }
}

}  // namespace
}  // namespace oscilla::render
