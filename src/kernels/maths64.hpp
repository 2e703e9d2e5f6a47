// Elementary functions of one 64-bit number, within 2 units in the last place (tests/kernels/accuracy64_test.cpp,
// against MPFR). As in maths32.hpp: own code throughout, so that a signal has the same bits everywhere. Fits:
// Chebyshev, our own.
#pragma once

#include "kernels/maths32.hpp"
#include "kernels/number64.hpp"

namespace oscilla::kernels {

/// A number of about 106 bits as an unevaluated sum, |low| <= half a unit of high.
struct DoubleDouble {
  double high, low;
};

/// a + b exactly (Knuth).
inline DoubleDouble exact_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a + b exactly for |a| >= |b| (Dekker).
inline DoubleDouble exact_ordered_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// a * b exactly, for magnitudes below 2^995 (Dekker, Veltkamp's split; no fused multiply-add, which not every level
/// has).
inline DoubleDouble exact_product(double a, double b) {
  const double a_scaled = a * 134217729.0, b_scaled = b * 134217729.0;
  const double a_high = a_scaled - (a_scaled - a), b_high = b_scaled - (b_scaled - b);
  const double a_low = a - a_high, b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

inline DoubleDouble multiply(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = exact_product(a.high, b.high);
  return exact_ordered_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

inline constexpr DoubleDouble kHalfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

/// |angle| <= pi / 4 in two parts, and the quadrant that it is relative to.
struct ReducedAngle {
  DoubleDouble angle;
  std::uint32_t quadrant;
};

/// x * 2^n without rounding twice.
inline double scale_by_power(double x, int n) {
  const int half = n >> 1;
  const auto power = [](int e) { return __builtin_bit_cast(double, static_cast<std::uint64_t>(e + 1023) << 52); };
  return (x * power(half)) * power(n - half);
}

/// The quadrant nearest to finite |x| > pi / 4 and what is left, by 192 bits of 2/pi that begin where whole turns end
/// (Payne and Hanek 1983): right to more than 2^-70 for every double.
ReducedAngle reduce_radians(double x);

/// Sine and cosine to a few more bits than 53, high + low each.
struct SineCosineParts {
  DoubleDouble sine, cosine;
};

/// Of |angle| <= pi / 4: polynomials with the angle's low part to first order.
inline SineCosineParts sin_cos_parts(DoubleDouble angle) {
  const double r = angle.high, low = angle.low;
  const double z = r * r;
  const double s = polynomial(z, -0x1.5555555555555p-3, 0x1.1111111110bb1p-7, -0x1.a01a019e8357dp-13,
                              0x1.71de37961e4c6p-19, -0x1.ae600a926c89ap-26, 0x1.5e0af186af739p-33);
  const double c = polynomial(z, 0x1.5555555555555p-5, -0x1.6c16c16c16966p-10, 0x1.a01a019f4e867p-16,
                              -0x1.27e4fa17a41b4p-22, 0x1.1eeb68b109173p-29, -0x1.907d7aebd5e3dp-37);
  const double half = z * 0.5, top = 1.0 - half;
  return {{r, z * r * s + low * (1.0 - z * 0.5)}, {top, ((1.0 - top) - half) + (z * z * c - r * low)}};
}

inline SineCosine<Number64> sin_cos_of(const ReducedAngle& reduced) {
  const SineCosineParts parts = sin_cos_parts(reduced.angle);
  const double sine = parts.sine.high + parts.sine.low, cosine = parts.cosine.high + parts.cosine.low;
  const bool odd = reduced.quadrant & 1u;
  const double out_sine = odd ? cosine : sine, out_cosine = odd ? sine : cosine;
  return {reduced.quadrant & 2u ? -out_sine : out_sine, (reduced.quadrant + 1u) & 2u ? -out_cosine : out_cosine};
}

inline SineCosine<Number64> sin_cos(Number64 x) {
  const double magnitude = __builtin_fabs(x.v);
  if (magnitude <= 0x1.921fb54442d18p-1) return sin_cos_of({{x.v, 0.0}, 0});
  if (!(magnitude < __builtin_inf())) return {x.v - x.v, x.v - x.v};
  return sin_cos_of(reduce_radians(x.v));
}

/// Finite x in turns, reduced exactly.
inline ReducedAngle reduce_turns(Number64 x) {
  if (__builtin_fabs(x.v) >= 0x1p51) x = x - floor(x);
  const double quarters = (x - round_to_even(x)).v * 4.0;
  const double whole = round_to_even(quarters).v;
  const DoubleDouble angle = multiply({quarters - whole, 0.0}, kHalfPi);
  return {angle, static_cast<std::uint32_t>(static_cast<std::int32_t>(whole))};
}

inline SineCosine<Number64> sin_cos_turns(Number64 x) {
  if (!(__builtin_fabs(x.v) < __builtin_inf())) return {x.v - x.v, x.v - x.v};
  return sin_cos_of(reduce_turns(x));
}

/// sine / cosine, the quotient corrected by what both were rounded by.
inline Number64 tangent_of(const ReducedAngle& reduced) {
  const SineCosineParts parts = sin_cos_parts(reduced.angle);
  const DoubleDouble sine = exact_ordered_sum(parts.sine.high, parts.sine.low);
  const DoubleDouble cosine = exact_ordered_sum(parts.cosine.high, parts.cosine.low);
  const bool odd = reduced.quadrant & 1u;
  const DoubleDouble top = odd ? cosine : sine, bottom = odd ? sine : cosine;
  const double quotient = top.high / bottom.high;
  if (!(__builtin_fabs(quotient) < __builtin_inf())) return odd ? -quotient : quotient;
  const DoubleDouble back = exact_product(quotient, bottom.high);
  const double rest = ((top.high - back.high) - back.low) + (top.low - quotient * bottom.low);
  const double tangent = quotient + rest / bottom.high;
  return odd ? -tangent : tangent;
}

inline Number64 tan(Number64 x) {
  const double magnitude = __builtin_fabs(x.v);
  if (magnitude < 0x1p-27) return x;  // x^3 / 3 is less than half a unit
  if (magnitude <= 0x1.921fb54442d18p-1) return tangent_of({{x.v, 0.0}, 0});
  if (!(magnitude < __builtin_inf())) return x.v - x.v;
  return tangent_of(reduce_radians(x.v));
}

inline Number64 tan_turns(Number64 x) {
  if (!(__builtin_fabs(x.v) < __builtin_inf())) return x.v - x.v;
  return tangent_of(reduce_turns(x));
}

/// exp(high + low) * 2^n, |high| <= 0.35.
inline double exp_of_reduced(DoubleDouble r, int n) {
  const double x = r.high;
  const double p =
      polynomial(x, 0.5, 0x1.5555555555557p-3, 0x1.5555555555556p-5, 0x1.11111111100cep-7, 0x1.6c16c16c162ccp-10,
                 0x1.a01a01abef415p-13, 0x1.a01a01a6dcaffp-16, 0x1.71de021a90822p-19, 0x1.27e4db57442fbp-22,
                 0x1.af4e196027428p-26, 0x1.1f731ea5352cap-29);
  const DoubleDouble sum = exact_ordered_sum(1.0, x);
  return scale_by_power(sum.high + (sum.low + (x * x * p + (r.low + x * r.low))), n);
}

/// 2^(high + low): exact where that is whole.
inline double exp2_of(DoubleDouble x) {
  if (x.high != x.high) return x.high;
  if (x.high < -1080.0) return 0.0;
  if (x.high > 1025.0) return __builtin_inf();
  const double n = round_to_even(x.high).v;
  const DoubleDouble fraction = exact_sum(x.high - n, x.low);
  return exp_of_reduced(multiply(fraction, {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}), static_cast<int>(n));
}

inline Number64 exp2(Number64 x) { return exp2_of({x.v, 0.0}); }

inline Number64 exp(Number64 x) {
  if (x.v != x.v) return x;
  if (x.v < -746.0) return 0.0;
  if (x.v > 710.0) return __builtin_inf();
  const double n = round_to_even(x.v * 0x1.71547652b82fep+0).v;
  const double high = x.v - n * 0x1.62e42feep-1;  // ln 2 in two parts, the first of 32 bits: exact
  return exp_of_reduced(exact_sum(high, -(n * 0x1.a39ef35793c76p-33)), static_cast<int>(n));
}

/// Finite x > 0 as mantissa * 2^exponent, mantissa in [sqrt(1/2), sqrt(2)), with the mantissa's logarithm to about
/// 2^-65.
struct SplitLogarithm {
  double exponent;
  DoubleDouble mantissa_logarithm;
};
SplitLogarithm split_logarithm(double x);

inline Number64 special_logarithm(double x) {
  if (x == 0.0) return -__builtin_inf();
  return x < 0.0 ? __builtin_nan("") : x;
}
inline bool has_logarithm(double x) { return x > 0.0 && x < __builtin_inf(); }

inline Number64 log(Number64 x) {
  if (!has_logarithm(x.v)) return special_logarithm(x.v);
  const SplitLogarithm split = split_logarithm(x.v);
  const DoubleDouble sum = exact_sum(split.exponent * 0x1.62e42feep-1, split.mantissa_logarithm.high);
  return sum.high + (sum.low + (split.mantissa_logarithm.low + split.exponent * 0x1.a39ef35793c76p-33));
}

inline DoubleDouble log2_of(double x) {
  const SplitLogarithm split = split_logarithm(x);
  const DoubleDouble fraction = multiply(split.mantissa_logarithm, {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56});
  const DoubleDouble sum = exact_sum(split.exponent, fraction.high);
  return exact_ordered_sum(sum.high, sum.low + fraction.low);
}

inline Number64 log2(Number64 x) { return has_logarithm(x.v) ? Number64(log2_of(x.v).high) : special_logarithm(x.v); }

/// x^y of finite x > 0.
inline Number64 positive_power(Number64 x, Number64 y) {
  if (!has_logarithm(x.v)) return 1.0;
  if (!(__builtin_fabs(y.v) < 0x1p70)) {  // 2^70 times the smallest logarithm, 2^-53, is beyond every exponent
    return x.v == 1.0 ? 1.0 : (x.v > 1.0) == (y.v > 0.0) ? __builtin_inf() : 0.0;
  }
  const DoubleDouble logarithm = log2_of(x.v);
  if (!(__builtin_fabs(logarithm.high * y.v) < 1100.0)) return exp2_of({logarithm.high * y.v, 0.0});
  return exp2_of(multiply(logarithm, {y.v, 0.0}));
}

inline Number64 hypot(Number64 x, Number64 y) {
  const double greater = max(abs(x), abs(y)).v;
  const double factor = greater > 0x1p500 ? 0x1p-600 : greater < 0x1p-400 ? 0x1p600 : 1.0;
  const double a = x.v * factor, b = y.v * factor;
  return __builtin_sqrt(a * a + b * b) / factor;
}

inline Number64 atan_polynomial(Number64 z) {
  return polynomial(z.v, -0x1.5555555555555p-2, 0x1.9999999999997p-3, -0x1.24924924920abp-3, 0x1.c71c71c6dda2ap-4,
                    -0x1.745d17355e46cp-4, 0x1.3b13aea8f96a5p-4, -0x1.1110ced35773cp-4, 0x1.e1d8e764fea3fp-5,
                    -0x1.aebd08d228857p-5, 0x1.829c5163243c7p-5, -0x1.5039f76dd5e72p-5, 0x1.f5e4cb8024a47p-6,
                    -0x1.c7fcfe2d9f022p-7);
}

/// What sqrt(z), rounded to s, was rounded by.
inline Number64 root_remainder(Number64 z, Number64 s) {
  if (!(s.v > 0.0)) return 0.0;
  const DoubleDouble square = exact_product(s.v, s.v);
  return ((z.v - square.high) - square.low) / (s.v + s.v);
}

inline Number64 asin_polynomial(Number64 z) {
  return polynomial(z.v, 0x1.5555555555555p-3, 0x1.3333333333389p-4, 0x1.6db6db6dac0eap-5, 0x1.f1c71c7a5e151p-6,
                    0x1.6e8ba121b9d5fp-6, 0x1.1c4efd20ebb99p-6, 0x1.c990a42b32b03p-7, 0x1.7b02ef007d23ep-7,
                    0x1.3b462d121c5d2p-7, 0x1.31777489dfd29p-7, 0x1.8dcdf11997e0fp-9, 0x1.40c91fa8deb7ep-6,
                    -0x1.3bd7e353ddbc2p-6, 0x1.e58a4f278e007p-6);
}

}  // namespace oscilla::kernels
