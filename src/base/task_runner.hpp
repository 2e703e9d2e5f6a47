// How work is spread over threads, as two plain values: a function and what it works on. The core knows no other thing
// about threads. run() calls body(context, unit, worker) once for every unit in [0, units) and returns when all are
// done; two calls with the same worker never overlap, workers are numbered 0 .. workers - 1, and the caller is worker
// 0.
#pragma once

#include <cstdint>

namespace oscilla {

struct TaskRunner {
  using Body = void (*)(void* context, std::uint32_t unit, std::uint32_t worker);

  void (*run_on)(void* pool, std::uint32_t units, Body body, void* context) = nullptr;
  void* pool = nullptr;
  std::uint32_t workers = 1;

  void run(std::uint32_t units, Body body, void* context) const { run_on(pool, units, body, context); }
};

/// Everything in the calling thread, in ascending order.
inline TaskRunner inline_runner() {
  const auto run = [](void*, std::uint32_t units, TaskRunner::Body body, void* context) {
    for (std::uint32_t unit = 0; unit < units; ++unit) body(context, unit, 0);
  };
  return {run, nullptr, 1};
}

}  // namespace oscilla
