// Counts what this whole program allocates, to show that a tick allocates nothing.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "../exec/scenes.hpp"
#include "exec/thread_pool.hpp"
#include "runtime/session.hpp"

namespace {
std::atomic<long> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
  allocations.fetch_add(1);
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) std::abort();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) { return counted(size, 16); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace oscilla::runtime {
namespace {

TEST(Allocation, NoTickAllocates) {
  exec::ThreadPool pool(3);
  for (const bool parallel : {false, true}) {
    RunOptions options;
    if (parallel) options.runner = pool.runner(), options.min_parallel_lanes = 0;
    Session session(test::spiral(10000), options);
    const long before = allocations.load();
    for (int tick = 0; tick < 5; ++tick) session.tick(tick * 16.0);
    EXPECT_EQ(allocations.load(), before);
  }
  EXPECT_GT(allocations.load(), 0);
}

}  // namespace
}  // namespace oscilla::runtime
