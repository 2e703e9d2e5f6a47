// Values of several lanes at once: Floats, Bits (raw 32-bit integers), Mask. Written on the compiler's vector
// extension; an intrinsic only where the compiler finds no single instruction. Isa::Scalar is one lane of plain C++ and
// defines what is right. Every type carries its ISA level, so that no inline function compiled for one processor is
// ever linked into code for another.
#pragma once

#include <cstdint>

#include "kernels/isa.hpp"
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace oscilla::kernels {

template <Isa isa>
inline constexpr unsigned kWidth = 4;
template <>
inline constexpr unsigned kWidth<Isa::Scalar> = 1;
template <>
inline constexpr unsigned kWidth<Isa::Avx2> = 8;
template <>
inline constexpr unsigned kWidth<Isa::Avx512> = 16;

template <class T, unsigned width>
struct VectorOf {
  typedef T Type __attribute__((vector_size(width * sizeof(T))));
};
template <class T, unsigned width>
using Vector = typename VectorOf<T, width>::Type;

alignas(64) inline constexpr std::uint32_t kLaneNumbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

template <Isa isa>
struct Floats;
template <Isa isa>
Floats<isa> floor_by_addition(Floats<isa> x);

// ---- Vectors ----

template <Isa isa>
struct Mask {
  Vector<std::int32_t, kWidth<isa>> v;  // every lane all ones or all zeros

  friend Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
  friend Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
  friend Mask operator!(Mask a) { return {~a.v}; }
};

template <Isa isa>
struct Bits {
  using V = Vector<std::uint32_t, kWidth<isa>>;
  V v;

  Bits() = default;
  Bits(V vector) : v(vector) {}
  Bits(std::uint32_t x) : v(V{} + x) {}

  static Bits load(const void* from) {
    Bits bits;
    __builtin_memcpy(&bits.v, __builtin_assume_aligned(from, sizeof(V)), sizeof(V));
    return bits;
  }
  /// From any multiple of 4 bytes.
  static Bits load_unaligned(const void* from) {
    Bits bits;
    __builtin_memcpy(&bits.v, from, sizeof(V));
    return bits;
  }
  void store(void* to) const { __builtin_memcpy(__builtin_assume_aligned(to, sizeof(V)), &v, sizeof(V)); }
  static Bits lane_numbers() { return load(kLaneNumbers); }

  friend Bits operator+(Bits a, Bits b) { return a.v + b.v; }
  friend Bits operator-(Bits a, Bits b) { return a.v - b.v; }
  friend Bits operator*(Bits a, Bits b) { return a.v * b.v; }
  friend Bits operator&(Bits a, Bits b) { return a.v & b.v; }
  friend Bits operator|(Bits a, Bits b) { return a.v | b.v; }
  friend Bits operator^(Bits a, Bits b) { return a.v ^ b.v; }
  friend Bits operator<<(Bits a, int n) { return a.v << n; }
  friend Bits operator>>(Bits a, int n) { return a.v >> n; }
  friend Mask<isa> operator==(Bits a, Bits b) { return {a.v == b.v}; }
  friend Mask<isa> operator<(Bits a, Bits b) { return {a.v < b.v}; }
  friend Bits select(Mask<isa> mask, Bits a, Bits b) { return mask.v ? a.v : b.v; }
  /// Shifts the sign in.
  friend Bits shift_signed(Bits a, int n) { return V(Vector<std::int32_t, kWidth<isa>>(a.v) >> n); }
};

template <Isa isa>
struct Floats {
  using V = Vector<float, kWidth<isa>>;
  using LaneBits = Bits<isa>;
  using LaneMask = Mask<isa>;
  static constexpr unsigned kLanes = kWidth<isa>;
  V v;

  Floats() = default;
  Floats(V vector) : v(vector) {}
  /// A constant, narrowed once.
  Floats(double x) : v(static_cast<float>(x) - V{}) {}

  static Floats load(const void* from) { return of_raw(Bits<isa>::load(from)); }
  void store(void* to) const { raw(*this).store(to); }
  static Floats of_raw(Bits<isa> bits) { return V(bits.v); }
  /// Integers from -2^31 to 2^31 - 1, rounded to nearest.
  static Floats of_integer(Bits<isa> bits) { return __builtin_convertvector(Vector<std::int32_t, kLanes>(bits.v), V); }
  friend Bits<isa> raw(Floats a) { return typename Bits<isa>::V(a.v); }

  friend Floats operator+(Floats a, Floats b) { return a.v + b.v; }
  friend Floats operator-(Floats a, Floats b) { return a.v - b.v; }
  friend Floats operator*(Floats a, Floats b) { return a.v * b.v; }
  friend Floats operator/(Floats a, Floats b) { return a.v / b.v; }
  friend Floats operator-(Floats a) { return of_raw(raw(a) ^ 0x80000000u); }
  friend Mask<isa> operator<(Floats a, Floats b) { return {a.v < b.v}; }
  friend Mask<isa> operator<=(Floats a, Floats b) { return {a.v <= b.v}; }
  friend Mask<isa> operator>(Floats a, Floats b) { return {a.v > b.v}; }
  friend Mask<isa> operator>=(Floats a, Floats b) { return {a.v >= b.v}; }
  friend Mask<isa> operator==(Floats a, Floats b) { return {a.v == b.v}; }
  friend Mask<isa> operator!=(Floats a, Floats b) { return {a.v != b.v}; }
  friend Floats select(Mask<isa> mask, Floats a, Floats b) { return mask.v ? a.v : b.v; }
  friend Floats abs(Floats a) { return of_raw(raw(a) & 0x7fffffffu); }

  /// a < b ? a : b, also where one is not a number.
  friend Floats min(Floats a, Floats b) {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Sse2) return V(_mm_min_ps(__m128(a.v), __m128(b.v)));
    if constexpr (isa == Isa::Avx2) return V(_mm256_min_ps(__m256(a.v), __m256(b.v)));
    if constexpr (isa == Isa::Avx512) return V(_mm512_min_ps(__m512(a.v), __m512(b.v)));
#endif
    return select(a < b, a, b);
  }
  /// a > b ? a : b, also where one is not a number.
  friend Floats max(Floats a, Floats b) {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Sse2) return V(_mm_max_ps(__m128(a.v), __m128(b.v)));
    if constexpr (isa == Isa::Avx2) return V(_mm256_max_ps(__m256(a.v), __m256(b.v)));
    if constexpr (isa == Isa::Avx512) return V(_mm512_max_ps(__m512(a.v), __m512(b.v)));
#endif
    return select(a > b, a, b);
  }
  friend Floats sqrt(Floats a) {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Sse2) return V(_mm_sqrt_ps(__m128(a.v)));
    if constexpr (isa == Isa::Avx2) return V(_mm256_sqrt_ps(__m256(a.v)));
    if constexpr (isa == Isa::Avx512) return V(_mm512_sqrt_ps(__m512(a.v)));
