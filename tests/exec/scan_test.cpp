// A scan against an evaluation lane by lane, on any number of threads.
#include "exec/scan.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "exec/block_program.hpp"
#include "exec/thread_pool.hpp"

namespace oscilla::exec {
namespace {

std::vector<float> field(std::uint32_t lanes) {
  std::vector<float> values(lanes);
  std::uint32_t state = 7;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<float>(state >> 8) * 0x1p-20f - 8;
  }
  return values;
}

/// The definition: units on their own, then what comes before them.
std::vector<float> sums(const std::vector<float>& values) {
  std::vector<float> result;
  double before = 0;
  double unit = 0;
  for (std::size_t lane = 0; lane < values.size(); ++lane) {
    if (lane % kUnitLanes == 0) before += unit, unit = 0;
    if (std::isfinite(values[lane])) unit += values[lane];
    result.push_back(static_cast<float>(before + unit));
  }
  return result;
}

std::vector<float> scanned(ir::Reduction reduction, const std::vector<float>& values, const TaskRunner& runner,
                           std::uint64_t* replaced = nullptr) {
  std::vector<float> result(values.size());
  std::vector<double> units(units_of(static_cast<std::uint32_t>(values.size())));
  const std::uint64_t count = run_scan({.reduction = reduction,
                                        .source = values.data(),
                                        .result = result.data(),
                                        .lanes = static_cast<std::uint32_t>(values.size()),
                                        .units = units.data(),
                                        .min_parallel_lanes = 0},
                                       runner);
  if (replaced != nullptr) *replaced = count;
  return result;
}

TEST(Scan, IsItsDefinitionOnAnyNumberOfThreads) {
  ThreadPool pool(3);
  for (const std::uint32_t lanes : {0u, 1u, 17u, 4095u, 4096u, 4097u, 20000u}) {
    const std::vector<float> values = field(lanes);
    const std::vector<float> expected = sums(values);
    EXPECT_EQ(scanned(ir::Reduction::Sum, values, inline_runner()), expected) << lanes;
    EXPECT_EQ(scanned(ir::Reduction::Sum, values, pool.runner()), expected) << lanes;
    const std::vector<float> low = scanned(ir::Reduction::Minimum, values, pool.runner());
    const std::vector<float> high = scanned(ir::Reduction::Maximum, values, pool.runner());
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      EXPECT_EQ(low[lane], lane == 0 ? values[0] : std::min(low[lane - 1], values[lane]));
      EXPECT_EQ(high[lane], lane == 0 ? values[0] : std::max(high[lane - 1], values[lane]));
    }
  }
}

TEST(Scan, WhatIsNotFiniteCountsAsZero) {
  std::vector<float> values = field(5000);
  values[3] = std::numeric_limits<float>::quiet_NaN();
  values[4999] = -std::numeric_limits<float>::infinity();
  std::uint64_t replaced = 0;
  EXPECT_EQ(scanned(ir::Reduction::Sum, values, inline_runner(), &replaced), sums(values));
  EXPECT_EQ(replaced, 2u);
}

}  // namespace
}  // namespace oscilla::exec
