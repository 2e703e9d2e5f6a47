// Elementary functions of 32-bit lanes: branch-free, from + - * / sqrt, comparisons and integer steps only, so every
// processor gives the same bits. Stated accuracies (docs/accuracy.md) are checked by tests/kernels/accuracy32_test.cpp.
// Polynomials of sine, cosine, exp and log: Cephes (S. Moshier), sinf.c, expf.c, logf.c. Others: Chebyshev fits of our
// own.
#pragma once

#include "kernels/doubles.hpp"
#include "kernels/polynomial.hpp"

namespace oscilla::kernels {

template <class F>
struct SineCosine {
  F sine, cosine;
};

/// Sine and cosine of `angle` + quadrant * pi / 2, |angle| <= pi / 4; only the quadrant's lower two bits count.
template <Isa isa>
SineCosine<Floats<isa>> sin_cos_of_quadrant(Floats<isa> angle, Bits<isa> quadrant) {
  using F = Floats<isa>;
  const F z = angle * angle;
  const F sine = polynomial(z, -1.6666654611e-1, 8.3321608736e-3, -1.9515295891e-4) * z * angle + angle;
  const F tail = polynomial(z, 4.166664568298827e-2, -1.388731625493765e-3, 2.443315711809948e-5) * (z * z);
  const F cosine = tail - z * 0.5 + 1.0;
  const Mask<isa> even = (quadrant & 1u) == Bits<isa>(0u);
  const Bits<isa> sine_sign = (quadrant & 2u) << 30;
  const Bits<isa> cosine_sign = ((quadrant + 1u) & 2u) << 30;
  return {F::of_raw(raw(select(even, sine, cosine)) ^ sine_sign),
          F::of_raw(raw(select(even, cosine, sine)) ^ cosine_sign)};
}

/// x in radians. The head of 2/pi has 29 bits, so that its product with x is exact in 64 bits; what is left of a
/// quadrant is then good to |x| * 2^-82. From |x| = 2^50 on, where neighbouring floats are millions of turns apart, x
/// counts as 0.
template <Isa isa>
SineCosine<Floats<isa>> sin_cos(Floats<isa> x) {
  const Doubles<isa> wide = widen(select(abs(x) < 0x1p50, x, x * 0.0));
  const Doubles<isa> head = wide * 0x1.45f306dp-1, tail = wide * 0x1.9391054a7f09dp-30;
  Bits<isa> quadrant;
  const Doubles<isa> whole = round_to_even(head + tail, &quadrant);
  const Doubles<isa> rest = (head - whole) + tail;
  return sin_cos_of_quadrant(narrow(rest * 0x1.921fb54442d18p+0), quadrant);
}

/// x in turns, reduced exactly for every finite x: what is left is in [-1/2, 1/2], or whole. The float before 1/2 is
/// added, which takes every x to the same turn but itself: it and 1/2 have the sum 1, rounded, and nothing would be
/// left of it.
template <Isa isa>
SineCosine<Floats<isa>> sin_cos_turns(Floats<isa> x) {
  const Floats<isa> quarters = (x - floor(x + 0x1.fffffep-2)) * 4.0;
  const Floats<isa> sum = quarters + 12582912.0;  // 1.5 * 2^23: the sum's unit is 1
  return sin_cos_of_quadrant((quarters - (sum - 12582912.0)) * 1.57079632679489662, raw(sum));
}

template <Isa isa>
Floats<isa> tan(Floats<isa> x) {
  const SineCosine<Floats<isa>> both = sin_cos(x);
  return both.sine / both.cosine;
}

template <Isa isa>
Floats<isa> tan_turns(Floats<isa> x) {
  const SineCosine<Floats<isa>> both = sin_cos_turns(x);
  return both.sine / both.cosine;
}

/// x * 2^n for n in [-252, 254], the last product rounding into the subnormals.
template <Isa isa>
Floats<isa> scale_by_power(Floats<isa> x, Bits<isa> n) {
  const Bits<isa> half = shift_signed(n, 1);
  const Floats<isa> first = Floats<isa>::of_raw((half + 127u) << 23);
  const Floats<isa> second = Floats<isa>::of_raw((n - half + 127u) << 23);
  return (x * first) * second;
}

template <Isa isa>
Floats<isa> exp(Floats<isa> x) {
  using F = Floats<isa>;
  x = select(x < -104.0, F(-104.0), x);
  x = select(x > 89.0, F(89.0), x);
  const F sum = x * 1.44269504088896341 + 12582912.0;
  const F n = sum - 12582912.0;
  const F r = (x - n * 0.693359375) - n * -2.12194440e-4;  // ln 2 in two parts, the first of 9 bits
  const F p = polynomial(r, 5.0000001201e-1, 1.6666665459e-1, 4.1665795894e-2, 8.3334519073e-3, 1.3981999507e-3,
                         1.9875691500e-4);
  return scale_by_power((p * (r * r) + r) + 1.0, raw(sum) - 0x4b400000u);
}

template <Isa isa>
Floats<isa> exp2(Floats<isa> x) {
  using F = Floats<isa>;
  x = select(x < -152.0, F(-152.0), x);
  x = select(x > 129.0, F(129.0), x);
  const F sum = x + 12582912.0;
  const F f = x - (sum - 12582912.0);
  const F p = polynomial(f, 0.693147182, 0.240226507, 0.0555041097, 0.00961805694, 0.0013333502, 0.000154614681,
                         1.52973407e-05);
  return scale_by_power(p * f + 1.0, raw(sum) - 0x4b400000u);
}

/// x = mantissa * 2^exponent, mantissa in [sqrt(1/2), sqrt(2)), for finite x > 0.
template <Isa isa>
struct SplitFloat {
  Floats<isa> mantissa, exponent;

