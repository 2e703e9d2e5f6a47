// Counts every allocation of the whole test program. To be included by one of its files only: it replaces operator new
// and aligned_alloc, where the memory of fields comes from.
#pragma once

#include <malloc.h>

#include <cstddef>
#include <cstdlib>
#include <new>

#include "allocation_counts.hpp"

namespace oscilla::test {

inline void* counted(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) {
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) std::abort();
  const auto bytes = static_cast<long>(malloc_usable_size(memory));
  const long held = held_bytes.fetch_add(bytes) + bytes;
  for (long most = most_bytes; most < held && !most_bytes.compare_exchange_weak(most, held);) continue;
  return memory;
}

inline void freed(void* memory) noexcept {
  if (memory != nullptr) held_bytes.fetch_sub(static_cast<long>(malloc_usable_size(memory)));
  std::free(memory);
}

}  // namespace oscilla::test

extern "C" [[gnu::noinline]] void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  oscilla::test::allocations.fetch_add(1);
  ++oscilla::test::own_allocations;
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
[[gnu::noinline]] void operator delete(void* memory) noexcept { oscilla::test::freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { oscilla::test::freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept { oscilla::test::freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { oscilla::test::freed(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  oscilla::test::freed(memory);
}
