// Planes with padding, and ordinary values to put into them.
#pragma once

#include <algorithm>

#include "block_fixture.hpp"

namespace oscilla::kernels {

inline AlignedBuffer<float> plane_of(const std::vector<float>& values) {
  AlignedBuffer<float> plane(values.size() + 2 * kLanePadding);
  std::copy(values.begin(), values.end(), plane.data());
  return plane;
}

inline std::vector<float> ordinary_values(std::size_t count, float low, float high, std::uint32_t salt) {
  std::vector<float> values(count);
  std::uint32_t state = salt;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    value = low + (high - low) * static_cast<float>(state >> 8) / 16777216.0f;
  }
  return values;
}

}  // namespace oscilla::kernels
