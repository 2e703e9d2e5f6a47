#include "output/painter.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "output/cairo_path.hpp"
#include "output/gradient.hpp"
#include "output/stamp_place.hpp"

namespace oscilla::output {
namespace {

cairo_operator_t operator_of(Blend blend) {
  switch (blend) {
    case Blend::Normal: return CAIRO_OPERATOR_OVER;
    case Blend::Multiply: return CAIRO_OPERATOR_MULTIPLY;
    case Blend::Screen: return CAIRO_OPERATOR_SCREEN;
    case Blend::Add: return CAIRO_OPERATOR_ADD;
    case Blend::Overlay: return CAIRO_OPERATOR_OVERLAY;
    case Blend::Darken: return CAIRO_OPERATOR_DARKEN;
    case Blend::Lighten: return CAIRO_OPERATOR_LIGHTEN;
    case Blend::Difference: return CAIRO_OPERATOR_DIFFERENCE;
  }
  return CAIRO_OPERATOR_OVER;
}

void set_flat_source(cairo_t* context, const std::array<float, 4>& color, const std::array<float, 4>& tint) {
  cairo_set_source_rgba(context, color[0] * tint[0], color[1] * tint[1], color[2] * tint[2], color[3] * tint[3]);
}

/// `gradient` over a box whose middle and half sides lie where `place` puts them. False where the box has no area.
bool set_gradient_source(cairo_t* context, const Fill& gradient, const Box& box, const Placement& place,
                         const std::array<float, 4>& tint) {
  cairo_matrix_t matrix;
  cairo_matrix_init(&matrix, place.a * box.half_width, place.b * box.half_width, place.c * box.half_height,
                    place.d * box.half_height, place.a * box.x + place.c * box.y + place.e,
                    place.b * box.x + place.d * box.y + place.f);
  if (cairo_matrix_invert(&matrix) != CAIRO_STATUS_SUCCESS) return false;
  cairo_pattern_t* pattern = make_gradient(gradient, tint);
  cairo_pattern_set_matrix(pattern, &matrix);
  cairo_set_source(context, pattern);
  cairo_pattern_destroy(pattern);
  return true;
}

}  // namespace

Surface::Surface(std::uint32_t w, std::uint32_t h)
    : width(w),
      height(h),
      image(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(w), static_cast<int>(h))),
      context(cairo_create(image)) {
  cairo_set_tolerance(context, kTolerance);
  cairo_set_miter_limit(context, kMiterLimit);
}

Surface::~Surface() {
  cairo_destroy(context);
  cairo_surface_destroy(image);
}

PixelGrid Surface::pixels() const {
  cairo_surface_flush(image);
  return {cairo_image_surface_get_data(image), static_cast<std::size_t>(cairo_image_surface_get_stride(image)), width,
          height};
}

Painter::Painter(Surface& surface, Surface* sheet, const RenderFrame& frame)
    : below_(surface),
      sheet_(sheet),
      surface_(&surface),
      context_(surface.context),
      frame_(frame),
      figures_(frame, surface.width, surface.height),
      stamp_(surface.pixels()) {}

void Painter::draw_on(Surface& surface) {
  surface_ = &surface;
  context_ = surface.context;
  stamp_.draw_on(surface.pixels());
}

