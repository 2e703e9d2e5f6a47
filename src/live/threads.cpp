#include "live/threads.hpp"

#ifndef __wasm__
#include "exec/thread_pool.hpp"
#endif

namespace oscilla::live {

#ifdef __wasm__
struct Threads::Pool {};
Threads::Threads(std::uint32_t) {}
TaskRunner Threads::runner() const { return inline_runner(); }
#else
struct Threads::Pool {
  explicit Pool(std::uint32_t count) : threads(count) {}
  exec::ThreadPool threads;
};
Threads::Threads(std::uint32_t count) : pool_(count > 1 ? std::make_unique<Pool>(count) : nullptr) {}
TaskRunner Threads::runner() const { return pool_ ? pool_->threads.runner() : inline_runner(); }
#endif

Threads::~Threads() = default;
Threads::Threads(Threads&&) noexcept = default;
Threads& Threads::operator=(Threads&&) noexcept = default;

}  // namespace oscilla::live
