// The x86 processor's 80-bit number with the interface of Number64: every row of the op table evaluated eleven bits
// more exactly, so that the rounding of its 64-bit form can be measured.
#pragma once

#include <cmath>

#include "kernels/ops.hpp"

namespace oscilla::kernels {

struct Extended {
  using LaneBits = Bits<Isa::Scalar>;
  using LaneMask = Mask<Isa::Scalar>;
  long double v;

  Extended() = default;
  Extended(long double x) : v(x) {}
  Extended(double x) : v(x) {}
  operator Number64() const { return static_cast<double>(v); }

  static Extended of_raw(LaneBits bits) { return static_cast<long double>(bits.v); }
  static Extended of_integer(LaneBits bits) { return static_cast<long double>(static_cast<std::int32_t>(bits.v)); }
  friend LaneBits raw(Extended a) { return raw(Number64(static_cast<double>(a.v))); }

  friend Extended operator+(Extended a, Extended b) { return a.v + b.v; }
  friend Extended operator-(Extended a, Extended b) { return a.v - b.v; }
  friend Extended operator*(Extended a, Extended b) { return a.v * b.v; }
  friend Extended operator/(Extended a, Extended b) { return a.v / b.v; }
  friend Extended operator-(Extended a) { return -a.v; }
  friend LaneMask operator<(Extended a, Extended b) { return {a.v < b.v}; }
  friend LaneMask operator<=(Extended a, Extended b) { return {a.v <= b.v}; }
  friend LaneMask operator>(Extended a, Extended b) { return {a.v > b.v}; }
  friend LaneMask operator>=(Extended a, Extended b) { return {a.v >= b.v}; }
  friend LaneMask operator==(Extended a, Extended b) { return {a.v == b.v}; }
  friend LaneMask operator!=(Extended a, Extended b) { return {a.v != b.v}; }
  friend Extended select(LaneMask mask, Extended a, Extended b) { return mask.v ? a : b; }
  friend Extended abs(Extended a) { return std::fabs(a.v); }
  friend Extended min(Extended a, Extended b) { return a.v < b.v ? a : b; }
  friend Extended max(Extended a, Extended b) { return a.v > b.v ? a : b; }
  friend Extended sqrt(Extended a) { return std::sqrt(a.v); }
  friend Extended floor(Extended a) { return std::floor(a.v); }
  friend Extended exp2(Extended a) { return std::exp2(a.v); }
  friend SineCosine<Extended> sin_cos_turns(Extended a) {
    const long double angle = (a.v - std::nearbyint(a.v)) * 6.283185307179586476925286766559L;
    return {std::sin(angle), std::cos(angle)};
  }
};

}  // namespace oscilla::kernels
