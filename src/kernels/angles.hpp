// Functions made from those of maths32.hpp and maths64.hpp, one skeleton for both precisions.
#pragma once

#include "kernels/maths64.hpp"

namespace oscilla::kernels {

/// pi / 2 in two parts.
template <class F>
inline constexpr double kHalfPiHigh = 1.57079637050628662109375;
template <class F>
inline constexpr double kHalfPiLow = -4.37113900018624283e-8;
template <>
inline constexpr double kHalfPiHigh<Number64> = kHalfPi.high;
template <>
inline constexpr double kHalfPiLow<Number64> = kHalfPi.low;

/// atan(a / b) in [0, pi / 2] for a, b >= 0; 0 where both are 0. From tan(pi / 8) and tan(3 pi / 8) on it is measured
/// from pi / 4 and pi / 2, so that the polynomial's argument stays below tan(pi / 8).
template <class F>
F atan_of_quotient(F a, F b) {
  const auto small = a <= b * 0.41421356237309505;
  const auto medium = a < b * 2.4142135623730950;
  const F top = select(small, a, select(medium, a * 0.5 - b * 0.5, -b));
  const F bottom = select(small, b, select(medium, a * 0.5 + b * 0.5, a));
  const F t = select(a == b, F(0.0), top / bottom);
  const auto quarter = ((!small) & medium) | ((a == b) & (a > F(0.0)));
  const auto half = !(small | quarter);
  const F offset = select(quarter, F(kHalfPiHigh<F> * 0.5), select(half, F(kHalfPiHigh<F>), F(0.0)));
  const F low = select(quarter, F(kHalfPiLow<F> * 0.5), select(half, F(kHalfPiLow<F>), F(0.0)));
  const F z = t * t;
  return offset + (t + (t * z * atan_polynomial(z) + low));
}

template <class F>
F atan(F x) {
  const F angle = atan_of_quotient(abs(x), F(1.0));
  return select(x < F(0.0), -angle, angle);
}

/// Tiny points are enlarged first: sums of what is next to 0 would lose their digits.
template <class F>
F atan2(F y, F x) {
  const F height = abs(y), width = abs(x);
  const F factor = select(max(height, width) < F(0x1p-100), F(0x1p64), F(1.0));
  const F angle = atan_of_quotient(height * factor, width * factor);
  const F turned = select(x < F(0.0), (F(kHalfPiHigh<F> * 2.0) - angle) + F(kHalfPiLow<F> * 2.0), angle);
  return select(y < F(0.0), -turned, turned);
}

/// For |x| <= 1/2 the series of x itself, else that of s = sqrt((1 - |x|) / 2), as asin|x| = pi / 2 - 2 asin s.
template <class F>
struct ArcSineParts {
  typename F::LaneMask small;
  F s, correction;  // asin of s is s + correction

  explicit ArcSineParts(F x) {
    const F magnitude = abs(x);
    small = magnitude <= F(0.5);
    const F z = select(small, magnitude * magnitude, (F(1.0) - magnitude) * 0.5);
    s = select(small, magnitude, sqrt(z));
    correction = s * z * asin_polynomial(z) + select(small, F(0.0), root_remainder(z, s));
  }
};

template <class F>
F asin(F x) {
  const ArcSineParts<F> parts(x);
  const F folded = (F(kHalfPiHigh<F>) - parts.s * 2.0) - (parts.correction * 2.0 - F(kHalfPiLow<F>));
  const F angle = select(parts.small, parts.s + parts.correction, folded);
  return select(x < F(0.0), -angle, angle);
}

template <class F>
F acos(F x) {
  const ArcSineParts<F> parts(x);
  const auto negative = x < F(0.0);
  const F s = select(negative, -parts.s, parts.s);
  const F correction = select(negative, -parts.correction, parts.correction);
  const F near_half_pi = F(kHalfPiHigh<F>) - (s - (F(kHalfPiLow<F>) - correction));
  const F above_half_pi = (F(kHalfPiHigh<F>) - (parts.s + (parts.correction - F(kHalfPiLow<F>)))) * 2.0;
  const F folded = select(negative, above_half_pi, (parts.s + parts.correction) * 2.0);
  return select(parts.small, near_half_pi, folded);
}

/// x^y with the special cases of C, annex F: anything^0 and 1^anything are 1; a negative base wants a whole exponent.
template <class F>
F pow(F x, F y) {
  const F magnitude = abs(x), infinity = __builtin_inf();
  F result = positive_power(magnitude, y);
  const auto grows = y > F(0.0);
  const F at_ends = select(magnitude == infinity, select(grows, infinity, F(0.0)), select(grows, F(0.0), infinity));
  result = select((magnitude == infinity) | (magnitude == F(0.0)), at_ends, result);
  const auto whole = floor(y) == y;
  const auto odd = whole & (floor(y * 0.5) * 2.0 != y);
  const auto negative = (x < F(0.0)) | (F(1.0) / x == -infinity);
  result = select(negative & odd, -result, result);
  result = select((x < F(0.0)) & (magnitude < infinity) & (!whole), F(__builtin_nan("")), result);
  result = select((x == x) & (y == y), result, x + y);
  return select((y == F(0.0)) | (x == F(1.0)), F(1.0), result);
}

}  // namespace oscilla::kernels
