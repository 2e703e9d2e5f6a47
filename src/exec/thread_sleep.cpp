// The cold half of the pool: starting, sleeping, waking, stopping.
#include "exec/thread_pool.hpp"

namespace oscilla::exec {

ThreadPool::ThreadPool(std::uint32_t workers) {
  for (std::uint32_t worker = 1; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

ThreadPool::~ThreadPool() {
  unclaimed_.store(kStop);
  wake_sleepers();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::sleep_until_units() {
  std::unique_lock lock(mutex_);
  sleepers_.fetch_add(1);
  units_ready_.wait(lock, [this] { return unclaimed_.load() != 0; });
  sleepers_.fetch_sub(1);
}

void ThreadPool::wake_sleepers() {
  const std::lock_guard lock(mutex_);
  units_ready_.notify_all();
}

void ThreadPool::sleep_until_complete() {
  std::unique_lock lock(mutex_);
  caller_sleeps_.store(true);
  region_complete_.wait(lock, [this] { return incomplete_.load() == 0; });
  caller_sleeps_.store(false);
}

void ThreadPool::wake_caller() {
  const std::lock_guard lock(mutex_);
  region_complete_.notify_one();
}

}  // namespace oscilla::exec
