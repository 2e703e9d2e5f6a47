// The part of GlRenderer that turns the lanes of a batch into figures of its brush.
#include <algorithm>
#include <cmath>
#include <span>

#include "output/gl_place.hpp"
#include "output/gl_renderer.hpp"
#include "output/stamp_place.hpp"

namespace oscilla::output {
namespace {

constexpr double kLeastArea = 1e-6;  // in pixels: what is smaller is not seen

/// How round the corners of a box are, in its measures; a disc is nothing but corners.
double corner_of(const Shape& shape, const Box& box) {
  const double most = std::min(box.half_width, box.half_height);
  return shape.kind == ShapeKind::Ellipse ? most : std::clamp(double{shape.parameters[3]}, 0.0, most);
}

Rgba line_color(const Pass& pass, const float* line) {
  return line ? premultiplied({line[1], line[2], line[3], line[4]}, {1, 1, 1, pass.weight}) : Rgba{};
}

bool has_area(const Placement& place) { return std::abs(place.a * place.d - place.b * place.c) > 1e-12; }

}  // namespace

void GlRenderer::pass(const Pass& pass) {
  flush();
  brush_.set(pass.style.fill, pass.blend, pass.style.rule);
  std::span<const Batch> left = pass.batches;
  while (!left.empty()) {
    const auto run = left.first(std::max<std::size_t>(stamps_at_front(pass, left), 1));
    if (is_stamped(pass, run)) {
      stamped_batches(pass, run);
    } else {
      for (const Batch& each : run) batch(pass, each);
    }
    left = left.subspan(run.size());
  }
}

void GlRenderer::batch(const Pass& pass, const Batch& batch) {
  const auto figure = formula_of(pass, batch);
  if (figure == GlFigure::Rounded || figure == GlFigure::Lined) {
    rounded_batch(pass, batch, *figure);
  } else if (figure) {
    simple_batch(pass, batch, *figure);
  } else {
    masked_batch(pass, batch);
  }
}

/// A kind of figure whose pixels are known by formula.
std::optional<GlFigure> GlRenderer::formula_of(const Pass& pass, const Batch& batch) const {
  const Shape& shape = figures_->frame.shapes[batch.shape];
  const bool lined = !pass.instances.stroke.empty();
  if (shape.kind == ShapeKind::Ellipse && !lined) return GlFigure::Ellipse;
  if (shape.kind == ShapeKind::Rectangle && !lined && !(shape.parameters[3] > 0)) return GlFigure::Rectangle;
  return is_rounded(pass, batch) ? std::optional(lined ? GlFigure::Lined : GlFigure::Rounded) : std::nullopt;
}

/// Whether a batch's figures are discs or boxes with whole lines, whose edges are straight within any pixel.
bool GlRenderer::is_rounded(const Pass& pass, const Batch& batch) const {
  constexpr double kGentle = 2;  // pixels
  const Shape& shape = figures_->frame.shapes[batch.shape];
  const Instances& instances = pass.instances;
  const bool lined = !instances.stroke.empty();
  if (shape.kind == ShapeKind::Path || (lined && dash_period(pass.style) > 0)) return false;
  const Box& box = figures_->boxes[batch.shape];
  const double corner = corner_of(shape, box);
  if (shape.kind == ShapeKind::Ellipse && box.half_width != box.half_height) return false;
  if (corner == 0 && lined && pass.style.join != LineJoin::Miter) return false;
  for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
    const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
    double x = std::abs(instances.core[lane].size) * figures_->view.unit;
    double y = x;
    if (!instances.scale.empty()) {
      x *= std::abs(instances.scale[std::size_t{2} * lane]);
      y *= std::abs(instances.scale[std::size_t{2} * lane + 1]);
    }
    const bool wide = std::min(x * box.half_width, y * box.half_height) >= kGentle;
    const bool gentle = corner == 0 || corner * std::min(x, y) * std::min(x, y) >= kGentle * std::max(x, y);
    if (!wide || !gentle) return false;
  }
  return true;
}

void GlRenderer::rounded_batch(const Pass& pass, const Batch& batch, GlFigure figure) {
  const Box& box = figures_->boxes[batch.shape];
  const double corner = corner_of(figures_->frame.shapes[batch.shape], box);
  figures_->each_lane(pass, batch, [&](std::uint32_t lane, const Pose& pose) {
    const InstanceCore& core = pass.instances.core[lane];
    const Placement place = figures_->placement(core.x, core.y, core.size, pose);
    const double x = std::hypot(place.a, place.b);
    const double y = std::hypot(place.c, place.d);
    const float* line = line_of(pass, lane);
    const double pen = line ? 0.5 * line[0] : 0;
    if (!brush_.takes(figure)) flush();
    brush_.add_rounded(figure, box_at(place, box),
                       {static_cast<float>(corner * x), static_cast<float>(corner * y), static_cast<float>(pen * x),
                        static_cast<float>(pen * y)},
                       fill_of(pass, core), line_color(pass, line));
  });
}

Rgba GlRenderer::fill_of(const Pass& pass, const InstanceCore& core) const {
  return brush_.fill_of({core.r, core.g, core.b, core.a * pass.weight});
}

void GlRenderer::simple_batch(const Pass& pass, const Batch& batch, GlFigure figure) {
  const Box box = figures_->boxes[batch.shape];
  const bool none = flat_fill(pass.style.fill).none;
  figures_->each_lane(pass, batch, [&](std::uint32_t lane, const Pose& pose) {
    const InstanceCore& core = pass.instances.core[lane];
    const Placement place = figures_->placement(core.x, core.y, core.size, pose);
    const double area = std::abs(place.a * place.d - place.b * place.c) * box.half_width * box.half_height;
    if (none || !(area > kLeastArea)) return;
    if (!brush_.takes(figure)) flush();
    brush_.add(figure, box_at(place, box), fill_of(pass, core));
  });
}

