// Counts every allocation of the whole test program. To be included by one of its files only: it replaces operator new
// and aligned_alloc, where the memory of fields comes from.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace oscilla::test {

inline std::atomic<long> allocations{0};

inline void* counted(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) {
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace oscilla::test

extern "C" [[gnu::noinline]] void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  oscilla::test::allocations.fetch_add(1);
  void* memory = nullptr;
  const std::size_t least = alignment < sizeof(void*) ? sizeof(void*) : alignment;
  return posix_memalign(&memory, least, size) == 0 ? memory : nullptr;
}

// Not inlined: g++ would take the pairs of a replaced operator for a mistake.
[[gnu::noinline]] void* operator new(std::size_t size) { return oscilla::test::counted(size); }
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return oscilla::test::counted(size);
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return oscilla::test::counted(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
