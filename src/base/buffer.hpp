// An aligned, zero-filled block of memory. The only way fields are stored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace oscilla {

inline constexpr std::size_t kBufferAlignment = 64;

/// At least `bytes` (not 0) of zeros, aligned, up to the end of the last cache line; to be freed with std::free. Ends
/// the process where there is no memory left.
void* allocate_zeroed(std::size_t bytes);

/// `count` trivially copyable values, 64-byte aligned, zero-filled, the size rounded up to whole cache lines. Movable
/// only.
template <class T>
  requires std::is_trivially_copyable_v<T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t count) : count_(count) {
    if (count != 0) data_.reset(static_cast<T*>(allocate_zeroed(count * sizeof(T))));
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  std::size_t size() const { return count_; }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }
  std::span<T> span() { return {data_.get(), count_}; }
  std::span<const T> span() const { return {data_.get(), count_}; }

 private:
  struct Free {
    void operator()(T* pointer) const { std::free(pointer); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t count_ = 0;
};

}  // namespace oscilla
