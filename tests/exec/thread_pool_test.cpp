#include "exec/thread_pool.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace oscilla::exec {
namespace {

struct Ledger {
  std::vector<std::atomic<std::uint32_t>> runs;
  std::array<std::atomic<std::uint32_t>, 8> inside{};
  std::atomic<std::uint32_t> overlaps{0};
  explicit Ledger(std::size_t units) : runs(units) {}
};

void enter(void* context, std::uint32_t unit, std::uint32_t worker) {
  auto& ledger = *static_cast<Ledger*>(context);
  if (ledger.inside[worker].fetch_add(1) != 0) ledger.overlaps.fetch_add(1);
  ledger.runs[unit].fetch_add(1);
  ledger.inside[worker].fetch_sub(1);
}

TEST(ThreadPool, RunsEveryUnitOnceAndNoWorkerTwiceAtATime) {
  for (const std::uint32_t workers : {1u, 2u, 3u, 8u}) {
    ThreadPool pool(workers);
    const TaskRunner runner = pool.runner();
    EXPECT_EQ(runner.workers, workers);
    for (std::uint32_t region = 0; region < 300; ++region) {
      const std::uint32_t units = region % 41;
      Ledger ledger(units);
      runner.run(units, enter, &ledger);
      for (std::uint32_t unit = 0; unit < units; ++unit) ASSERT_EQ(ledger.runs[unit].load(), 1u);
      ASSERT_EQ(ledger.overlaps.load(), 0u);
    }
  }
}

TEST(ThreadPool, WakesThreadsThatSleep) {
  ThreadPool pool(3);
  for (int region = 0; region < 5; ++region) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    Ledger ledger(64);
    pool.run(64, enter, &ledger);
    for (const auto& runs : ledger.runs) ASSERT_EQ(runs.load(), 1u);
  }
}

TEST(ThreadPool, WaitsForUnitsThatOthersHold) {
  ThreadPool pool(2);
  std::atomic<int> done{0};
  const auto slow = [](void* context, std::uint32_t, std::uint32_t) {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    static_cast<std::atomic<int>*>(context)->fetch_add(1);
  };
  pool.run(3, slow, &done);
  EXPECT_EQ(done.load(), 3);
}

TEST(ThreadPool, StopsAtOnceWhenUnused) { ThreadPool pool(4); }

}  // namespace
}  // namespace oscilla::exec
