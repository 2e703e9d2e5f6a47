#include "output/stamp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "output/stamp_blend.hpp"

namespace oscilla::output {
namespace {

constexpr std::int32_t kWholeRow = 1 << 16;
constexpr std::int32_t kWholePixel = kWholeRow << 8;

/// Where a horizontal line is in the figure, in pixels.
struct Chord {
  float left, right;
};

/// A parallelogram as what two strips have in common, each of which lies between two parallel edges.
class ParallelogramChords {
 public:
  explicit ParallelogramChords(const PixelParallelogram& box) : x_(box.x) {
    const double area = box.ux * box.vy - box.uy * box.vx;
    first_ = strip(box.vx, box.vy, area);
    second_ = strip(box.ux, box.uy, area);
  }

  std::array<double, 2> at(double dy) const {
    const double first = first_.slant * dy, second = second_.slant * dy;
    const double left = std::max(first - first_.half, second - second_.half);
    const double right = std::min(first + first_.half, second + second_.half);
    return {x_ + left, x_ + std::max(left, right)};
  }

 private:
  /// Along a side: as far as `half` to both sides of slant dy.
  struct Strip {
    double slant, half;
  };
  static Strip strip(double along_x, double along_y, double area) {
    constexpr double kFar = 1e6;  // of a side that lies flat: the other strip ends where it does
    if (std::abs(along_y) * kFar <= std::abs(area)) return {0, kFar};
    return {along_x / along_y, std::abs(area / along_y)};
  }

  double x_;
  Strip first_{}, second_{};
};

}  // namespace

std::uint32_t premultiplied_pixel(float r, float g, float b, float a) {
  const double alpha = std::clamp(double(a), 0.0, 1.0);
  const auto byte = [](double value) { return static_cast<std::uint32_t>(std::min(value * 256, 255.0)); };
  const auto channel = [&](float c) { return byte(std::clamp(double(c), 0.0, 1.0) * alpha); };
  return byte(alpha) << 24 | channel(r) << 16 | channel(g) << 8 | channel(b);
}

/// An ellipse as its horizontal chords: at dy from the centre, x + slant dy -+ half_width sqrt(1 - dy dy inverse_yy).
class Stamp::EllipseChords {
 public:
  EllipseChords(const PixelEllipse& ellipse, double half_width)
      : x_(static_cast<float>(ellipse.x)),
        slant_(static_cast<float>(ellipse.xy / ellipse.yy)),
        half_width_(static_cast<float>(half_width)),
        inverse_yy_(static_cast<float>(1 / ellipse.yy)) {}

  Chord at(float dy) const {
    const float middle = x_ + slant_ * dy;
    const float half = reach(dy);
    return {middle - half, middle + half};
  }
  /// How far the ends move from the line at `from` to the one at `to`, which is the next time's `from`.
  float move(float from, float to) {
    if (above_ < 0) above_ = reach(from);
    const float below = reach(to);
    const float moved = std::abs(below - above_) + std::abs(slant_) * (to - from);
    above_ = below;
    return moved;
  }

 private:
  float reach(float dy) const { return half_width_ * std::sqrt(std::max(0.0f, 1 - dy * dy * inverse_yy_)); }

