// Threads for parallel regions. Every thread, the caller included, claims the next unit from one counter until none is
// left, so a thread that the system holds back delays one unit only. Threads without work spin for some microseconds,
// then sleep. One region at a time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
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

  // The cold half: sleeping and waking.
  void sleep_until_units();
  void wake_sleepers();
  void sleep_until_complete();
  void wake_caller();

  static constexpr std::uint32_t kStop = ~0u;

  alignas(64) std::atomic<std::uint32_t> unclaimed_{0};  // units that nobody has taken, or kStop
  alignas(64) std::atomic<std::uint32_t> incomplete_{0};
  // Written by run() between regions, read after a claim: claiming and completing order the two.
  std::uint32_t units_ = 0;
  TaskRunner::Body body_ = nullptr;
  void* context_ = nullptr;

  std::atomic<std::uint32_t> sleepers_{0};
  std::atomic<bool> caller_sleeps_{false};
  std::mutex mutex_;
  std::condition_variable units_ready_;
  std::condition_variable region_complete_;
  std::vector<std::thread> threads_;
};

}  // namespace oscilla::exec
