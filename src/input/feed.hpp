// What a device writes, on its way to the frame's thread: a ring of fixed size with one writer and one reader, neither
// of which ever waits. When it is full, what comes is dropped and counted: a flood grows no memory and stalls no frame.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "input/producer.hpp"

namespace oscilla::input {

/// A write to whoever listens to `source` ("/hit" of OSC).
struct FeedWrite {
  static constexpr std::size_t kMostText = 80;  ///< bytes of source and key together
  std::array<double, 4> values{};
  std::uint8_t count = 0;
  std::uint8_t source_size = 0;
  std::uint8_t key_size = 0;
  std::array<char, kMostText> text{};

  std::string_view source() const { return {text.data(), source_size}; }
  std::string_view key() const { return {text.data() + source_size, key_size}; }
};

class Feed {
 public:
  static constexpr std::size_t kRoom = 4096;  ///< writes that wait at once

  Feed() : room_(std::make_unique<FeedWrite[]>(kRoom)) {}

  /// The device's thread. False, and it is counted as dropped, if there is no room, if the texts are too long, or if
  /// there are not one to four finite values.
  bool write(std::string_view source, std::span<const double> values, std::string_view key = {});

  /// The frame's thread: everything that waited when this began, in order.
  void drain(const TakePlayed& take) {
    const std::size_t end = head_.load(std::memory_order_acquire);
    for (std::size_t at = tail_.load(std::memory_order_relaxed); at != end; ++at) {
      const FeedWrite& write = room_[at % kRoom];
      take({write.source(), std::span(write.values).first(write.count), write.key()});
      tail_.store(at + 1, std::memory_order_release);
    }
  }

  std::uint64_t taken() const { return tail_.load(); }
  std::uint64_t dropped() const { return dropped_.load(); }

 private:
  std::unique_ptr<FeedWrite[]> room_;
  std::atomic<std::size_t> head_{0};
  std::atomic<std::size_t> tail_{0};
  std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace oscilla::input
