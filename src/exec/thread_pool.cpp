#include "exec/thread_pool.hpp"

#include "base/float_environment.hpp"

namespace oscilla::exec {
namespace {

/// About 20 microseconds: as long as waking a thread takes.
constexpr int kSpins = 1024;

void relax() {
#if defined(__SSE2__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

ThreadPool::ThreadPool(std::uint32_t workers) {
  for (std::uint32_t worker = 1; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

ThreadPool::~ThreadPool() {
  unclaimed_.store(kStop);
  unclaimed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

/// True and the unit's number if one was left. Units go out in ascending order.
bool ThreadPool::claim(std::uint32_t& unit) {
  std::uint32_t left = unclaimed_.load(std::memory_order_acquire);
  while (left != 0 && left != kStop) {
    if (unclaimed_.compare_exchange_weak(left, left - 1, std::memory_order_acq_rel)) {
      unit = units_ - left;
      return true;
    }
  }
  return false;
}

void ThreadPool::work(std::uint32_t worker) {
  std::uint32_t unit = 0;
  while (claim(unit)) {
    body_(context_, unit, worker);
    if (incomplete_.fetch_sub(1) == 1 && worker != 0) incomplete_.notify_one();
  }
}

void ThreadPool::serve(std::uint32_t worker) {
  const FloatEnvironment environment;
  while (true) {
    await_units();
    if (unclaimed_.load() == kStop) return;
    work(worker);
  }
}

void ThreadPool::await_units() {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (unclaimed_.load(std::memory_order_acquire) != 0) return;
    relax();
  }
  unclaimed_.wait(0);
}

void ThreadPool::await_completion() {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (incomplete_.load(std::memory_order_acquire) == 0) return;
    relax();
  }
  while (const std::uint32_t left = incomplete_.load(std::memory_order_acquire)) incomplete_.wait(left);
}

void ThreadPool::run(std::uint32_t units, TaskRunner::Body body, void* context) {
  if (units == 0) return;
  units_ = units;
  body_ = body;
  context_ = context;
  incomplete_.store(units);
  unclaimed_.store(units);
  if (units > 1) unclaimed_.notify_all();
  work(0);
  await_completion();
}

TaskRunner ThreadPool::runner() {
  const auto run_on = [](void* pool, std::uint32_t units, TaskRunner::Body body, void* context) {
    static_cast<ThreadPool*>(pool)->run(units, body, context);
  };
  return {run_on, this, static_cast<std::uint32_t>(threads_.size()) + 1};
}

}  // namespace oscilla::exec
