// As many 64-bit numbers as Floats has lanes, in two vectors of the processor's width: for the few steps of a 32-bit
// kernel that need more than 24 bits (reduction of angles, pow, hypot). Floats -> widen -> arithmetic -> narrow.
#pragma once

#include "kernels/lanes.hpp"

namespace oscilla::kernels {

template <Isa isa>
struct Doubles {
  static constexpr unsigned kHalf = kWidth<isa> / 2;
  using V = Vector<double, kHalf>;
  V low, high;

  Doubles() = default;
  Doubles(V l, V h) : low(l), high(h) {}
  Doubles(double x) : low(x - V{}), high(x - V{}) {}

  static Doubles load(const double* from) {
    Doubles x;
    __builtin_memcpy(&x.low, __builtin_assume_aligned(from, sizeof(V)), sizeof(V));
    __builtin_memcpy(&x.high, __builtin_assume_aligned(from + kHalf, sizeof(V)), sizeof(V));
    return x;
  }
  void store(double* to) const {
    __builtin_memcpy(__builtin_assume_aligned(to, sizeof(V)), &low, sizeof(V));
    __builtin_memcpy(__builtin_assume_aligned(to + kHalf, sizeof(V)), &high, sizeof(V));
  }

  friend Doubles operator+(Doubles a, Doubles b) { return {a.low + b.low, a.high + b.high}; }
  friend Doubles operator-(Doubles a, Doubles b) { return {a.low - b.low, a.high - b.high}; }
  friend Doubles operator*(Doubles a, Doubles b) { return {a.low * b.low, a.high * b.high}; }
  friend Doubles operator/(Doubles a, Doubles b) { return {a.low / b.low, a.high / b.high}; }
  /// a < b ? a : b
  friend Doubles min(Doubles a, Doubles b) {
    return {a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
  }
  /// a > b ? a : b
  friend Doubles max(Doubles a, Doubles b) {
    return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
  }
  friend Doubles sqrt(Doubles a) {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Sse2) return {V(_mm_sqrt_pd(__m128d(a.low))), V(_mm_sqrt_pd(__m128d(a.high)))};
    if constexpr (isa == Isa::Avx2) return {V(_mm256_sqrt_pd(__m256d(a.low))), V(_mm256_sqrt_pd(__m256d(a.high)))};
    if constexpr (isa == Isa::Avx512) return {V(_mm512_sqrt_pd(__m512d(a.low))), V(_mm512_sqrt_pd(__m512d(a.high)))};
#elif defined(__wasm_simd128__)
    return {V(wasm_f64x2_sqrt(v128_t(a.low))), V(wasm_f64x2_sqrt(v128_t(a.high)))};
#endif
  }
};

template <>
struct Doubles<Isa::Scalar> {
  double v;

  Doubles() = default;
  Doubles(double x) : v(x) {}

  static Doubles load(const double* from) { return *from; }
  void store(double* to) const { *to = v; }

  friend Doubles operator+(Doubles a, Doubles b) { return a.v + b.v; }
  friend Doubles operator-(Doubles a, Doubles b) { return a.v - b.v; }
  friend Doubles operator*(Doubles a, Doubles b) { return a.v * b.v; }
  friend Doubles operator/(Doubles a, Doubles b) { return a.v / b.v; }
  friend Doubles min(Doubles a, Doubles b) { return a.v < b.v ? a : b; }
  friend Doubles max(Doubles a, Doubles b) { return a.v > b.v ? a : b; }
  friend Doubles sqrt(Doubles a) { return __builtin_sqrt(a.v); }
};

template <Isa isa>
Doubles<isa> widen(Floats<isa> x) {
#if defined(__x86_64__)
  using V = typename Doubles<isa>::V;
  if constexpr (isa == Isa::Sse2) {
    const __m128 v = __m128(x.v);
    return {V(_mm_cvtps_pd(v)), V(_mm_cvtps_pd(_mm_movehl_ps(v, v)))};
  } else if constexpr (isa == Isa::Avx2) {
    const __m256 v = __m256(x.v);
    return {V(_mm256_cvtps_pd(_mm256_castps256_ps128(v))), V(_mm256_cvtps_pd(_mm256_extractf128_ps(v, 1)))};
  } else {
    const __m512 v = __m512(x.v);
    return {V(_mm512_cvtps_pd(_mm512_castps512_ps256(v))), V(_mm512_cvtps_pd(_mm512_extractf32x8_ps(v, 1)))};
  }
#else
  using V = typename Doubles<isa>::V;
  return {V{x.v[0], x.v[1]}, V{x.v[2], x.v[3]}};
#endif
}

template <Isa isa>
Floats<isa> narrow(Doubles<isa> x) {
  using F = typename Floats<isa>::V;
#if defined(__x86_64__)
  if constexpr (isa == Isa::Sse2) {
    return F(_mm_movelh_ps(_mm_cvtpd_ps(__m128d(x.low)), _mm_cvtpd_ps(__m128d(x.high))));
  } else if constexpr (isa == Isa::Avx2) {
    return F(_mm256_set_m128(_mm256_cvtpd_ps(__m256d(x.high)), _mm256_cvtpd_ps(__m256d(x.low))));
  } else {
    return F(_mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(__m512d(x.low))),
                                _mm512_cvtpd_ps(__m512d(x.high)), 1));
  }
#else
  return F{static_cast<float>(x.low[0]), static_cast<float>(x.low[1]), static_cast<float>(x.high[0]),
           static_cast<float>(x.high[1])};
#endif
}

/// The lower 32 bits of every number's representation.
template <Isa isa>
Bits<isa> low_words(Doubles<isa> x) {
  using U = typename Bits<isa>::V;
  const U low = U(x.low), high = U(x.high);
  if constexpr (isa == Isa::Avx512) {
    return U(__builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30));
  } else if constexpr (isa == Isa::Avx2) {
    return U(__builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
  } else {
    return U(__builtin_shufflevector(low, high, 0, 2, 4, 6));
  }
}

template <>
inline Doubles<Isa::Scalar> widen(Floats<Isa::Scalar> x) {
  return static_cast<double>(x.v);
}
template <>
inline Floats<Isa::Scalar> narrow(Doubles<Isa::Scalar> x) {
  return static_cast<float>(x.v);
}
template <>
inline Bits<Isa::Scalar> low_words(Doubles<Isa::Scalar> x) {
  return static_cast<std::uint32_t>(__builtin_bit_cast(std::uint64_t, x.v));
}

/// The nearest whole number, halves to even, of |x| < 2^51; *integer gets its lower 32 bits.
template <Isa isa>
Doubles<isa> round_to_even(Doubles<isa> x, Bits<isa>* integer) {
  const Doubles<isa> sum = x + 6755399441055744.0;  // 1.5 * 2^52: the sum's unit is 1
  *integer = low_words(sum);
  return sum - 6755399441055744.0;
}

}  // namespace oscilla::kernels
