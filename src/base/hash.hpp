// Hashing of names, structures and frames (XXH3). Never used inside kernels: randomness has its own integer hashes
// there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/ids.hpp"

namespace oscilla {

StableId stable_id(std::string_view name_path);
Hash128 hash128(std::span<const std::byte> bytes);

/// Collects plain values and hashes them together; the same calls give the same hash on every machine (little endian).
class HashBuilder {
 public:
  template <class T>
    requires(std::is_arithmetic_v<T> || std::is_enum_v<T>)
  HashBuilder& add(T value) {
    put(&value, sizeof value);
    return *this;
  }
  HashBuilder& add(Hash128 value) { return add(value.low).add(value.high); }
  HashBuilder& add(StableId value) { return add(value.v); }
  HashBuilder& add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    put(text.data(), text.size());
    return *this;
  }
  Hash128 finish() const;

 private:
  void put(const void* data, std::size_t size) {
    if (rest_.empty() && size_ + size <= bytes_.size()) {
      if (size > 0) std::memcpy(bytes_.data() + size_, data, size);
      size_ += size;
      return;
    }
    if (rest_.empty()) rest_.assign(bytes_.data(), size_);
    rest_.append(static_cast<const char*>(data), size);
  }

  std::array<char, 128> bytes_;  ///< what fits, the first size_ of them; `rest_` is all if it does not
  std::size_t size_ = 0;
  std::string rest_;
};

/// 32 lower-case hex digits, high half first.
std::string to_hex(Hash128 hash);

}  // namespace oscilla
