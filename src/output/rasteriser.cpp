#include "output/rasteriser.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "output/ellipse_stamp.hpp"
#include "output/outline.hpp"
#include "output/view.hpp"

namespace oscilla::output {

struct Rasteriser::Surface {
  Surface(std::uint32_t w, std::uint32_t h)
      : width(w),
        height(h),
        image(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, static_cast<int>(w), static_cast<int>(h))),
        context(cairo_create(image)) {}
  ~Surface() {
    cairo_destroy(context);
    cairo_surface_destroy(image);
  }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  std::uint32_t width;
  std::uint32_t height;
  cairo_surface_t* image;
  cairo_t* context;
};

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

/// How a lane's figure stands: cosine and sine of its whole rotation, factors on its own axes.
struct Pose {
  double cos, sin;
  double scale_x = 1, scale_y = 1;
};

/// local -> pixel: x' = a x + c y + e, y' = b x + d y + f.
struct Placement {
  double a, b, c, d, e, f;

  /// Clamped to what cairo's 24.8 fixed point can hold; a shape that large covers the picture anyway.
  OutlinePoint operator()(OutlinePoint p) const {
    constexpr double kLimit = 4e6;
    return {std::clamp(a * p.x + c * p.y + e, -kLimit, kLimit), std::clamp(b * p.x + d * p.y + f, -kLimit, kLimit)};
  }
};

void trace(cairo_t* context, const Outline& outline, const Placement& place) {
  const OutlinePoint* point = outline.points.data();
  for (const Outline::Step step : outline.steps) {
    switch (step) {
      case Outline::Step::Move: {
        const OutlinePoint p = place(*point++);
        cairo_move_to(context, p.x, p.y);
        break;
      }
      case Outline::Step::Line: {
        const OutlinePoint p = place(*point++);
        cairo_line_to(context, p.x, p.y);
        break;
      }
      case Outline::Step::Cubic: {
        const OutlinePoint a = place(point[0]);
        const OutlinePoint b = place(point[1]);
        const OutlinePoint p = place(point[2]);
        cairo_curve_to(context, a.x, a.y, b.x, b.y, p.x, p.y);
        point += 3;
        break;
      }
      case Outline::Step::Close: cairo_close_path(context); break;
    }
  }
}

PixelGrid pixels_of(cairo_surface_t* image, std::uint32_t width, std::uint32_t height) {
  cairo_surface_flush(image);
  return {cairo_image_surface_get_data(image), static_cast<std::size_t>(cairo_image_surface_get_stride(image)), width,
          height};
}

/// Draws one frame. Ellipses that cover what is under them are stamped into the pixels, everything else is cairo's.
class Painter {
 public:
  Painter(cairo_t* context, const RenderFrame& frame, const PixelGrid& grid)
      : context_(context), frame_(frame), grid_(grid), view_(frame.fit, grid.width, grid.height), stamp_(grid) {
    for (std::uint32_t i = 0; i < frame.shapes.size(); ++i) outlines_.push_back(outline_of(frame, i));
    cairo_set_tolerance(context, kTolerance);
  }

  void ground(const RasterOptions& options) {
    const std::array<float, 4>& color = options.background ? *options.background : frame_.background;
    cairo_set_operator(context_, CAIRO_OPERATOR_SOURCE);
    cairo_set_source_rgba(context_, 0, 0, 0, options.ground == Ground::Opaque ? 1 : 0);
    cairo_paint(context_);
    if (options.ground == Ground::Transparent) return;
    cairo_set_operator(context_, CAIRO_OPERATOR_OVER);
    cairo_set_source_rgba(context_, color[0], color[1], color[2], color[3]);
    cairo_paint(context_);
  }

  void pass(const Pass& pass) {
    cairo_set_operator(context_, operator_of(pass.blend));
    for (const Batch& batch : pass.batches) {
      const Shape& shape = frame_.shapes[batch.shape];
      if (shape.kind == ShapeKind::Ellipse && pass.blend == Blend::Normal) {
        cairo_surface_flush(cairo_get_target(context_));
        each_lane(pass, batch, [&](const InstanceCore& core, const Pose& pose) { stamp(shape, core, pose); });
        cairo_surface_mark_dirty(cairo_get_target(context_));
      } else {
        const Outline& outline = outlines_[batch.shape];
        each_lane(pass, batch, [&](const InstanceCore& core, const Pose& pose) { fill(outline, core, pose); });
      }
    }
  }

 private:
  static constexpr double kTolerance = 0.03;  // pixels between a curve and its lines

