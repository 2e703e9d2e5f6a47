// One 64-bit number with the interface of Floats, so that an op is written once for both precisions. Bits in it are
// whole numbers.
#pragma once

#include "kernels/lanes.hpp"

namespace oscilla::kernels {

struct Number64 {
  using LaneBits = Bits<Isa::Scalar>;
  using LaneMask = Mask<Isa::Scalar>;
  double v;

  Number64() = default;
  Number64(double x) : v(x) {}

  static Number64 of_raw(LaneBits bits) { return static_cast<double>(bits.v); }
  static Number64 of_integer(LaneBits bits) { return static_cast<double>(static_cast<std::int32_t>(bits.v)); }
  /// 0 for what is no whole number of 32 bits.
  friend LaneBits raw(Number64 a) {
    return a.v >= 0 && a.v < 4294967296.0 ? static_cast<std::uint32_t>(static_cast<std::int64_t>(a.v)) : 0u;
  }

  friend Number64 operator+(Number64 a, Number64 b) { return a.v + b.v; }
  friend Number64 operator-(Number64 a, Number64 b) { return a.v - b.v; }
  friend Number64 operator*(Number64 a, Number64 b) { return a.v * b.v; }
  friend Number64 operator/(Number64 a, Number64 b) { return a.v / b.v; }
  friend Number64 operator-(Number64 a) { return -a.v; }
  friend LaneMask operator<(Number64 a, Number64 b) { return {a.v < b.v}; }
  friend LaneMask operator<=(Number64 a, Number64 b) { return {a.v <= b.v}; }
  friend LaneMask operator>(Number64 a, Number64 b) { return {a.v > b.v}; }
  friend LaneMask operator>=(Number64 a, Number64 b) { return {a.v >= b.v}; }
  friend LaneMask operator==(Number64 a, Number64 b) { return {a.v == b.v}; }
  friend LaneMask operator!=(Number64 a, Number64 b) { return {a.v != b.v}; }
  friend Number64 select(LaneMask mask, Number64 a, Number64 b) { return mask.v ? a : b; }
  friend Number64 abs(Number64 a) { return __builtin_fabs(a.v); }
  friend Number64 min(Number64 a, Number64 b) { return a.v < b.v ? a : b; }
  friend Number64 max(Number64 a, Number64 b) { return a.v > b.v ? a : b; }
  friend Number64 sqrt(Number64 a) { return __builtin_sqrt(a.v); }
};

/// As floor of Floats, with 2^52.
inline Number64 floor(Number64 x) {
  const double limit = 4503599627370496.0;
  const double magnitude = __builtin_fabs(x.v);
  if (!(magnitude < limit)) return x;
  const double whole = __builtin_copysign((magnitude + limit) - limit, x.v);
  return __builtin_copysign(whole - (x.v < whole ? 1.0 : 0.0), x.v);
}

/// The nearest whole number, halves to even, of |x| < 2^51; greater numbers become whole multiples of a power of two.
inline Number64 round_to_even(Number64 x) { return (x.v + 6755399441055744.0) - 6755399441055744.0; }

}  // namespace oscilla::kernels
