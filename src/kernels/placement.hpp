// Where elements stand without being told: the Halton sequence at a whole index -> a number in [0, 1). The 32-bit
// result is the 64-bit one, narrowed.
#pragma once

#include "kernels/doubles.hpp"
#include "kernels/hash.hpp"

namespace oscilla::kernels {

/// The whole numbers 0 .. 2^32 - 1 with their ternary digits turned around behind the point: 21 digits as one whole
/// number, divided once. D is a 64-bit form of F.
template <class D, class Round>
D radical_inverse_of_three(D index, Round round) {
  D reversed = 0.0;
  for (int digit = 0; digit < 21; ++digit) {
    const D quotient = round((index - 1.0) * (1.0 / 3.0));  // (3 q + r - 1) / 3 is within 1/3 of q
    reversed = reversed * 3.0 + (index - quotient * 3.0);
    index = quotient;
  }
  return reversed / 10460353203.0;
}
template <Isa isa>
Floats<isa> halton3(Floats<isa> index) {
  const auto round = [](Doubles<isa> x) {
    Bits<isa> unused;
    return round_to_even(x, &unused);
  };
  return narrow(radical_inverse_of_three(widen(index), round));
}
inline Number64 halton3(Number64 index) {
  return radical_inverse_of_three(index, [](Number64 x) { return round_to_even(x); });
}

/// A whole number of F as an integer; 0 for what is none.
template <Isa isa>
Bits<isa> whole_bits(Floats<isa> x) {
  const auto inside = (x >= Floats<isa>(0.0)) & (x < Floats<isa>(16777216.0));
  const Floats<isa> kept = select(inside, x, Floats<isa>(0.0));
  const Floats<isa> high = floor(kept * 0x1p-12);
  const auto integer = [](Floats<isa> part) { return raw(part + 8388608.0) & 0x003fffffu; };
  return (integer(high) << 12) | integer(kept - high * 4096.0);
}
inline Bits<Isa::Scalar> whole_bits(Number64 x) { return raw(x); }

template <class B>
B reverse_bits(B b) {
  b = ((b >> 1) & 0x55555555u) | ((b & 0x55555555u) << 1);
  b = ((b >> 2) & 0x33333333u) | ((b & 0x33333333u) << 2);
  b = ((b >> 4) & 0x0f0f0f0fu) | ((b & 0x0f0f0f0fu) << 4);
  b = ((b >> 8) & 0x00ff00ffu) | ((b & 0x00ff00ffu) << 8);
  return (b >> 16) | (b << 16);
}

}  // namespace oscilla::kernels
