// The threads of a session: a pool where the machine has threads, the caller alone in WebAssembly.
#pragma once

#include <cstdint>
#include <memory>

#include "base/task_runner.hpp"

namespace oscilla::live {

class Threads {
 public:
  /// `count` threads in all, the caller included; 0 and 1 mean the caller alone.
  explicit Threads(std::uint32_t count);
  ~Threads();
  Threads(Threads&&) noexcept;
  Threads& operator=(Threads&&) noexcept;

  /// Valid as long as this object's pool, which keeps its address when the object is moved.
  TaskRunner runner() const;

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace oscilla::live
