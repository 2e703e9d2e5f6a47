// Random-looking bits from whole numbers and numbers: seed -> begin -> mix, mix, ... -> bits or a number in [0, 1).
// Each key has a round of its own, so that (seed, id) never collides with (seed + 1, id - 1). The same value gives the
// same hash as a 32-bit lane and as a 64-bit scalar: a number's key is its 64-bit form, with one zero, one
// not-a-number, and 0 for |x| < 2^-126.
#pragma once

#include "kernels/number64.hpp"

namespace oscilla::kernels {

/// lowbias32 (Chris Wellons, hash-prospector), behind an addition so that 0 is no fixed point. A bijection with full
/// avalanche.
template <class B>
B avalanche(B h) {
  h = h + 0x9e3779b9u;
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return h ^ (h >> 16);
}

inline constexpr std::uint32_t kFoldFactor = 0x85ebca6bu;

template <Isa isa>
Bits<isa> hash_key(Floats<isa> x) {
  using B = Bits<isa>;
  const B bits = raw(x);
  const B magnitude = bits & 0x7fffffffu;
  // float to double: the exponent's bias grows by 896, the mantissa by 29 bits
  const B high = (bits & 0x80000000u) | ((magnitude >> 3) + (896u << 20));
  const B high_and_specials = select(magnitude == B(0x7f800000u), (bits & 0x80000000u) | 0x7ff00000u, high);
  const B key = high_and_specials + (magnitude << 29) * kFoldFactor;
  return select(x == x, select(magnitude < B(0x00800000u), B(0u), key), B(0x7ff80000u));
}

inline Bits<Isa::Scalar> hash_key(Number64 x) {
  if (x.v != x.v) return 0x7ff80000u;
  if (__builtin_fabs(x.v) < 0x1p-126) return 0u;
  const std::uint64_t bits = __builtin_bit_cast(std::uint64_t, x.v);
  return static_cast<std::uint32_t>(bits >> 32) + static_cast<std::uint32_t>(bits) * kFoldFactor;
}

template <class F>
typename F::LaneBits hash_mix(typename F::LaneBits hash, F key) {
  return avalanche(hash ^ hash_key(key));
}

template <Isa isa>
Floats<isa> hash_unit(Bits<isa> hash, Floats<isa>) {
  return Floats<isa>::of_integer(hash >> 8) * 0x1p-24;
}
inline Number64 hash_unit(Bits<Isa::Scalar> hash, Number64) { return static_cast<double>(hash.v) * 0x1p-32; }

}  // namespace oscilla::kernels