void Painter::ground(const RasterOptions& options) {
  cairo_set_operator(context_, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba(context_, 0, 0, 0, options.ground == Ground::Opaque ? 1 : 0);
  cairo_paint(context_);
  if (options.ground == Ground::Transparent) return;
  cairo_set_operator(context_, CAIRO_OPERATOR_OVER);
  const FlatFill flat = flat_fill(frame_.background_fill);
  const double x = 0.5 * surface_->width;
  const double y = 0.5 * surface_->height;
  if (options.background || frame_.background_fill.paint == Paint::Solid) {
    set_flat_source(context_, options.background ? *options.background : frame_.background, {1, 1, 1, 1});
  } else if (flat.none) {
    return;
  } else if (flat.flat) {
    set_flat_source(context_, flat.color, {1, 1, 1, 1});
  } else if (!set_gradient_source(context_, frame_.background_fill, {0, 0, 1, 1}, {x, 0, 0, -y, x, y}, {1, 1, 1, 1})) {
    return;
  }
  cairo_paint(context_);
}

void Painter::passes() { figures_.each_pass(*this); }

void Painter::begin_layer() {
  draw_on(*sheet_);
  cairo_set_operator(context_, CAIRO_OPERATOR_CLEAR);
  cairo_paint(context_);
}

/// A crossed-out box in the middle of the picture, in a colour that nobody overlooks.
void Painter::mark() {
  const double x = 0.5 * surface_->width;
  const double y = 0.5 * surface_->height;
  const double side = 0.3 * figures_.view.unit;
  cairo_set_operator(context_, CAIRO_OPERATOR_OVER);
  cairo_set_dash(context_, nullptr, 0, 0);
  cairo_set_line_width(context_, std::max(1.0, 0.02 * figures_.view.unit));
  cairo_new_path(context_);
  cairo_rectangle(context_, x - side, y - side, 2 * side, 2 * side);
  cairo_set_source_rgba(context_, 1, 0, 1, 0.25);
  cairo_fill_preserve(context_);
  cairo_move_to(context_, x - side, y - side);
  cairo_line_to(context_, x + side, y + side);
  cairo_move_to(context_, x - side, y + side);
  cairo_line_to(context_, x + side, y - side);
  cairo_set_source_rgba(context_, 1, 0, 1, 1);
  cairo_stroke(context_);
}

/// Lays the sheet over what is below, and goes on there.
void Painter::end_layer(const Layer& layer) {
  draw_on(below_);
  cairo_save(context_);
  if (layer.clip != kNoShape) {
    cairo_new_path(context_);
    trace(context_, figures_.outlines[layer.clip], figures_.placement(layer));
    cairo_set_fill_rule(context_, CAIRO_FILL_RULE_WINDING);
    cairo_clip(context_);
  }
  cairo_set_operator(context_, operator_of(layer.blend));
  cairo_set_source_surface(context_, sheet_->image, 0, 0);
  cairo_paint_with_alpha(context_, std::clamp(layer.opacity, 0.0f, 1.0f));
  cairo_restore(context_);
}

void Painter::set_style(const Pass& pass) {
  cairo_set_operator(context_, operator_of(pass.blend));
  set_rule_and_pen(context_, pass.style);
}

void Painter::pass(const Pass& pass) {
  set_style(pass);
  const bool solid = pass.style.fill.paint == Paint::Solid && pass.instances.stroke.empty();
  for (const Batch& batch : pass.batches) {
    if (is_stamp(frame_.shapes[batch.shape]) && solid) {
      cairo_surface_flush(surface_->image);
      figures_.each_lane(pass, batch, [&](std::uint32_t at, const Pose& pose) { stamp(pass, batch.shape, at, pose); });
      cairo_surface_mark_dirty(surface_->image);
    } else {
      figures_.each_lane(pass, batch, [&](std::uint32_t at, const Pose& pose) { lane(pass, batch.shape, at, pose); });
    }
  }
}

/// Fill and line blend with what is below as one.
void Painter::lane(const Pass& pass, std::uint32_t shape, std::uint32_t lane, const Pose& pose) {
  const InstanceCore& core = pass.instances.core[lane];
  const Placement place = figures_.placement(core.x, core.y, core.size, pose);
  const float* line = line_of(pass, lane);
  const bool filled = core.a > 0 && !flat_fill(pass.style.fill).none;
  const bool grouped = line && filled && pass.blend != Blend::Normal;
  if (grouped) {
    cairo_push_group(context_);
    set_style(pass);
    cairo_set_operator(context_, CAIRO_OPERATOR_OVER);
  }
  cairo_new_path(context_);
  trace(context_, figures_.outlines[shape], place);
  if (filled) fill(pass, shape, place, core);
  if (line) stroke(pass, shape, place, line);
  if (!grouped) return;
  cairo_pop_group_to_source(context_);
  cairo_paint(context_);
}

/// Keeps the path.
void Painter::fill(const Pass& pass, std::uint32_t shape, const Placement& place, const InstanceCore& core) {
  const std::array<float, 4> tint{core.r, core.g, core.b, core.a * pass.weight};
  const FlatFill flat = flat_fill(pass.style.fill);
  if (flat.flat) {
    set_flat_source(context_, flat.color, tint);
  } else if (!set_gradient_source(context_, pass.style.fill, figures_.boxes[shape], place, tint)) {
    return;
  }
  cairo_fill_preserve(context_);
}

/// With a pen that is scaled as the figure is.
void Painter::stroke(const Pass& pass, std::uint32_t shape, const Placement& place, const float* line) {
  cairo_matrix_t matrix;
  if (!set_line(context_, pass.style, line[0], figures_.outlines[shape], place, matrix)) return;
  cairo_set_source_rgba(context_, line[1], line[2], line[3], line[4] * pass.weight);
  cairo_save(context_);
  cairo_set_matrix(context_, &matrix);
  cairo_stroke(context_);
  cairo_restore(context_);
}

void Painter::stamp(const Pass& pass, std::uint32_t index, std::uint32_t lane, const Pose& pose) {
  const InstanceCore& core = pass.instances.core[lane];
  const StampInk ink{premultiplied_pixel(core.r, core.g, core.b, core.a * pass.weight), pass.blend};
  const Placement place = figures_.placement(core.x, core.y, core.size, pose);
  const Box& box = figures_.boxes[index];
  if (frame_.shapes[index].kind == ShapeKind::Rectangle) return stamp_.draw(stamp_of_box(place, box), ink);
  stamp_.draw(stamp_of_ellipse(place, box), ink);
}

}  // namespace oscilla::output
