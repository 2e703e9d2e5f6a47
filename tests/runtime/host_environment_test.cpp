// A host may have changed how its thread computes; frames must not notice, and it must get back what it set.
#include <gtest/gtest.h>

#include "../exec/scenes.hpp"
#include "base/float_environment.hpp"
#include "exec/thread_pool.hpp"
#include "frame/digest.hpp"
#include "runtime/session.hpp"

#if defined(__SSE2__)
#include <xmmintrin.h>

namespace oscilla::runtime {
namespace {

constexpr unsigned kFlushAndRoundDown = 0x8040 | 0x2000 | 0x1f80;

std::vector<Hash128> digests(const RunOptions& options, unsigned control) {
  const unsigned before = _mm_getcsr();
  Session session(test::spiral(9000), options);
  std::vector<Hash128> all;
  for (int tick = 0; tick < 3; ++tick) {
    _mm_setcsr(control);
    const RenderFrame& frame = session.tick(tick * 100.0);
    EXPECT_EQ(_mm_getcsr(), control);
    _mm_setcsr(before);
    all.push_back(frame::digest(frame));
  }
  return all;
}

TEST(HostEnvironment, DoesNotReachFramesAndIsKept) {
  exec::ThreadPool pool(2);
  RunOptions parallel;
  parallel.runner = pool.runner();
  parallel.min_parallel_lanes = 0;
  const std::vector<Hash128> expected = digests({}, _mm_getcsr());
  EXPECT_EQ(digests({}, kFlushAndRoundDown), expected);
  EXPECT_EQ(digests(parallel, kFlushAndRoundDown), expected);
}

TEST(HostEnvironment, TheGuardKeepsSubnormalsAndRoundsToNearest) {
  const unsigned before = _mm_getcsr();
  _mm_setcsr(kFlushAndRoundDown);
  volatile float tiny = 1e-40f;
  volatile float tenth = 0.1f;
  float halved = 0;
  float sum = 0;
  {
    const FloatEnvironment environment;
    halved = tiny * 0.5f;
    sum = tenth + 0.7f;
  }
  const unsigned after = _mm_getcsr();
  _mm_setcsr(before);
  EXPECT_EQ(after, kFlushAndRoundDown);
  EXPECT_EQ(halved, 0.5e-40f);
  EXPECT_EQ(sum, 0.1f + 0.7f);
}

}  // namespace
}  // namespace oscilla::runtime
#endif
