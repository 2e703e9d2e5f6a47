#include "base/hash.hpp"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace oscilla {

StableId stable_id(std::string_view name_path) { return {XXH3_64bits(name_path.data(), name_path.size())}; }

Hash128 hash128(std::span<const std::byte> bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

Hash128 HashBuilder::finish() const {
  return rest_.empty() ? hash128(std::as_bytes(std::span(bytes_).first(size_)))
                       : hash128(std::as_bytes(std::span(rest_)));
}

std::string to_hex(Hash128 hash) { return fmt::format("{:016x}{:016x}", hash.high, hash.low); }

}  // namespace oscilla
