#include "output/ellipse_stamp.hpp"

#include <algorithm>
#include <cmath>

namespace oscilla::output {
namespace {

constexpr std::int32_t kWholeRow = 1 << 16;

/// a * b / 255, rounded, of the four bytes of `a`.
std::uint32_t scale_bytes(std::uint32_t a, std::uint32_t b) {
  constexpr std::uint32_t kMask = 0x00ff00ff;
  constexpr std::uint32_t kHalf = 0x00800080;
  std::uint32_t low = (a & kMask) * b + kHalf;
  low = (low + (low >> 8 & kMask)) >> 8 & kMask;
  std::uint32_t high = (a >> 8 & kMask) * b + kHalf;
  high = (high + (high >> 8 & kMask)) & ~kMask;
  return low | high;
}

std::uint32_t over(std::uint32_t source, std::uint32_t under) {
  return source + scale_bytes(under, 255 - (source >> 24));
}

}  // namespace

std::uint32_t premultiplied_pixel(float r, float g, float b, float a) {
  const double alpha = std::clamp(double(a), 0.0, 1.0);
  const auto byte = [](double value) { return static_cast<std::uint32_t>(std::min(value * 256, 255.0)); };
  const auto channel = [&](float c) { return byte(std::clamp(double(c), 0.0, 1.0) * alpha); };
  return byte(alpha) << 24 | channel(r) << 16 | channel(g) << 8 | channel(b);
}

/// An ellipse as its horizontal chords: at dy from the centre, x + slant dy -+ half_width sqrt(1 - dy dy inverse_yy).
struct EllipseStamp::Chords {
  float x, slant, half_width, inverse_yy;
};

/// What the lines of one row reach, in pixels: they begin in [first, inner_first] and end in [inner_end, end).
struct EllipseStamp::Row {
  std::uint32_t first;
  std::uint32_t inner_first = 0;
  std::uint32_t inner_end;
  std::uint32_t end = 0;
};

/// Lines from fixed[0] to fixed[1] (24.8 pixels) across the row, each of which stands for `weight` of the row's height.
void EllipseStamp::add_line(const std::int32_t (&fixed)[2], std::int32_t weight, Row& row) {
  const auto edge = [&](std::int32_t x, std::int32_t signed_weight) {
    const std::int32_t at = x >> 8;
    const std::int32_t part = (x & 255) * signed_weight;
    edges_[at] += (signed_weight << 8) - part;
    edges_[at + 1] += part;
    return static_cast<std::uint32_t>(at);
  };
  const std::uint32_t begin = edge(fixed[0], weight);
  const std::uint32_t end = edge(fixed[1], -weight);
  row.first = std::min(row.first, begin);
  row.inner_first = std::max(row.inner_first, begin + 1);
  row.inner_end = std::min(row.inner_end, end);
  row.end = std::max(row.end, end + 1);
}

/// kLines lines at equal distances across the ellipse between `begin` and `begin + height`.
template <int kLines>
void EllipseStamp::add_lines(const Chords& chords, float begin, float height, Row& row) {
  const float right_end = static_cast<float>(grid_.width);
  std::int32_t left[kLines];
  std::int32_t right[kLines];
  for (int i = 0; i < kLines; ++i) {
    const float dy = begin + height * ((static_cast<float>(i) + 0.5f) * (1.0f / kLines));
    const float middle = chords.x + chords.slant * dy;
    const float half = chords.half_width * std::sqrt(std::max(0.0f, 1 - dy * dy * chords.inverse_yy));
    left[i] = static_cast<std::int32_t>(std::min(std::max(middle - half, 0.0f), right_end) * 256 + 0.5f);
    right[i] = static_cast<std::int32_t>(std::min(std::max(middle + half, 0.0f), right_end) * 256 + 0.5f);
  }
  const auto weight = static_cast<std::int32_t>(height * (kWholeRow / kLines));
  for (int i = 0; i < kLines; ++i) add_line({left[i], right[i]}, weight, row);
}

/// Sums the edges up to coverage, blends, and leaves the edges cleared. Between the innermost edges the coverage is
/// constant.
void EllipseStamp::blend_row(std::uint32_t y, std::uint32_t color, const Row& row) {
  auto* pixels = reinterpret_cast<std::uint32_t*>(grid_.data + y * grid_.stride);
  std::int32_t sum = 0;
  const auto source_here = [&] {
    return scale_bytes(color, static_cast<std::uint32_t>(((sum >> 8) * 255 + 32768) >> 16));
  };
  const auto blend_edges = [&](std::uint32_t x, std::uint32_t end) {
    for (; x < end; ++x) {
      sum += edges_[x];
      edges_[x] = 0;
      pixels[x] = over(source_here(), pixels[x]);
    }
  };
  const std::uint32_t end = std::min(row.end, grid_.width);
  if (row.inner_first < row.inner_end) {
    blend_edges(row.first, row.inner_first + 1);
    const std::uint32_t source = source_here();
    std::uint32_t* const from = pixels + row.inner_first + 1;
    std::uint32_t* const to = pixels + row.inner_end;
    if (source >> 24 == 255) {
      std::fill(from, to, source);
    } else {
      for (std::uint32_t* pixel = from; pixel < to; ++pixel) *pixel = over(source, *pixel);
    }
    blend_edges(row.inner_end, end);
  } else {
    blend_edges(row.first, end);
  }
  edges_[row.end] = 0;
  if (row.end > grid_.width) edges_[grid_.width] = 0;
}

void EllipseStamp::draw(const PixelEllipse& ellipse, std::uint32_t color) {
  const double half_height = std::sqrt(ellipse.yy);
  const double wide = ellipse.xx - (ellipse.yy > 0 ? ellipse.xy * ellipse.xy / ellipse.yy : 0);
  if (!(half_height > 1e-9) || !(wide > 0)) return;  // no area
  const double half_width = std::sqrt(wide);         // of the line through the centre
  const double top = std::max(ellipse.y - half_height, 0.0);
  const double bottom = std::min(ellipse.y + half_height, double(grid_.height));
  if (top >= bottom) return;

  const Chords chords{static_cast<float>(ellipse.x), static_cast<float>(ellipse.xy / ellipse.yy),
                      static_cast<float>(half_width), static_cast<float>(1 / ellipse.yy)};
  const auto reach = [&](float dy) {
    return chords.half_width * std::sqrt(std::max(0.0f, 1 - dy * dy * chords.inverse_yy));
  };
  float reach_above = reach(static_cast<float>(top - ellipse.y));
  const auto last = static_cast<std::uint32_t>(std::ceil(bottom));
  for (auto y = static_cast<std::uint32_t>(top); y < last; ++y) {
    const double from = std::max(top, double(y));
    const auto height = static_cast<float>(std::min(bottom, y + 1.0) - from);
    const auto begin = static_cast<float>(from - ellipse.y);
    const float reach_below = reach(begin + height);
    const float move = std::abs(reach_below - reach_above) + std::abs(chords.slant) * height;
    reach_above = reach_below;
    Row row{.first = grid_.width, .inner_end = grid_.width};
    if (move < 1 && height == 1) {
      add_lines<4>(chords, begin, height, row);
    } else if (move < 6) {
      add_lines<8>(chords, begin, height, row);
    } else {
      add_lines<16>(chords, begin, height, row);
    }
    blend_row(y, color, row);
  }
}

}  // namespace oscilla::output
