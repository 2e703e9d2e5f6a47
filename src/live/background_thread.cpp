#include "live/background_thread.hpp"

#ifndef __wasm__
#include <atomic>
#include <cstdint>
#include <thread>
#endif

namespace oscilla::live {

#ifdef __wasm__
struct BackgroundThread::Thread {};
BackgroundThread::BackgroundThread(Work work, void* context) : work_(work), context_(context) {}
BackgroundThread::~BackgroundThread() = default;
void BackgroundThread::wake() noexcept { work_(context_); }
void BackgroundThread::wait_until_done() const {}
#else
struct BackgroundThread::Thread {
  Thread(Work work, void* context) : thread([this, work, context] { run(work, context); }) {}

  void run(Work work, void* context) {
    for (std::uint64_t seen = 0;; wanted.wait(seen)) {
      seen = wanted.load();
      if (seen == done.load()) continue;
      work(context);
      done.store(seen);
      done.notify_all();
      if (stopping.load()) return;
    }
  }

  std::atomic<std::uint64_t> wanted{0};
  std::atomic<std::uint64_t> done{0};
  std::atomic<bool> stopping{false};
  std::thread thread;
};

BackgroundThread::BackgroundThread(Work work, void* context)
    : work_(work), context_(context), thread_(std::make_unique<Thread>(work, context)) {}

BackgroundThread::~BackgroundThread() {
  thread_->stopping.store(true);
  wake();
  thread_->thread.join();
}

void BackgroundThread::wake() noexcept {
  thread_->wanted.fetch_add(1);
  thread_->wanted.notify_one();
}

void BackgroundThread::wait_until_done() const {
  const std::uint64_t wanted = thread_->wanted.load();
  for (std::uint64_t done = thread_->done.load(); done < wanted; done = thread_->done.load()) thread_->done.wait(done);
}
#endif

}  // namespace oscilla::live
