// Counts what this whole program allocates, to show that a tick allocates nothing.
#include <atomic>
#include <cstdlib>
#include <new>

#include "patches.hpp"

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

namespace oscilla::test {
namespace {

TEST(Allocation, NoTickAllocates) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Program program = compiled(read_file(path.string()));
    for (const std::uint32_t threads : {1u, 2u}) {
      SessionOptions options;
      options.threads = threads;
      options.parallel_lanes = 1;
      Session session(program, options);
      session.tick(0);
      const long before = allocations.load();
      for (int frame = 1; frame < 5; ++frame) session.tick(program.frame_time_ms(frame));
      EXPECT_EQ(allocations.load(), before) << path << " on " << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace oscilla::test
