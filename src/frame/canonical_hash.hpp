// A hash that is fed with numbers as canonical bytes (frame/digest.hpp). Streams: nothing is collected.
#pragma once

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "base/ids.hpp"

namespace oscilla::frame {

static_assert(std::endian::native == std::endian::little, "canonical bytes are taken from memory as they are");

class CanonicalHash {
 public:
  CanonicalHash() { XXH3_128bits_reset(&state_); }

  template <class T>
    requires std::is_integral_v<T>
  CanonicalHash& add(T value) {
    return add_bytes(&value, sizeof value);
  }
  template <class T>
    requires std::is_enum_v<T>
  CanonicalHash& add(T value) {
    static_assert(sizeof(T) == 1);
    return add_bytes(&value, 1);
  }
  CanonicalHash& add(double value) {
    return add(value == value ? std::bit_cast<std::uint64_t>(value) : std::uint64_t{0x7ff8000000000000});
  }
  CanonicalHash& add(Hash128 value) { return add(value.low).add(value.high); }
  CanonicalHash& add(std::string_view text) {
    return add(static_cast<std::uint32_t>(text.size())).add_bytes(text.data(), text.size());
  }
  CanonicalHash& add(std::span<const std::uint32_t> values) { return add_bytes(values.data(), values.size_bytes()); }

  /// Straight from memory unless a NaN is among them.
  CanonicalHash& add_floats(const float* values, std::size_t count);

  Hash128 finish() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
    return {hash.low64, hash.high64};
  }

 private:
  CanonicalHash& add_bytes(const void* bytes, std::size_t size) {
    if (size != 0) XXH3_128bits_update(&state_, bytes, size);
    return *this;
  }

  XXH3_state_t state_;
};

}  // namespace oscilla::frame
