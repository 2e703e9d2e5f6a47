// A frame as the backends that draw pixels walk through it: the passes and sheets in painter's order, the lanes of a
// batch that show, and how their figures stand. Counts what becomes of the lanes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "frame/validate.hpp"
#include "oscilla/frame.hpp"
#include "output/draw_report.hpp"
#include "output/outline.hpp"
#include "output/view.hpp"

namespace oscilla::output {

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

/// The line of a lane, its five floats; null where it has none.
inline const float* line_of(const Pass& pass, std::uint32_t lane) {
  if (pass.instances.stroke.empty()) return nullptr;
  const float* line = pass.instances.stroke.data() + kStrokeFloats * std::size_t{lane};
  return line[0] > 0 && line[4] > 0 ? line : nullptr;
}

/// How far the tips of a line with this join stand out, in halves of its width.
inline double tip_of(const Style& style) {
  return style.join == LineJoin::Miter ? double{kMiterLimit} : std::numbers::sqrt2;
}

class Figures {
 public:
  Figures(const RenderFrame& frame, std::uint32_t width, std::uint32_t height);

  const RenderFrame& frame;
  const std::uint32_t width, height;  ///< of the picture, in pixels
  const View view;
  std::vector<Outline> outlines;  ///< of the frame's shapes; empty of one that is not valid
  std::vector<Box> boxes;
  DrawReport report;

  /// `canvas` does the drawing: begin_layer(), pass(pass), mark() in the place of a pass that is not valid, and
  /// end_layer(layer) lay one over the other.
  template <class Canvas>
  void each_pass(Canvas& canvas);

  /// Calls draw(lane, pose) for the lanes of a batch that show.
  template <class Draw>
  void each_lane(const Pass& pass, const Batch& batch, Draw draw);

  Placement placement(float x, float y, double size, const Pose& pose) const {
    const double sx = size * view.unit * pose.scale_x;
    const double sy = size * view.unit * pose.scale_y;
    return {sx * pose.cos, -sx * pose.sin, -sy * pose.sin, -sy * pose.cos, view.x(x), view.y(y)};
  }
  Placement placement(const Layer& layer) const {
    const double rotation = base_rotation(frame.shapes[layer.clip]) + layer.place[3];
    return placement(layer.place[0], layer.place[1], layer.place[2], {std::cos(rotation), std::sin(rotation)});
  }

 private:
  const Layer* layer_of(const Pass& pass) const;
  /// Why a pass cannot be drawn is in the report then.
  bool is_sound(const Pass& pass);
  /// Counts a figure around (x, y) that is not further away than `reach`; true where it touches the picture.
  bool shows(double x, double y, double reach);
};

template <class Canvas>
void Figures::each_pass(Canvas& canvas) {
  const Layer* open = nullptr;
  for (const Pass& each : frame.passes) {
    const Layer* mine = layer_of(each);
    if (mine != open) {
      if (open) canvas.end_layer(*open);
      if (mine) canvas.begin_layer();
      open = mine;
    }
    if (is_sound(each)) {
      canvas.pass(each);
    } else {
      canvas.mark();
    }
  }
  if (open) canvas.end_layer(*open);
}

template <class Draw>
void Figures::each_lane(const Pass& pass, const Batch& batch, Draw draw) {
  const Instances& instances = pass.instances;
  const double base = base_rotation(frame.shapes[batch.shape]);
  if (!(pass.weight > 0)) return;
  const double tip = tip_of(pass.style);
  Pose pose{std::cos(base), std::sin(base)};
  for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
    const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
    const InstanceCore& core = instances.core[lane];
    double reach = outlines[batch.shape].reach;
    const float* line = line_of(pass, lane);
    if (line) reach += 0.5 * tip * line[0];
    if (!line && !(core.a > 0)) {
      ++report.unseen;
      continue;
    }
    if (!instances.scale.empty()) {
      pose.scale_x = instances.scale[std::size_t{2} * lane];
      pose.scale_y = instances.scale[std::size_t{2} * lane + 1];
    }
    const double size = std::abs(core.size) * view.unit * std::max(std::abs(pose.scale_x), std::abs(pose.scale_y));
    if (!shows(view.x(core.x), view.y(core.y), reach * size)) continue;
    if (!instances.rotation.empty()) {
      pose.cos = std::cos(base + instances.rotation[lane]);
      pose.sin = std::sin(base + instances.rotation[lane]);
    }
    draw(lane, pose);
  }
}

}  // namespace oscilla::output
