// A thread that does one kind of work whenever it was woken, after everything that was woken before. Without threads
// (WebAssembly) the work is done inside wake().
#pragma once

#include <memory>
#ifndef __wasm__
#include <mutex>
#endif

namespace oscilla::live {

/// A lock between threads; nothing where there are none.
#ifdef __wasm__
struct Mutex {};
struct Guard {
  explicit Guard(Mutex&) {}
};
#else
using Mutex = std::mutex;
using Guard = std::lock_guard<std::mutex>;
#endif

class BackgroundThread {
 public:
  using Work = void (*)(void* context);

  BackgroundThread(Work work, void* context);
  /// Finishes the work that is under way.
  ~BackgroundThread();
  BackgroundThread(const BackgroundThread&) = delete;
  BackgroundThread& operator=(const BackgroundThread&) = delete;

  /// The work runs once more, begun after this call. Neither locks nor allocates.
  void wake() noexcept;
  /// Returns when the work for every wake() before this call is done.
  void wait_until_done() const;

 private:
  struct Thread;
  Work work_;
  void* context_;
  std::unique_ptr<Thread> thread_;
};

}  // namespace oscilla::live
