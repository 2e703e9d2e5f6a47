#include "output/coverage_sum.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace oscilla::output {

void CoverageSum::begin(std::uint32_t width, std::uint32_t height) {
  width_ = width;
  height_ = height;
  changes_.assign(std::size_t{width + 2} * height, 0.0f);
}

/// An edge that goes from `low` to `high` along x while it crosses so much of a row.
void CoverageSum::add_in_row(float* row, double low, double high, double height) const {
  const double end = width_;
  if (low >= end) return;
  if (high <= 0) {
    row[0] += static_cast<float>(height);
    return;
  }
  if (low < 0) {  // what is left of the box covers all of it
    const double share = -low / (high - low) * height;
    row[0] += static_cast<float>(share);
    height -= share;
    low = 0;
  }
  if (high > end) {
    height *= (end - low) / (high - low);
    high = end;
  }
  const auto first = static_cast<std::uint32_t>(low);
  const auto last = static_cast<std::uint32_t>(high);
  if (first == last) {
    const double right = height * (first + 1 - 0.5 * (low + high));
    row[first] += static_cast<float>(right);
    row[first + 1] += static_cast<float>(height - right);
    return;
  }
  const double each = height / (high - low);
  const double begin = first + 1 - low, rest = high - last;
  double sum = 0.5 * begin * begin * each;
  row[first] += static_cast<float>(sum);
  for (std::uint32_t at = first + 1; at < last; ++at) {
    const double next = (at + 0.5 - low) * each;
    row[at] += static_cast<float>(next - sum);
    sum = next;
  }
  const double next = height - 0.5 * rest * rest * each;
  row[last] += static_cast<float>(next - sum);
  row[last + 1] += static_cast<float>(height - next);
}

void CoverageSum::add(OutlinePoint a, OutlinePoint b) {
  const double sign = a.y < b.y ? 1 : -1;
  if (sign < 0) std::swap(a, b);
  const double top = std::max(a.y, 0.0), bottom = std::min(b.y, double(height_));
  if (!(top < bottom)) return;
  const double slant = (b.x - a.x) / (b.y - a.y);
  double x = a.x + (top - a.y) * slant;
  double from = top;
  for (auto y = static_cast<std::uint32_t>(top); from < bottom; ++y) {
    const double to = std::min(bottom, y + 1.0);
    const double next = x + (to - from) * slant;
    add_in_row(&changes_[std::size_t{y} * (width_ + 2)], std::min(x, next), std::max(x, next), sign * (to - from));
    x = next;
    from = to;
  }
}

void CoverageSum::write(FillRule rule, std::uint8_t* bytes, std::size_t stride) const {
  for (std::uint32_t y = 0; y < height_; ++y) {
    const float* row = &changes_[std::size_t{y} * (width_ + 2)];
    std::uint8_t* out = bytes + y * stride;
    float sum = 0;
    for (std::uint32_t x = 0; x < width_; ++x) {
      sum += row[x];
      float inside = std::abs(sum);
      if (rule == FillRule::EvenOdd) {
        inside -= 2 * std::floor(inside / 2);
        inside = 1 - std::abs(inside - 1);
      }
      out[x] = static_cast<std::uint8_t>(std::min(inside, 1.0f) * 255 + 0.5f);
    }
  }
}

}  // namespace oscilla::output
