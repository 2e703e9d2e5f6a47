// The newest of something, from one thread to another: three of it, of which the writer has one, the reader has one,
// and one is between them. Neither ever waits, and nothing is allocated that the thing itself does not allocate.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace oscilla::window {

template <class T>
class Latest {
 public:
  /// The writer's; whatever is in it is two versions old.
  T& next() { return rooms_[written_]; }
  /// What is in next() is the newest from here on.
  void publish() {
    written_ = between_.exchange(static_cast<std::uint8_t>(written_ | kFresh), std::memory_order_acq_rel) & kRoom;
  }

  /// The reader takes the newest; false if that is what it has already.
  bool take() {
    if ((between_.load(std::memory_order_relaxed) & kFresh) == 0) return false;
    read_ = between_.exchange(read_, std::memory_order_acq_rel) & kRoom;
    return true;
  }
  /// The reader's, until it takes another one.
  const T& current() const { return rooms_[read_]; }

 private:
  static constexpr std::uint8_t kFresh = 4, kRoom = 3;

  std::array<T, 3> rooms_{};
  std::uint8_t written_ = 0;
  std::atomic<std::uint8_t> between_{1};
  std::uint8_t read_ = 2;
};

}  // namespace oscilla::window
