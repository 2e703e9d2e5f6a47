// A list that holds its first few items in place: what is nearly always short costs no allocation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace oscilla {

template <class T, std::uint32_t InPlace>
class SmallList {
  static_assert(std::is_trivially_copyable_v<T> && InPlace > 0);

 public:
  SmallList() = default;
  SmallList(std::initializer_list<T> items) { append(std::span(items.begin(), items.size())); }
  SmallList(const SmallList& other) { append(other); }
  SmallList(SmallList&& other) noexcept { take(other); }
  SmallList& operator=(const SmallList& other) {
    if (this == &other) return *this;
    size_ = 0;
    append(other);
    return *this;
  }
  SmallList& operator=(SmallList&& other) noexcept {
    if (this != &other) take(other);
    return *this;
  }
  ~SmallList() = default;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return more_ ? more_.get() : here_.data(); }
  const T* data() const { return more_ ? more_.get() : here_.data(); }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }

  void push_back(const T& item) {
    const T copy = item;  // it may stand in this list
    reserve(size_ + 1);
    data()[size_++] = copy;
  }
  void append(std::span<const T> items) {
    reserve(size_ + items.size());
    std::copy(items.begin(), items.end(), end());
    size_ += static_cast<std::uint32_t>(items.size());
  }
  /// New items are as T makes them.
  void resize(std::size_t size) {
    reserve(size);
    for (std::size_t i = size_; i < size; ++i) data()[i] = T();
    size_ = static_cast<std::uint32_t>(size);
  }

 private:
  void reserve(std::size_t size) {
    if (size <= room_) return;
    const std::size_t room = std::max<std::size_t>(size, 2 * room_);
    auto more = std::make_unique<T[]>(room);
    std::copy(begin(), end(), more.get());
    more_ = std::move(more);
    room_ = static_cast<std::uint32_t>(room);
  }
  void take(SmallList& other) {
    here_ = other.here_;
    more_ = std::move(other.more_);
    size_ = std::exchange(other.size_, 0);
    room_ = std::exchange(other.room_, InPlace);
  }

  std::array<T, InPlace> here_{};
  std::unique_ptr<T[]> more_;
  std::uint32_t size_ = 0;
  std::uint32_t room_ = InPlace;
};

}  // namespace oscilla