  explicit SplitFloat(Floats<isa> x) {
    const Mask<isa> subnormal = x < 0x1p-126;
    const Floats<isa> scaled = select(subnormal, x * 0x1p23, x);
    const Bits<isa> shifted = raw(scaled) + (0x3f800000u - 0x3f3504f3u);
    exponent = Floats<isa>::of_integer(shifted >> 23) + select(subnormal, Floats<isa>(-150.0), Floats<isa>(-127.0));
    mantissa = Floats<isa>::of_raw((shifted & 0x007fffffu) + 0x3f3504f3u);
  }
};

/// Puts the logarithms of 0, negative numbers, infinity and not a number in place.
template <Isa isa>
Floats<isa> with_special_logarithms(Floats<isa> x, Floats<isa> logarithm) {
  using F = Floats<isa>;
  F result = select(x < F(__builtin_inf()), logarithm, x);
  result = select(x < 0.0, F(__builtin_nan("")), result);
  return select(x == F(0.0), F(-__builtin_inf()), result);
}

/// log(1 + f) - f for the mantissas of SplitFloat.
template <Isa isa>
Floats<isa> log_correction(Floats<isa> f) {
  const Floats<isa> z = f * f;
  const Floats<isa> p =
      polynomial(f, 3.3333331174e-1, -2.4999993993e-1, 2.0000714765e-1, -1.6668057665e-1, 1.4249322787e-1,
                 -1.2420140846e-1, 1.1676998740e-1, -1.1514610310e-1, 7.0376836292e-2);
  return (p * f) * z;
}

template <Isa isa>
Floats<isa> log(Floats<isa> x) {
  const SplitFloat<isa> split(x);
  const Floats<isa> f = split.mantissa - 1.0;
  Floats<isa> y = log_correction(f) + split.exponent * -2.12194440e-4;
  y = y - f * f * 0.5;
  return with_special_logarithms(x, (f + y) + split.exponent * 0.693359375);
}

template <Isa isa>
Floats<isa> log2(Floats<isa> x) {
  const SplitFloat<isa> split(x);
  const Floats<isa> f = split.mantissa - 1.0;
  const Floats<isa> y = log_correction(f) - f * f * 0.5;
  const double rest = 0.44269504088896341;  // log2(e) - 1
  return with_special_logarithms(x, (((y * rest + f * rest) + y) + f) + split.exponent);
}

/// x^y of x > 0, with 64-bit steps between.
template <Isa isa>
Floats<isa> positive_power(Floats<isa> x, Floats<isa> y) {
  const SplitFloat<isa> split(x);
  const Doubles<isa> m = widen(split.mantissa);
  const Doubles<isa> s = (m - 1.0) / (m + 1.0);
  const Doubles<isa> z = s * s;
  const Doubles<isa> series = polynomial(z, 0x1.55555555553b8p-2, 0x1.9999999b86f7ep-3, 0x1.2492462a593e1p-3,
                                         0x1.c71fcd608be90p-4, 0x1.7382c4e35c8aep-4, 0x1.546b8e26e265ep-4);
  const Doubles<isa> logarithm = (s + s * z * series) * 2.8853900817779268 + widen(split.exponent);
  const Doubles<isa> power = min(max(logarithm * widen(y), -160.0), 140.0);
  Bits<isa> n;
  const Doubles<isa> f = power - round_to_even(power, &n);
  const Doubles<isa> p =
      polynomial(f, 0x1.62e42fefa39efp-1, 0x1.ebfbdff823cb5p-3, 0x1.c6b08d7047e44p-5, 0x1.3b2ab71824365p-7,
                 0x1.5d87fe8702f22p-10, 0x1.4308ac70a8e77p-13, 0x1.ffcb95007c66cp-17);
  return scale_by_power(narrow(f * p + 1.0), n);
}

template <Isa isa>
Floats<isa> hypot(Floats<isa> x, Floats<isa> y) {
  const Doubles<isa> a = widen(x), b = widen(y);
  return narrow(sqrt(a * a + b * b));
}

template <Isa isa>
Floats<isa> atan_polynomial(Floats<isa> z) {
  return polynomial(z, -0.333333313, 0.199995399, -0.142639443, 0.107436053, -0.0645150915);
}

/// What a square root was rounded by: less than the 32-bit arc functions promise.
template <Isa isa>
Floats<isa> root_remainder(Floats<isa>, Floats<isa>) {
  return 0.0;
}

template <Isa isa>
Floats<isa> asin_polynomial(Floats<isa> z) {
  return polynomial(z, 0.166666657, 0.0750009492, 0.0445993207, 0.0311017279, 0.017143717, 0.0337007269);
}

}  // namespace oscilla::kernels
