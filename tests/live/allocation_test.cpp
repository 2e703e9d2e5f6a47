// Counts what this whole program allocates, to show that a tick allocates nothing.
#include "../allocations.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

TEST(Allocation, NoTickAllocates) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Program program = compiled(read_file(path.string()));
    for (const std::uint32_t threads : {1u, 2u}) {
      SessionOptions options;
      options.threads = threads;
      options.parallel_lanes = 0;
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
