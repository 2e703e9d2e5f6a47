// Hashing of names, structures and frames (XXH3). Never used inside kernels: randomness has its own integer hashes
// there.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

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
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  HashBuilder& add(Hash128 value) { return add(value.low).add(value.high); }
  HashBuilder& add(StableId value) { return add(value.v); }
  HashBuilder& add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    bytes_.append(text);
    return *this;
  }
  Hash128 finish() const;

 private:
  std::string bytes_;
};

/// 32 lower-case hex digits, high half first.
std::string to_hex(Hash128 hash);

}  // namespace oscilla