  float x_, slant_, half_width_, inverse_yy_;
  float above_ = -1;
};

/// What the lines of one row reach, in pixels: they begin in [first, inner_first] and end in [inner_end, end).
struct Stamp::Row {
  std::uint32_t first;
  std::uint32_t inner_first = 0;
  std::uint32_t inner_end;
  std::uint32_t end = 0;
};

/// Lines from fixed[0] to fixed[1] (24.8 pixels) across the row, each of which stands for `weight` of the row's height.
void Stamp::add_line(const std::int32_t (&fixed)[2], std::int32_t weight, Row& row) {
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

/// kLines lines at equal distances across the figure between `begin` and `begin + height`.
template <int kLines>
void Stamp::add_lines(const EllipseChords& chords, float begin, float height, Row& row) {
  const float right_end = static_cast<float>(grid_.width);
  std::int32_t left[kLines];
  std::int32_t right[kLines];
  for (int i = 0; i < kLines; ++i) {
    const Chord chord = chords.at(begin + height * ((static_cast<float>(i) + 0.5f) * (1.0f / kLines)));
    left[i] = static_cast<std::int32_t>(std::min(std::max(chord.left, 0.0f), right_end) * 256 + 0.5f);
    right[i] = static_cast<std::int32_t>(std::min(std::max(chord.right, 0.0f), right_end) * 256 + 0.5f);
  }
  const auto weight = static_cast<std::int32_t>(height * (kWholeRow / kLines));
  for (int i = 0; i < kLines; ++i) add_line({left[i], right[i]}, weight, row);
}

/// Sums the edges up to coverage, blends, and leaves the edges cleared. Between the innermost edges the coverage is
/// constant.
template <Blend kBlend>
void Stamp::blend_row_as(std::uint32_t y, std::uint32_t color, const Row& row) {
  auto* pixels = reinterpret_cast<std::uint32_t*>(grid_.data + y * grid_.stride);
  std::int32_t sum = 0;
  const auto source_here = [&] {
    return scale_bytes(color, static_cast<std::uint32_t>(((sum >> 8) * 255 + 32768) >> 16));
  };
  const auto blend_edges = [&](std::uint32_t x, std::uint32_t end) {
    for (; x < end; ++x) {
      sum += edges_[x];
      edges_[x] = 0;
      pixels[x] = mixed<kBlend>(source_here(), pixels[x]);
    }
  };
  const std::uint32_t end = std::min(row.end, grid_.width);
  if (row.inner_first < row.inner_end) {
    blend_edges(row.first, row.inner_first + 1);
    const std::uint32_t source = source_here();
    std::uint32_t* const from = pixels + row.inner_first + 1;
    std::uint32_t* const to = pixels + row.inner_end;
    if (kBlend == Blend::Normal && source >> 24 == 255) {
      std::fill(from, to, source);
    } else {
      for (std::uint32_t* pixel = from; pixel < to; ++pixel) *pixel = mixed<kBlend>(source, *pixel);
    }
    blend_edges(row.inner_end, end);
  } else {
    blend_edges(row.first, end);
  }
  edges_[row.end] = 0;
  if (row.end > grid_.width) edges_[grid_.width] = 0;
}

void Stamp::blend_row(std::uint32_t y, const StampInk& ink, const Row& row) {
  switch (ink.blend) {
    case Blend::Normal: return blend_row_as<Blend::Normal>(y, ink.color, row);
    case Blend::Multiply: return blend_row_as<Blend::Multiply>(y, ink.color, row);
    case Blend::Screen: return blend_row_as<Blend::Screen>(y, ink.color, row);
    case Blend::Add: return blend_row_as<Blend::Add>(y, ink.color, row);
    case Blend::Overlay: return blend_row_as<Blend::Overlay>(y, ink.color, row);
    case Blend::Darken: return blend_row_as<Blend::Darken>(y, ink.color, row);
    case Blend::Lighten: return blend_row_as<Blend::Lighten>(y, ink.color, row);
    case Blend::Difference: return blend_row_as<Blend::Difference>(y, ink.color, row);
  }
}

/// What lies to the right of an edge from `begin` to `end` along x, over so much of the row: to the exact area. The
/// left edge of a figure counts for it, the right one against it.
void Stamp::add_edge(double begin, double end, std::int32_t weight, bool left, Row& row) {
  const double right_end = grid_.width;
  double low = std::min(begin, end), high = std::max(begin, end);
  const auto upright = [&](double x, double share) {
    const auto part = static_cast<std::int32_t>(std::lround(weight * share));
    weight -= part;
    add_slope(x, x, part, left, row);
  };
  if (low < 0 && high > 0) upright(0, -low / (high - low));
  const double beyond = std::max(low, 0.0);  // what is left of the edge begins here
  if (high > right_end && low < right_end) upright(right_end, (high - right_end) / (high - beyond));
  add_slope(std::clamp(low, 0.0, right_end), std::clamp(high, 0.0, right_end), weight, left, row);
}

/// Inside the picture. Sums are rounded, not what is added, so that they end where they must.
void Stamp::add_slope(double low, double high, std::int32_t weight, bool left, Row& row) {
  const auto first = static_cast<std::uint32_t>(low);
  const auto last = static_cast<std::uint32_t>(high);
  const std::int32_t whole = left ? weight : -weight;
  std::int32_t done = 0;
  const auto put = [&](std::uint32_t at, double share) {
    const auto sum = static_cast<std::int32_t>(std::lround(whole * share));
    edges_[at] += sum - done;
    done = sum;
  };
  if (first == last) {
    put(first, first + 1 - 0.5 * (low + high));
  } else {
    const double inverse = 1 / (high - low);
    const double begin = first + 1 - low, end = high - last;
    put(first, 0.5 * begin * begin * inverse);
    for (std::uint32_t at = first + 1; at < last; ++at) put(at, (at + 0.5 - low) * inverse);
    put(last, 1 - 0.5 * end * end * inverse);
  }
  edges_[last + 1] += whole - done;
  if (left) {
    row.first = std::min(row.first, first);
    row.inner_first = std::max(row.inner_first, last + 1);
  } else {
    row.inner_end = std::min(row.inner_end, first);
    row.end = std::max(row.end, last + 1);
  }
}

void Stamp::draw(const PixelEllipse& ellipse, const StampInk& ink) {
  const double half_height = std::sqrt(ellipse.yy);
  const double wide = ellipse.xx - (ellipse.yy > 0 ? ellipse.xy * ellipse.xy / ellipse.yy : 0);
  if (!(half_height > 1e-9) || !(wide > 0)) return;  // no area
  const double top = std::max(ellipse.y - half_height, 0.0);
  const double bottom = std::min(ellipse.y + half_height, double(grid_.height));
  if (top >= bottom) return;

  EllipseChords chords(ellipse, std::sqrt(wide));  // half the length of the line through the centre
  const auto last = static_cast<std::uint32_t>(std::ceil(bottom));
  for (auto y = static_cast<std::uint32_t>(top); y < last; ++y) {
    const double from = std::max(top, double(y));
    const auto height = static_cast<float>(std::min(bottom, y + 1.0) - from);
    const auto begin = static_cast<float>(from - ellipse.y);
    const float move = chords.move(begin, begin + height);
    Row row{.first = grid_.width, .inner_end = grid_.width};
    if (move < 1 && height == 1) {
      add_lines<4>(chords, begin, height, row);
    } else if (move < 6) {
      add_lines<8>(chords, begin, height, row);
    } else {
      add_lines<16>(chords, begin, height, row);
    }
    blend_row(y, ink, row);
  }
}

/// Each row in the bands between corners, in which both ends are straight.
void Stamp::draw(const PixelParallelogram& box, const StampInk& ink) {
  if (!(std::abs(box.ux * box.vy - box.uy * box.vx) > 1e-9)) return;  // no area
  const double half_height = std::abs(box.uy) + std::abs(box.vy);
  const double top = std::max(box.y - half_height, 0.0);
  const double bottom = std::min(box.y + half_height, double(grid_.height));
  if (top >= bottom) return;
  const double corner = std::abs(std::abs(box.uy) - std::abs(box.vy));
  const std::array<double, 2> corners{box.y - corner, box.y + corner};

  const ParallelogramChords chords(box);
  const auto last = static_cast<std::uint32_t>(std::ceil(bottom));
  std::array<double, 2> above = chords.at(top - box.y);
  for (auto y = static_cast<std::uint32_t>(top); y < last; ++y) {
    Row row{.first = grid_.width, .inner_end = grid_.width};
    const double row_end = std::min(bottom, y + 1.0);
    double from = std::max(top, double(y));
    const auto band = [&](double to) {
      if (!(to > from) || to > row_end) return;
      const std::array<double, 2> below = chords.at(to - box.y);
      const auto weight = static_cast<std::int32_t>((to - from) * kWholePixel);
      add_edge(above[0], below[0], weight, true, row);
      add_edge(above[1], below[1], weight, false, row);
      above = below;
      from = to;
    };
    for (const double at : corners) band(at);
    band(row_end);
    if (row.end > 0) blend_row(y, ink, row);
  }
}

}  // namespace oscilla::output
