// Counts what this whole program allocates, to show that a tick allocates nothing.
#include <gtest/gtest.h>

#include "../allocations.hpp"
#include "../exec/scenes.hpp"
#include "exec/thread_pool.hpp"
#include "runtime/session.hpp"

namespace oscilla::runtime {
namespace {

TEST(Allocation, NoTickAllocates) {
  exec::ThreadPool pool(3);
  for (const bool parallel : {false, true}) {
    RunOptions options;
    if (parallel) options.runner = pool.runner(), options.min_parallel_lanes = 0;
    Session session(test::spiral(10000), options);
    const long before = test::allocations.load();
    for (int tick = 0; tick < 5; ++tick) session.tick(tick * 16.0);
    EXPECT_EQ(test::allocations.load(), before);
  }
  EXPECT_GT(test::allocations.load(), 0);
}

}  // namespace
}  // namespace oscilla::runtime
