// Numbers that look like chance and are the same everywhere: SplitMix64.
#pragma once

#include <cstddef>
#include <cstdint>

namespace oscilla::live {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}

  std::uint64_t next() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  /// 0 to `count` - 1; `count` is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>((next() >> 32) * count >> 32); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  /// From 0 up to 1.
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  template <class List>
  auto& pick(List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace oscilla::live