#elif defined(__wasm_simd128__)
    return V(wasm_f32x4_sqrt(v128_t(a.v)));
#endif
  }
  friend Floats floor(Floats a) {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Avx2) return V(_mm256_floor_ps(__m256(a.v)));
    if constexpr (isa == Isa::Avx512) return V(_mm512_roundscale_ps(__m512(a.v), 9));
#elif defined(__wasm_simd128__)
    return V(wasm_f32x4_floor(v128_t(a.v)));
#endif
    return floor_by_addition(a);
  }
};

// ---- One lane ----

template <>
struct Mask<Isa::Scalar> {
  bool v;

  friend Mask operator&(Mask a, Mask b) { return {a.v && b.v}; }
  friend Mask operator|(Mask a, Mask b) { return {a.v || b.v}; }
  friend Mask operator!(Mask a) { return {!a.v}; }
};

template <>
struct Bits<Isa::Scalar> {
  std::uint32_t v;

  Bits() = default;
  Bits(std::uint32_t x) : v(x) {}

  static Bits load(const void* from) {
    Bits bits;
    __builtin_memcpy(&bits.v, from, sizeof(v));
    return bits;
  }
  static Bits load_unaligned(const void* from) { return load(from); }
  void store(void* to) const { __builtin_memcpy(to, &v, sizeof(v)); }
  static Bits lane_numbers() { return 0u; }

