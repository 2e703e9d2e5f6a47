#include "kernels/glide.hpp"

namespace oscilla::kernels {
namespace {

constexpr float kTurn = 6.28318530717958647692f;

float magnitude(float x) { return x < 0 ? -x : x; }

float shorter_way(float angle) {
  const float turns = angle / kTurn;
  if (!(magnitude(turns) < 1e6f)) return 0;
  return angle - kTurn * static_cast<float>(static_cast<std::int32_t>(turns < 0 ? turns - 0.5f : turns + 0.5f));
}

float difference(Gauge gauge, float from, float base) {
  const float offset = from - base;
  if (!(offset - offset == 0)) return 0;
  return gauge == Gauge::Turn ? shorter_way(offset) : offset;
}

}  // namespace

void measure_offsets(Gauge gauge, const float* from, const float* base, float* offsets, std::uint32_t lanes) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) offsets[lane] = difference(gauge, from[lane], base[lane]);
}

void add_offsets(Gauge gauge, const float* base, const float* offsets, const float* slopes, GlideWeights weights,
                 float* out, std::uint32_t lanes) {
  const float level = weights.level, rise = weights.rise;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float offset = offsets[lane] * level + slopes[lane] * rise;
    float sum = base[lane] + offset;
    if (gauge == Gauge::Unit) sum = sum < 0 ? 0 : sum > 1 ? 1 : sum;
    out[lane] = offset == 0 ? base[lane] : sum;
  }
}

void begin_offsets(const float* from, const float* base, float* out, std::uint32_t lanes) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) out[lane] = from[lane] == from[lane] ? from[lane] : base[lane];
}

void find_slopes(Gauge gauge, const OffsetHistory& history, std::uint32_t lanes) {
  const auto per_ms = static_cast<float>(1.0 / history.step);
  const auto ratio = static_cast<float>(history.step / history.earlier_step);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float last = difference(gauge, history.now[lane], history.before[lane]);
    const float first = difference(gauge, history.before[lane], history.earlier[lane]) * ratio;
    const float greater = magnitude(last) > magnitude(first) ? magnitude(last) : magnitude(first);
    const bool smooth = magnitude(last - first) <= 0.5f * greater;
    history.earlier[lane] = smooth ? last * per_ms : 0;
  }
}

OffsetExtent extent_of(const float* offsets, const float* slopes, std::uint32_t lanes) {
  OffsetExtent extent;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    extent.any |= offsets[lane] != 0 || slopes[lane] != 0;
    const float size = magnitude(offsets[lane]);
    extent.greatest = size > extent.greatest ? size : extent.greatest;
  }
  return extent;
}

}  // namespace oscilla::kernels
