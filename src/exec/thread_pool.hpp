// Threads for parallel regions. Every thread, the caller included, claims the next unit from one counter until none is
// left, so a thread that the system holds back delays one unit only. Threads without work spin for some microseconds,
// then sleep on the counter itself: there is no lock that one of them could hold while it is held back. One region at a
// time.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "base/task_runner.hpp"

namespace oscilla::exec {

class ThreadPool {
 public:
  /// `workers` threads in all; the caller of run() is one of them.
  explicit ThreadPool(std::uint32_t workers);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  void run(std::uint32_t units, TaskRunner::Body body, void* context);

  /// Valid as long as the pool.
  TaskRunner runner();

 private:
  bool claim(std::uint32_t& unit);
  void work(std::uint32_t worker);
  void serve(std::uint32_t worker);
  void await_units();
  void await_completion();

  static constexpr std::uint32_t kStop = ~0u;

  alignas(64) std::atomic<std::uint32_t> unclaimed_{0};  // units that nobody has taken, or kStop
  alignas(64) std::atomic<std::uint32_t> incomplete_{0};
  // Written by run() between regions, read after a claim: claiming and completing order the two.
  std::uint32_t units_ = 0;
  TaskRunner::Body body_ = nullptr;
  void* context_ = nullptr;

  std::vector<std::thread> threads_;
};

}  // namespace oscilla::exec
