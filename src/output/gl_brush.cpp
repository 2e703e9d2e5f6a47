#include "output/gl_brush.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "output/gl_quads.hpp"
#include "output/outline.hpp"
#include "output/stamp.hpp"

namespace oscilla::output {
namespace {

constexpr std::uint32_t kMostLanes = 12'000;  // five rows each fit into the smallest table that a driver may have
constexpr std::size_t kMostApart = 200;       // figures of one draw that were compared with one another
constexpr float kWidePixel = 0.75f;           // more than half the diagonal of a pixel
constexpr double kWorthUpright = 2.5;         // so much larger a rectangle is as quick as two triangles
constexpr float kGentleCurve = 3;             // pixels: an edge with a smaller radius is not straight within a pixel

/// What a figure is drawn as until one is added that needs more.
GlFigure simplest(GlFigure figure) {
  return figure == GlFigure::Rectangle ? GlFigure::Upright : figure == GlFigure::Ellipse ? GlFigure::Disc : figure;
}

}  // namespace

GlMix mix_of(Blend blend) {
  switch (blend) {
    case Blend::Normal:
    case Blend::Screen:
    case Blend::Add: return GlMix::Fixed;
    case Blend::Multiply: return GlMix::Multiply;
    case Blend::Overlay:
    case Blend::Darken:
    case Blend::Lighten:
    case Blend::Difference: return GlMix::Read;
  }
  return GlMix::Fixed;
}

Rgba premultiplied(const Rgba& color, const Rgba& tint) {
  const std::uint32_t pixel =
      premultiplied_pixel(color[0] * tint[0], color[1] * tint[1], color[2] * tint[2], color[3] * tint[3]);
  const auto channel = [pixel](int shift) { return static_cast<float>(pixel >> shift & 255) / 255; };
  return {channel(16), channel(8), channel(0), channel(24)};
}

void GlBrush::set(const Fill& fill, Blend blend, FillRule rule) {
  blend_ = blend;
  mix_ = mix_of(blend);
  rule_ = rule;
  const FlatFill flat = flat_fill(fill);
  paint_ = flat.flat || flat.none ? GlPaint::Flat : fill.paint == Paint::Linear ? GlPaint::Linear : GlPaint::Radial;
  flat_ = flat.none ? Rgba{0, 0, 0, 0} : flat.color;
  if (is_flat()) return;
  gradient_ = fill.place;
  std::vector<float> rows;
  for (const GradientStop& stop : fill.stops) {
    rows.insert(rows.end(), {stop.at, 0, 0, 0});
    rows.insert(rows.end(), stop.color.begin(), stop.color.end());
  }
  stop_count_ = static_cast<int>(fill.stops.size());
  stop_table_.upload(rows.data(), rows.size(), GlUnit::kStops);
}

void GlBrush::set_sheet(const GlTarget& sheet, Blend blend) {
  set({}, blend);
  paint_ = GlPaint::Sheet;
  sheet.bind_texture(GlUnit::kSheet);
}

bool GlBrush::is_full() {
  return count_ >= (figure_ == GlFigure::Mask || figure_ == GlFigure::Sprite ? kMostLanes : pace_.step(kMostLanes));
}

void GlBrush::put(const GlBox& box, const Rgba& fill, OutlinePoint way) {
  rows_.insert(rows_.end(), {box.x, box.y, box.ux, box.uy, box.vx, box.vy, static_cast<float>(way.x),
                             static_cast<float>(way.y), fill[0], fill[1], fill[2], fill[3]});
  ++count_;
}

/// What decides how the figures will be drawn.
void GlBrush::note(GlFigure figure, const GlBox& box) {
  if (figure == GlFigure::Rectangle) {
    const bool turned =
        std::min(std::abs(box.ux), std::abs(box.uy)) > 1e-4f * std::max(std::abs(box.ux), std::abs(box.uy));
    const bool small = std::min(std::hypot(box.ux, box.uy), std::hypot(box.vx, box.vy)) < kWidePixel;
    if (turned && figure_ == GlFigure::Upright) figure_ = GlFigure::Rectangle;
    if (turned && small) figure_ = GlFigure::SmallRectangle;
    return note_box(box, 0, 0);
  }
  const float u = box.ux * box.ux + box.uy * box.uy;
  const float v = box.vx * box.vx + box.vy * box.vy;
  const bool gentle = std::min(u, v) * std::min(u, v) >= kGentleCurve * kGentleCurve * std::max(u, v);
  const bool disc = std::abs(u - v) <= 1e-4f * u;
  if (!gentle) figure_ = GlFigure::SmallEllipse;
  if (!disc && figure_ == GlFigure::Disc) figure_ = GlFigure::Ellipse;
  keep_apart(box, std::sqrt(box.ux * box.ux + box.vx * box.vx), std::sqrt(box.uy * box.uy + box.vy * box.vy));
}

void GlBrush::note_box(const GlBox& box, float pen_x, float pen_y) {
  const float pen = std::numbers::sqrt2_v<float> * std::max(pen_x, pen_y);
  const float x = std::abs(box.ux) + std::abs(box.vx) + pen, y = std::abs(box.uy) + std::abs(box.vy) + pen;
  upright_area_ += (x + 1) * (y + 1);
  turned_area_ += (std::hypot(box.ux, box.uy) + pen_x + 1) * (std::hypot(box.vx, box.vy) + pen_y + 1);
  keep_apart(box, x, y);
}

void GlBrush::keep_apart(const GlBox& box, float reach_x, float reach_y) {
  if (mix_ != GlMix::Read) return;
  static constexpr float kFar = 1e6;
  constexpr float kAround = 2;  // pixels: what is drawn is a little larger than the figure
  reach_x += kAround;
  reach_y += kAround;
  const auto pixel = [](float at) { return static_cast<int>(std::clamp(at, -kFar, kFar)); };
  boxes_.push_back({pixel(std::floor(box.x - reach_x)), pixel(std::floor(box.y - reach_y)),
                    pixel(std::ceil(box.x + reach_x)), pixel(std::ceil(box.y + reach_y))});
}

void GlBrush::add(GlFigure figure, const GlBox& box, const Rgba& fill) {
  if (count_ == 0) figure_ = simplest(figure);
  if (figure == GlFigure::Whole) {
    constexpr int kFar = 1'000'000;
    boxes_.push_back({-kFar, -kFar, kFar, kFar});
  } else {
    note(figure, box);
  }
  put(box, fill, {0, 0});
}

void GlBrush::add_rounded(GlFigure figure, const GlBox& box, const GlRim& rim, const Rgba& fill, const Rgba& line) {
  figure_ = figure;
  put(box, fill, {0, 0});
  rows_.insert(rows_.end(), line.begin(), line.end());
  rows_.insert(rows_.end(), {rim.radius_x, rim.radius_y, rim.pen_x, rim.pen_y});
  note_box(box, rim.pen_x, rim.pen_y);
}

void GlBrush::add_masked(GlFigure figure, const GlBox& box, const Rgba& fill, const Rgba& line, const PixelBox& pixels,
                         OutlinePoint way) {
  figure_ = figure;
  put(box, fill, way);
  rows_.insert(rows_.end(), line.begin(), line.end());
  for (const int edge : {pixels.x0, pixels.y0, pixels.x1, pixels.y1}) rows_.push_back(static_cast<float>(edge));
  if (mix_ == GlMix::Read) boxes_.push_back(pixels);
}

void GlBrush::set_blend() const {
  if (mix_ == GlMix::Read) return glDisable(GL_BLEND);
  glEnable(GL_BLEND);
  if (mix_ == GlMix::Multiply) return glBlendFunc(GL_ONE_MINUS_DST_ALPHA, GL_SRC1_COLOR);
  glBlendFunc(GL_ONE, blend_ == Blend::Screen ? GL_ONE_MINUS_SRC_COLOR
                      : blend_ == Blend::Add  ? GL_ONE
                                              : GL_ONE_MINUS_SRC_ALPHA);
}

bool GlBrush::draw(GlTarget& target) {
  if (count_ == 0) return true;
  const GlProgram* program = programs_.figure({figure_, paint_, mix_});
  if (!program) return false;
  const auto width = static_cast<GLsizei>(target.width());
  const auto height = static_cast<GLsizei>(target.height());
  target.bind();
  set_blend();
  program->set("picture", static_cast<float>(width), static_cast<float>(height));
  program->set("upright", pace_.is_software() && upright_area_ <= kWorthUpright * turned_area_);
  program->set("even_odd", rule_ == FillRule::EvenOdd);
  program->set("gradient", gradient_);
  program->set("stop_count", stop_count_);
  program->set("blend", static_cast<int>(blend_));
  lane_table_.upload(rows_.data(), rows_.size(), GlUnit::kLanes);
  if (mix_ == GlMix::Read) {
    draw_apart(target);
  } else {
    draw_quads(0, count_, quads_at_once());
  }
  pace_.drawn(count_);
  count_ = 0;
  rows_.clear();
  boxes_.clear();
  turned_area_ = upright_area_ = 0;
  return true;
}

void GlBrush::copy_below(const GlTarget& target, const PixelBox& box) {
  const int x0 = std::max(box.x0, 0);
  const int y0 = std::max(box.y0, 0);
  const int x1 = std::min(box.x1, static_cast<int>(target.width()));
  const int y1 = std::min(box.y1, static_cast<int>(target.height()));
  if (x0 >= x1 || y0 >= y1) return;
  below_.bind_texture(GlUnit::kBelow);
  glCopyTexSubImage2D(GL_TEXTURE_2D, 0, x0, y0, x0, y0, x1 - x0, y1 - y0);
}

/// Figures that read what is below them: as many at once as do not touch one another, each time from a new copy.
void GlBrush::draw_apart(const GlTarget& target) {
  below_.resize(target.width(), target.height());
  target.bind();
  std::size_t first = 0;
  while (first < boxes_.size()) {
    PixelBox all = boxes_[first];
    std::size_t end = first + 1;
    const auto is_free = [&](const PixelBox& box) {
      if (!box.touches(all)) return true;
      return std::none_of(boxes_.begin() + static_cast<std::ptrdiff_t>(first),
                          boxes_.begin() + static_cast<std::ptrdiff_t>(end),
                          [&](const PixelBox& other) { return box.touches(other); });
    };
    for (; end < boxes_.size() && end - first < kMostApart && is_free(boxes_[end]); ++end) {
      const PixelBox& box = boxes_[end];
      all = {std::min(all.x0, box.x0), std::min(all.y0, box.y0), std::max(all.x1, box.x1), std::max(all.y1, box.y1)};
    }
    copy_below(target, all);
    draw_quads(first, end - first);
    first = end;
  }
}

}  // namespace oscilla::output
