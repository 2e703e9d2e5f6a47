#include "output/pick.hpp"

#include <cairo.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <optional>

#include "output/cairo_path.hpp"
#include "output/figures.hpp"

namespace oscilla::output {
namespace {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

/// A lane whose figure may reach the place.
struct Candidate {
  std::uint32_t pass, lane, shape;
  Pose pose;
  const Layer* layer;
};

/// The lanes around a place, in painter's order; then which of them are at one.
class Picker {
 public:
  Picker(const RenderFrame& frame, const PicturePoint& point, double slack)
      : figures_(frame, point.width, point.height),
        point_(point),
        slack_(slack),
        surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)),
        context_(cairo_create(surface_.get())) {
    cairo_set_tolerance(context_.get(), kTolerance);
    cairo_set_miter_limit(context_.get(), kMiterLimit);
    figures_.each_pass(*this);
  }

  // Figures::each_pass calls these.
  void begin_layer() { of_layer_ = candidates_.size(); }
  void mark() {}
  void end_layer(const Layer& layer) {
    if (!(layer.opacity > 0)) candidates_.resize(of_layer_);
    for (std::size_t i = of_layer_; i < candidates_.size(); ++i) candidates_[i].layer = &layer;
  }
  void pass(const Pass& pass) {
    const auto number = static_cast<std::uint32_t>(&pass - figures_.frame.passes.data());
    for (const Batch& batch : pass.batches) {
      figures_.each_lane(pass, batch, [&](std::uint32_t lane, const Pose& pose) {
        if (is_near(pass, batch.shape, lane, pose)) candidates_.push_back({number, lane, batch.shape, pose, nullptr});
      });
    }
  }

  std::vector<Hit> at(double x, double y) {
    std::vector<Hit> hits;
    for (auto candidate = candidates_.rbegin(); candidate != candidates_.rend(); ++candidate)
      if (const auto line = touches(*candidate, x, y)) hits.push_back({candidate->pass, candidate->lane, *line});
    return hits;
  }
  bool has_candidates() const { return !candidates_.empty(); }

 private:
  bool is_near(const Pass& pass, std::uint32_t shape, std::uint32_t lane, const Pose& pose) const {
    const InstanceCore& core = pass.instances.core[lane];
    double reach = figures_.outlines[shape].reach;
    if (const float* line = line_of(pass, lane)) reach += 0.5 * tip_of(pass.style) * line[0];
    const double size =
        std::abs(core.size) * figures_.view.unit * std::max(std::abs(pose.scale_x), std::abs(pose.scale_y));
    const double x = figures_.view.x(core.x) - point_.x;
    const double y = figures_.view.y(core.y) - point_.y;
    const double far = reach * size + slack_ + 1;
    return x * x + y * y <= far * far;
  }

  /// Whether it is the line; nothing if the lane is not there.
  std::optional<bool> touches(const Candidate& candidate, double x, double y) {
    if (candidate.layer != nullptr && !lets_through(*candidate.layer, x, y)) return std::nullopt;
    const Pass& pass = figures_.frame.passes[candidate.pass];
    const InstanceCore& core = pass.instances.core[candidate.lane];
    const Outline& outline = figures_.outlines[candidate.shape];
    const Placement place = figures_.placement(core.x, core.y, core.size, candidate.pose);
    cairo_t* const context = context_.get();
    set_rule_and_pen(context, pass.style);
    cairo_new_path(context);
    trace(context, outline, place);
    if (const float* line = line_of(pass, candidate.lane)) {
      cairo_matrix_t matrix;
      if (set_line(context, pass.style, line[0], outline, place, matrix) && is_in_stroke(matrix, x, y)) return true;
    }
    const bool filled = core.a > 0 && !flat_fill(pass.style.fill).none;
    return filled && cairo_in_fill(context, x, y) ? std::optional(false) : std::nullopt;
  }

  bool is_in_stroke(const cairo_matrix_t& matrix, double x, double y) {
    cairo_t* const context = context_.get();
    cairo_save(context);
    cairo_set_matrix(context, &matrix);
    cairo_device_to_user(context, &x, &y);
    const bool inside = cairo_in_stroke(context, x, y);
    cairo_restore(context);
    return inside;
  }

  bool lets_through(const Layer& layer, double x, double y) {
    if (layer.clip == kNoShape) return true;
    cairo_t* const context = context_.get();
    cairo_new_path(context);
    trace(context, figures_.outlines[layer.clip], figures_.placement(layer));
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING);
    return cairo_in_fill(context, x, y);
  }

  Figures figures_;
  PicturePoint point_;
  double slack_;
  std::unique_ptr<cairo_surface_t, FreeSurface> surface_;
  std::unique_ptr<cairo_t, FreeSurface> context_;
  std::vector<Candidate> candidates_;
  std::size_t of_layer_ = 0;
};

bool is_possible(const RenderFrame& frame, const PicturePoint& point) {
  return point.width > 0 && point.height > 0 && std::isfinite(point.x) && std::isfinite(point.y) &&
         !frame::validate_picture(frame);
}

}  // namespace

std::vector<Hit> hits_at(const RenderFrame& frame, const PicturePoint& point) {
  if (!is_possible(frame, point)) return {};
  return Picker(frame, point, 0).at(point.x, point.y);
}

std::vector<Hit> hits_near(const RenderFrame& frame, const PicturePoint& point, double slack) {
  constexpr int kDirections = 12;
  if (!is_possible(frame, point)) return {};
  Picker picker(frame, point, slack);
  std::vector<Hit> hits = picker.at(point.x, point.y);
  if (!picker.has_candidates()) return hits;
  for (double away = 1; hits.empty() && away <= slack; ++away) {
    for (int i = 0; hits.empty() && i < kDirections; ++i) {
      const double angle = 2 * std::numbers::pi * i / kDirections;
      hits = picker.at(point.x + away * std::cos(angle), point.y + away * std::sin(angle));
    }
  }
  return hits;
}

}  // namespace oscilla::output
