// How a premultiplied 8-bit pixel is laid over another, blend by blend.
#pragma once

#include <algorithm>
#include <cstdint>

#include "oscilla/frame.hpp"

namespace oscilla::output {

/// a * b / 255, rounded, of the four bytes of `a`.
inline std::uint32_t scale_bytes(std::uint32_t a, std::uint32_t b) {
  constexpr std::uint32_t kMask = 0x00ff00ff;
  constexpr std::uint32_t kHalf = 0x00800080;
  std::uint32_t low = (a & kMask) * b + kHalf;
  low = (low + (low >> 8 & kMask)) >> 8 & kMask;
  std::uint32_t high = (a >> 8 & kMask) * b + kHalf;
  high = (high + (high >> 8 & kMask)) & ~kMask;
  return low | high;
}

inline std::uint32_t over(std::uint32_t source, std::uint32_t under) {
  return source + scale_bytes(under, 255 - (source >> 24));
}

/// One channel of what lies over another with alphas of source and ground, all in 255ths; channel and alpha may be the
/// same.
template <Blend kBlend>
std::uint32_t channel_over(std::uint32_t s, std::uint32_t d, std::uint32_t sa, std::uint32_t da) {
  const auto rounded = [](std::uint32_t square) { return (square + 127) / 255; };
  if constexpr (kBlend == Blend::Add) return std::min(s + d, 255u);
  if constexpr (kBlend == Blend::Screen) return s + rounded(d * (255 - s));
  if constexpr (kBlend == Blend::Multiply) return rounded(s * (255 - da) + d * (255 - sa + s));
  const std::uint32_t apart = s * (255 - da) + d * (255 - sa);
  if constexpr (kBlend == Blend::Darken) return rounded(apart + std::min(s * da, d * sa));
  if constexpr (kBlend == Blend::Lighten) return rounded(apart + std::max(s * da, d * sa));
  if constexpr (kBlend == Blend::Difference)
    return rounded(apart + std::max(s * da, d * sa) - std::min(s * da, d * sa));
  const bool dark = 2 * d <= da;  // Overlay
  return rounded(apart + (dark ? 2 * s * d : sa * da - 2 * (da - d) * (sa - s)));
}

template <Blend kBlend>
std::uint32_t mixed(std::uint32_t source, std::uint32_t under) {
  if constexpr (kBlend == Blend::Normal) {
    return over(source, under);
  } else {
    const std::uint32_t sa = source >> 24, da = under >> 24;
    const std::uint32_t sum = sa + da - (sa * da + 127) / 255;
    std::uint32_t pixel = (kBlend == Blend::Add ? std::min(sa + da, 255u) : sum) << 24;
    for (int shift = 0; shift < 24; shift += 8)
      pixel |= std::min(channel_over<kBlend>(source >> shift & 255, under >> shift & 255, sa, da), 255u) << shift;
    return pixel;
  }
}

}  // namespace oscilla::output