/// How many of these batches, one after the other, are discs or boxes of one colour each.
std::size_t GlRenderer::stamps_at_front(const Pass& pass, std::span<const Batch> batches) const {
  if (!composes_ || !brush_.is_flat() || flat_fill(pass.style.fill).none || !pass.instances.stroke.empty()) return 0;
  const auto other = std::ranges::find_if_not(
      batches, [&](const Batch& batch) { return is_stamp(figures_->frame.shapes[batch.shape]); });
  return static_cast<std::size_t>(other - batches.begin());
}

/// Whether there are so many that it is worth to take the picture from the driver, stamp them on it as cairo's backend
/// does, and bring it back. Blends that read what is below cost a driver much more.
bool GlRenderer::is_stamped(const Pass& pass, std::span<const Batch> batches) const {
  const std::uint32_t many = mix_of(pass.blend) == GlMix::Read ? 200 : 2000;
  std::uint32_t lanes = 0;
  for (const Batch& batch : batches) lanes += batch.count;
  return stamps_at_front(pass, batches) > 0 && lanes >= many;
}

void GlRenderer::stamped_batches(const Pass& pass, std::span<const Batch> batches) {
  stamps_.clear();
  for (const Batch& batch : batches) {
    const bool round = figures_->frame.shapes[batch.shape].kind == ShapeKind::Ellipse;
    const Box& box = figures_->boxes[batch.shape];
    figures_->each_lane(pass, batch, [&](std::uint32_t lane, const Pose& pose) {
      const InstanceCore& core = pass.instances.core[lane];
      const Placement place = figures_->placement(core.x, core.y, core.size, pose);
      const std::uint32_t color = pixel_of(fill_of(pass, core));
      if (round) {
        stamps_.add(stamp_of_ellipse(place, box), color);
      } else {
        stamps_.add(stamp_of_box(place, box), color);
      }
    });
  }
  flush();
  pixels_.resize(std::size_t{figures_->width} * figures_->height);
  if (copied_ != target_ && cleared_) {
    std::fill(pixels_.begin(), pixels_.end(), *cleared_);
  } else if (copied_ != target_) {
    target_->download(pixels_.data());
  }
  stamps_.draw({reinterpret_cast<std::uint8_t*>(pixels_.data()), std::size_t{4} * figures_->width, figures_->width,
                figures_->height},
               pass.blend, threads_.runner());
  copied_ = target_;
  ahead_ = true;
  cleared_.reset();
}

void GlRenderer::masked_batch(const Pass& pass, const Batch& batch) {
  add_figure(pass, batch);
  figures_->each_lane(pass, batch, [&](std::uint32_t lane, const Pose& pose) { masked_lane(pass, batch, lane, pose); });
}

/// The outline of a batch, exact enough for the largest of its lanes.
void GlRenderer::add_figure(const Pass& pass, const Batch& batch) {
  constexpr double kMostPixels = 1e5;
  const Instances& instances = pass.instances;
  double largest = 0;
  double pen = 0;
  for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
    const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
    double size = std::abs(instances.core[lane].size);
    if (!instances.scale.empty())
      size *= std::max(std::abs(instances.scale[2 * lane]), std::abs(instances.scale[2 * lane + 1]));
    largest = std::max(largest, size * figures_->view.unit);
    if (const float* line = line_of(pass, lane)) pen = std::max(pen, 0.5 * line[0]);
  }
  const bool filled = !flat_fill(pass.style.fill).none;
  const Outline& outline = figures_->outlines[batch.shape];
  largest = std::min(largest, kMostPixels);
  if (composes_) return sprites_.figure(outline, pass.style, filled, pen > 0, largest, pen);
  masks_.figure(outline, pass.style, filled, pen > 0, largest, pen);
}

void GlRenderer::masked_lane(const Pass& pass, const Batch& batch, std::uint32_t lane, const Pose& pose) {
  const InstanceCore& core = pass.instances.core[lane];
  const Placement place = figures_->placement(core.x, core.y, core.size, pose);
  if (!has_area(place)) return;
  const float* line = line_of(pass, lane);
  const double half_width = line ? 0.5 * line[0] : 0;
  const double pen = half_width * std::max(tip_of(pass.style), 1.0) *
                     std::max(std::hypot(place.a, place.b), std::hypot(place.c, place.d));
  const GlBox box = box_at(place, figures_->boxes[batch.shape]);
  const PixelBox pixels = pixels_of(box, pen, figures_->width, figures_->height);
  if (pixels.empty()) return;
  const Rgba fill = fill_of(pass, core), over = line_color(pass, line);
  const GlFigure figure = composes_ && brush_.is_flat() ? GlFigure::Sprite : GlFigure::Mask;
  std::optional<OutlinePoint> way;
  if (brush_.takes(figure)) way = place_figure(place, pixels, half_width, fill, over);
  if (!way) {
    flush();
    add_figure(pass, batch);
    way = place_figure(place, pixels, half_width, fill, over);
  }
  if (way) brush_.add_masked(figure, box, fill, over, pixels, *way);
}

std::optional<OutlinePoint> GlRenderer::place_figure(const Placement& place, const PixelBox& pixels, double half_width,
                                                     const Rgba& fill, const Rgba& line) {
  if (!composes_) return masks_.place(place, pixels, half_width);
  return sprites_.place(place, pixels, half_width, {pixel_of(fill), pixel_of(line), brush_.is_flat()});
}

}  // namespace oscilla::output