  friend Bits operator+(Bits a, Bits b) { return a.v + b.v; }
  friend Bits operator-(Bits a, Bits b) { return a.v - b.v; }
  friend Bits operator*(Bits a, Bits b) { return a.v * b.v; }
  friend Bits operator&(Bits a, Bits b) { return a.v & b.v; }
  friend Bits operator|(Bits a, Bits b) { return a.v | b.v; }
  friend Bits operator^(Bits a, Bits b) { return a.v ^ b.v; }
  friend Bits operator<<(Bits a, int n) { return a.v << n; }
  friend Bits operator>>(Bits a, int n) { return a.v >> n; }
  friend Mask<Isa::Scalar> operator==(Bits a, Bits b) { return {a.v == b.v}; }
  friend Mask<Isa::Scalar> operator<(Bits a, Bits b) { return {a.v < b.v}; }
  friend Bits select(Mask<Isa::Scalar> mask, Bits a, Bits b) { return mask.v ? a : b; }
  friend Bits shift_signed(Bits a, int n) { return static_cast<std::uint32_t>(static_cast<std::int32_t>(a.v) >> n); }
};

template <>
struct Floats<Isa::Scalar> {
  using LaneBits = Bits<Isa::Scalar>;
  using LaneMask = Mask<Isa::Scalar>;
  static constexpr unsigned kLanes = 1;
  float v;

  Floats() = default;
  Floats(float x) : v(x) {}
  Floats(double x) : v(static_cast<float>(x)) {}

  static Floats load(const void* from) { return of_raw(LaneBits::load(from)); }
  void store(void* to) const { __builtin_memcpy(to, &v, sizeof(v)); }
  static Floats of_raw(LaneBits bits) { return __builtin_bit_cast(float, bits.v); }
  static Floats of_integer(LaneBits bits) { return static_cast<float>(static_cast<std::int32_t>(bits.v)); }
  friend LaneBits raw(Floats a) { return __builtin_bit_cast(std::uint32_t, a.v); }

  friend Floats operator+(Floats a, Floats b) { return a.v + b.v; }
  friend Floats operator-(Floats a, Floats b) { return a.v - b.v; }
  friend Floats operator*(Floats a, Floats b) { return a.v * b.v; }
  friend Floats operator/(Floats a, Floats b) { return a.v / b.v; }
  friend Floats operator-(Floats a) { return -a.v; }
  friend LaneMask operator<(Floats a, Floats b) { return {a.v < b.v}; }
  friend LaneMask operator<=(Floats a, Floats b) { return {a.v <= b.v}; }
  friend LaneMask operator>(Floats a, Floats b) { return {a.v > b.v}; }
  friend LaneMask operator>=(Floats a, Floats b) { return {a.v >= b.v}; }
  friend LaneMask operator==(Floats a, Floats b) { return {a.v == b.v}; }
  friend LaneMask operator!=(Floats a, Floats b) { return {a.v != b.v}; }
  friend Floats select(LaneMask mask, Floats a, Floats b) { return mask.v ? a : b; }
  friend Floats abs(Floats a) { return __builtin_fabsf(a.v); }
  friend Floats min(Floats a, Floats b) { return a.v < b.v ? a : b; }
  friend Floats max(Floats a, Floats b) { return a.v > b.v ? a : b; }
  friend Floats sqrt(Floats a) { return __builtin_sqrtf(a.v); }
  friend Floats floor(Floats a) { return floor_by_addition(a); }
};

/// True iff any lane of the mask is set.
template <Isa isa>
bool any(Mask<isa> mask) {
  if constexpr (isa == Isa::Scalar) {
    return mask.v;
  } else {
#if defined(__x86_64__)
    if constexpr (isa == Isa::Sse2) return _mm_movemask_ps(__m128(mask.v)) != 0;
    if constexpr (isa == Isa::Avx2) return _mm256_movemask_ps(__m256(mask.v)) != 0;
    if constexpr (isa == Isa::Avx512) return _mm512_movepi32_mask(__m512i(mask.v)) != 0;
#elif defined(__wasm_simd128__)
    return wasm_v128_any_true(v128_t(mask.v));
#endif
  }
}

/// Adding 2^23 rounds away the fraction of every |x| < 2^23; what rounded up is put right; the rest is whole already.
template <Isa isa>
Floats<isa> floor_by_addition(Floats<isa> x) {
  const Floats<isa> magnitude = abs(x);
  const Floats<isa> limit = 8388608.0;
  const Floats<isa> rounded = (magnitude + limit) - limit;
  const Floats<isa> whole = Floats<isa>::of_raw(raw(rounded) | (raw(x) & 0x80000000u));
  const Floats<isa> floored = whole - select(x < whole, Floats<isa>(1.0), Floats<isa>(0.0));
  return select(magnitude < limit, Floats<isa>::of_raw(raw(floored) | (raw(x) & 0x80000000u)), x);
}

}  // namespace oscilla::kernels
