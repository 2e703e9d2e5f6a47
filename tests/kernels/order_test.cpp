// Drawing order and reductions on every ISA level, against plain algorithms.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "kernels/frame_kernels.hpp"
#include "kernels/reduce.hpp"
#include "plane_fixture.hpp"

namespace oscilla::kernels {
namespace {

// ---- Order ----

struct Sorted {
  std::vector<std::uint32_t> order;
  bool ordered = false;
  std::uint32_t visible = 0;
};

Sorted sort(Isa isa, const std::vector<std::uint32_t>& keys) {
  const auto lanes = static_cast<std::uint32_t>(keys.size());
  const OrderKernels& kernels = frame_kernels(isa).order;
  AlignedBuffer<std::uint32_t> aligned(lanes + 1), order(lanes + 1);
  std::copy(keys.begin(), keys.end(), aligned.data());
  AlignedBuffer<std::byte> scratch(keys.size() * kSortScratchBytes + 1);
  Sorted sorted;
  sorted.visible = sort_by_key(kernels, aligned.data(), lanes, order.data(), scratch.data());
  sorted.order.assign(order.data(), order.data() + sorted.visible);
  std::uint32_t visible = 0;
  sorted.ordered = kernels.is_ordered(aligned.data(), lanes, &visible);
  if (!sorted.ordered) return sorted;
  sorted.visible = visible;
  kernels.list_visible(aligned.data(), lanes, order.data());
  RC_ASSERT(std::equal(sorted.order.begin(), sorted.order.end(), order.data()));
  return sorted;
}

void check_sort(const std::vector<std::uint32_t>& keys) {
  std::vector<std::uint32_t> want;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    if (keys[i] != kInvisibleKey) want.push_back(i);
  }
  const std::vector<std::uint32_t> in_lane_order = want;
  std::stable_sort(want.begin(), want.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  for (const Isa isa : available_isas()) {
    const Sorted sorted = sort(isa, keys);
    RC_ASSERT(sorted.order == want);
    RC_ASSERT(sorted.visible == want.size());
    RC_ASSERT(sorted.ordered == (want == in_lane_order));
  }
}

TEST(Order, IsThatOfAStableSort) {
  rc::check([] {
    const int bits = *rc::gen::inRange(0, 33), lanes = *rc::gen::inRange(0, 3000), invisible = *rc::gen::inRange(0, 10);
    std::uint32_t state = *rc::gen::arbitrary<std::uint32_t>();
    const std::uint32_t base = bits < 31 ? 0x3f000000u : 0u;
    std::vector<std::uint32_t> keys(static_cast<std::size_t>(lanes));
    for (std::uint32_t& key : keys) {
      state = state * 1664525u + 1013904223u;
      key = base + (bits == 0 ? 0 : state >> (32 - bits));
      state = state * 1664525u + 1013904223u;
      if (static_cast<int>(state >> 24) < invisible * 10) key = kInvisibleKey;
    }
    check_sort(keys);
  });
}

TEST(Order, IsSeenThroughInvisibleLanesAndOneStepBackIsFound) {
  rc::check([] {
    const int lanes = *rc::gen::inRange(1, 1000);
    std::vector<std::uint32_t> keys(static_cast<std::size_t>(lanes));
    for (int i = 0; i < lanes; ++i) keys[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(1000 + i / 3);
    for (int k = *rc::gen::inRange(0, 4); k > 0; --k) {
      keys[static_cast<std::size_t>(*rc::gen::inRange(0, lanes))] = kInvisibleKey;
    }
    check_sort(keys);
    keys[static_cast<std::size_t>(*rc::gen::inRange(0, lanes))] = 999;
    check_sort(keys);
  });
}

TEST(Order, IsThatOfAStableSortForManyLanesAndEveryWidthOfKeys) {
  std::uint32_t state = 1;
  const auto next = [&state] { return state = state * 1664525u + 1013904223u; };
  for (const std::uint32_t lanes : {70'000u, 300'000u}) {
    for (const int bits : {0, 1, 12, 13, 24, 25, 31, 32}) {
      std::vector<std::uint32_t> keys(lanes);
      for (std::uint32_t& key : keys) {
        key = bits == 0 ? 5 : next() >> (32 - bits);
        if (next() >> 24 < 13) key = kInvisibleKey;
      }
      check_sort(keys);
    }
  }
}

// ---- Reduce ----

double reduce(Isa isa, Reduction reduction, const std::vector<float>& values) {
  AlignedBuffer<float> plane = plane_of(values);
  std::fill(plane.data() + values.size(), plane.data() + plane.size(), 1e30f);  // padding does not count
  double total = reduce_identity(reduction);
  for (std::size_t unit = 0; unit < values.size(); unit += kUnitLanes) {
    ReducePartial partial;
    reduce_begin(reduction, &partial);
    for (std::size_t lane = unit; lane < std::min(values.size(), unit + kUnitLanes); lane += kBlockLanes) {
      const auto lanes = static_cast<std::uint32_t>(std::min<std::size_t>(kBlockLanes, values.size() - lane));
      reduce_kernels(isa).accumulate(reduction, plane.data() + lane, lanes, &partial);
    }
    total = reduce_join(reduction, total, reduce_finish(reduction, partial));
  }
  return total;
}

TEST(Reduce, GoldenVectors) {
  for (const Isa isa : available_isas()) {
    EXPECT_EQ(reduce(isa, Reduction::Sum, {1, 2, 3}), 6);
    EXPECT_EQ(reduce(isa, Reduction::Minimum, {1, 2, 3}), 1);
    EXPECT_EQ(reduce(isa, Reduction::Maximum, {1, 2, 3}), 3);
    EXPECT_EQ(reduce(isa, Reduction::Sum, {2, 4}), 6);
    EXPECT_EQ(reduce(isa, Reduction::Sum, {}), 0);
  }
}

TEST(Reduce, OrderIsTheDocumentedOneOnEveryLevel) {
  rc::check([] {
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 9000));
    const std::vector<float> values = ordinary_values(count, -1000, 1000, *rc::gen::arbitrary<std::uint32_t>());
    double want = 0;
    for (std::size_t unit = 0; unit < count; unit += 4096) {
      double accumulators[16] = {};
      for (std::size_t i = unit; i < std::min(count, unit + 4096); ++i) accumulators[i % 16] += values[i];
      for (std::size_t step = 8; step > 0; step /= 2) {
        for (std::size_t i = 0; i < step; ++i) accumulators[i] += accumulators[i + step];
      }
      want += accumulators[0];
    }
    for (const Isa isa : available_isas()) {
      RC_ASSERT(reduce(isa, Reduction::Sum, values) == want);
      RC_ASSERT(reduce(isa, Reduction::Minimum, values) == *std::min_element(values.begin(), values.end()));
      RC_ASSERT(reduce(isa, Reduction::Maximum, values) == *std::max_element(values.begin(), values.end()));
    }
  });
}

}  // namespace
}  // namespace oscilla::kernels