  /// Calls draw(core, pose) for the lanes of a batch that show.
  template <class Draw>
  void each_lane(const Pass& pass, const Batch& batch, Draw draw) const {
    const Instances& instances = pass.instances;
    const double base = base_rotation(frame_.shapes[batch.shape]);
    const double reach = outlines_[batch.shape].reach * view_.unit;
    Pose pose{std::cos(base), std::sin(base)};
    for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
      const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
      const InstanceCore& core = instances.core[lane];
      if (!instances.scale.empty()) {
        pose.scale_x = instances.scale[std::size_t{2} * lane];
        pose.scale_y = instances.scale[std::size_t{2} * lane + 1];
      }
      if (!shows(core, reach * std::max(std::abs(pose.scale_x), std::abs(pose.scale_y)))) continue;
      if (!instances.rotation.empty()) {
        pose.cos = std::cos(base + instances.rotation[lane]);
        pose.sin = std::sin(base + instances.rotation[lane]);
      }
      draw(core, pose);
    }
  }

  bool shows(const InstanceCore& core, double reach) const {
    const double r = std::abs(core.size) * reach;
    const double x = view_.x(core.x);
    const double y = view_.y(core.y);
    return r > 0 && core.a > 0 && x + r > 0 && x - r < grid_.width && y + r > 0 && y - r < grid_.height;
  }

  void fill(const Outline& outline, const InstanceCore& core, const Pose& pose) {
    const double x = core.size * view_.unit * pose.scale_x;
    const double y = core.size * view_.unit * pose.scale_y;
    trace(context_, outline,
          {x * pose.cos, -x * pose.sin, -y * pose.sin, -y * pose.cos, view_.x(core.x), view_.y(core.y)});
    cairo_set_source_rgba(context_, core.r, core.g, core.b, core.a);
    cairo_fill(context_);
  }

  void stamp(const Shape& shape, const InstanceCore& core, const Pose& pose) {
    const double scale = core.size * view_.unit;
    const double rx = scale * pose.scale_x * shape.parameters[0];
    const double ry = scale * pose.scale_y * shape.parameters[1];
    const double xx = rx * rx * pose.cos * pose.cos + ry * ry * pose.sin * pose.sin;
    const double yy = rx * rx * pose.sin * pose.sin + ry * ry * pose.cos * pose.cos;
    const double xy = (ry * ry - rx * rx) * pose.sin * pose.cos;  // y points down here
    stamp_.draw({view_.x(core.x), view_.y(core.y), xx, xy, yy}, premultiplied_pixel(core.r, core.g, core.b, core.a));
  }

  cairo_t* context_;
  const RenderFrame& frame_;
  PixelGrid grid_;
  View view_;
  EllipseStamp stamp_;
  std::vector<Outline> outlines_;
};

}  // namespace

Rasteriser::Rasteriser() = default;
Rasteriser::~Rasteriser() = default;
Rasteriser::Rasteriser(Rasteriser&&) noexcept = default;
Rasteriser& Rasteriser::operator=(Rasteriser&&) noexcept = default;

std::string impossible_size(std::uint32_t width, std::uint32_t height) {
  return fmt::format("a picture of {}x{} pixels is not possible: each side must be 1 to {}", width, height,
                     kLargestSide);
}

Outcome Rasteriser::draw(const RenderFrame& frame, const RasterOptions& options, Raster& out) {
  const std::uint32_t width = options.width ? options.width : frame.width;
  const std::uint32_t height = options.height ? options.height : frame.height;
  if (width == 0 || height == 0 || width > kLargestSide || height > kLargestSide) {
    return std::unexpected(impossible_size(width, height));
  }
  if (!surface_ || surface_->width != width || surface_->height != height) {
    surface_.reset();
    surface_ = std::make_unique<Surface>(width, height);
  }
  if (const cairo_status_t status = cairo_status(surface_->context); status != CAIRO_STATUS_SUCCESS) {
    surface_.reset();
    return std::unexpected(fmt::format("cannot draw {}x{} pixels: {}", width, height, cairo_status_to_string(status)));
  }
  const PixelGrid grid = pixels_of(surface_->image, width, height);
  Painter painter(surface_->context, frame, grid);
  painter.ground(options);
  for (const Pass& pass : frame.passes) painter.pass(pass);
  if (const cairo_status_t status = cairo_status(surface_->context); status != CAIRO_STATUS_SUCCESS) {
    surface_.reset();
    return std::unexpected(fmt::format("cannot draw {}x{} pixels: {}", width, height, cairo_status_to_string(status)));
  }
  cairo_surface_flush(surface_->image);
  unpremultiply(grid.data, grid.stride, width, height, out);
  return {};
}

}  // namespace oscilla::output
