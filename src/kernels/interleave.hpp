// Eight streams of lanes -> one record of eight floats a lane (array of structures), by three rounds of zipping
// neighbours.
#pragma once

#include "kernels/lanes.hpp"

namespace oscilla::kernels {

/// Puts streaming stores before all later ones, for the threads that read them.
template <Isa isa>
void streaming_fence() {
#if defined(__x86_64__)
  if constexpr (isa != Isa::Scalar) _mm_sfence();
#endif
}

template <bool streaming, Isa isa>
void store_record_part(Floats<isa> part, float* to) {
#if defined(__x86_64__)
  if constexpr (streaming && isa == Isa::Sse2) return _mm_stream_ps(to, __m128(part.v));
  if constexpr (streaming && isa == Isa::Avx2) return _mm256_stream_ps(to, __m256(part.v));
  if constexpr (streaming && isa == Isa::Avx512) return _mm512_stream_ps(to, __m512(part.v));
#endif
  part.store(to);
}

/// out[2k], out[2k + 1] = the lanes of a[k] and b[k] in turn; in AVX2 within each half of the vector, which costs one
/// step less.
template <unsigned count, Isa isa>
void zip(const Floats<isa>* a, const Floats<isa>* b, Floats<isa>* out) {
  using F = Floats<isa>;
  using V = typename F::V;
  for (unsigned k = 0; k < count; ++k) {
    const V x = a[k].v, y = b[k].v;
    if constexpr (isa == Isa::Avx512) {
      out[2 * k] = V(__builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
      out[2 * k + 1] = V(__builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
    } else if constexpr (isa == Isa::Avx2) {
      out[2 * k] = V(__builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13));
      out[2 * k + 1] = V(__builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15));
    } else {
      out[2 * k] = V(__builtin_shufflevector(x, y, 0, 4, 1, 5));
      out[2 * k + 1] = V(__builtin_shufflevector(x, y, 2, 6, 3, 7));
    }
  }
}

template <bool streaming, Isa isa>
void store_interleaved(const Floats<isa> (&streams)[8], float* to) {
  using F = Floats<isa>;
  if constexpr (isa == Isa::Scalar) {
    for (unsigned k = 0; k < 8; ++k) streams[k].store(to + k);
  } else {
    F pairs[4][2], quads[2][4], records[8];
    for (unsigned k = 0; k < 4; ++k) zip<1>(&streams[k], &streams[k + 4], pairs[k]);
    for (unsigned k = 0; k < 2; ++k) zip<2>(pairs[k], pairs[k + 2], quads[k]);
    zip<4>(quads[0], quads[1], records);
    if constexpr (isa == Isa::Avx2) {  // record i of the lower half of the lanes, then of the upper
      for (unsigned i = 0; i < 4; ++i) {
        const auto first = records[2 * i].v, second = records[2 * i + 1].v;
        const auto lower = __builtin_shufflevector(first, second, 0, 1, 2, 3, 8, 9, 10, 11);
        const auto upper = __builtin_shufflevector(first, second, 4, 5, 6, 7, 12, 13, 14, 15);
        store_record_part<streaming>(F(lower), to + 8 * i);
        store_record_part<streaming>(F(upper), to + 8 * (i + 4));
      }
    } else {
      for (unsigned i = 0; i < 8; ++i) store_record_part<streaming>(records[i], to + i * F::kLanes);
    }
  }
}

}  // namespace oscilla::kernels
