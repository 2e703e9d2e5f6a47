#include "kernels/glide.hpp"

namespace oscilla::kernels {
namespace {

/// Steps that are not larger say nothing, neither of a speed nor of a jump.
constexpr float kRounding = 2e-6f;
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

void measure_factors(const float* from, const float* base, float* factors, float* offsets, std::uint32_t lanes) {
  constexpr float kNextToNothing = 1e-3f;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float factor = from[lane] / base[lane] - 1;
    const bool holds = magnitude(base[lane]) > kNextToNothing * magnitude(from[lane]) && factor > -1;
    factors[lane] = holds ? factor : 0;
    if (offsets != nullptr) offsets[lane] = holds ? 0 : difference(Gauge::Add, from[lane], base[lane]);
  }
}

void measure_beyond(float* factors, const float* from, const float* base, float* offsets, std::uint32_t lanes) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (!(from[lane] - from[lane] == 0)) factors[lane] = 0;
    offsets[lane] = difference(Gauge::Add, from[lane], base[lane] + base[lane] * factors[lane]);
  }
}

float fit_range(const float* from, const float* base, std::uint32_t lanes) {
  bool any = false;
  float least_from = 0, most_from = 0, least = 0, most = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float a = from[lane], b = base[lane];
    if (!(a - a == 0) || !(b - b == 0)) continue;
    least_from = any && least_from < a ? least_from : a;
    most_from = any && most_from > a ? most_from : a;
    least = any && least < b ? least : b;
    most = any && most > b ? most : b;
    any = true;
  }
  const float factor = (most_from - least_from) / (most - least);
  return most > least && factor - factor == 0 ? factor - 1 : 0;
}

void carry(Gauge gauge, const float* base, const Carried& carried, GlideWeights weights, float* out,
           std::uint32_t lanes) {
  const float level = weights.level, rise = weights.rise;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    float offset = carried.offsets[lane] * level + carried.slopes[lane] * rise;
    if (carried.factors != nullptr)
      offset += base[lane] * (carried.factors[lane] * level + carried.factor_slopes[lane] * rise);
    float sum = base[lane] + offset;
    if (gauge == Gauge::Unit) sum = sum < 0 ? 0 : sum > 1 ? 1 : sum;
    out[lane] = offset == 0 ? base[lane] : sum;
  }
}

void begin_offsets(const float* from, const float* base, float* out, std::uint32_t lanes) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) out[lane] = from[lane] == from[lane] ? from[lane] : base[lane];
}

std::uint32_t find_slopes(Gauge gauge, const OffsetHistory& history, std::uint32_t lanes) {
  const auto per_ms = static_cast<float>(1.0 / history.step);
  const auto ratio = static_cast<float>(history.step / history.earlier_step);
  std::uint32_t jumped = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float last = difference(gauge, history.now[lane], history.before[lane]);
    const float first = difference(gauge, history.before[lane], history.earlier[lane]) * ratio;
    const float greater = magnitude(last) > magnitude(first) ? magnitude(last) : magnitude(first);
    const bool smooth = magnitude(last - first) <= 0.5f * greater;
    history.earlier[lane] = smooth ? last * per_ms : 0;
    jumped += smooth || greater <= kRounding * (1 + magnitude(history.now[lane])) ? 0 : 1;
  }
  return jumped;
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
