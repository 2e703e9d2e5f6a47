#include "output/debug_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "output/outline.hpp"

namespace oscilla::output {
namespace {

constexpr float kOverdraw = 0.12f;  // of one painting
constexpr float kFaint = 0.25f;

/// Six colours round the circle, mixed.
std::array<float, 3> hue(float turn) {
  const auto channel = [turn](float shift) {
    const float h = (turn + shift - std::floor(turn + shift)) * 6;
    return std::clamp(std::abs(h - 3) - 1, 0.0f, 1.0f);
  };
  return {channel(0), channel(2.0f / 3), channel(1.0f / 3)};
}

/// Far apart for numbers that follow one another.
std::array<float, 3> color_of_batch(std::size_t number) {
  const auto color = hue(0.61803399f * static_cast<float>(number % 1024));
  return {0.3f + 0.7f * color[0], 0.3f + 0.7f * color[1], 0.3f + 0.7f * color[2]};
}

template <class F>
void each_drawn(const Pass& pass, F f) {
  for (std::size_t b = 0; b < pass.batches.size(); ++b) {
    const Batch& batch = pass.batches[b];
    for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
      f(pass.instances.order.empty() ? position : pass.instances.order[position], b);
    }
  }
}

}  // namespace

/// Only what is drawn is looked at: other lanes may hold anything.
void DebugViewer::recolor(DebugView view, const Pass& from, Pass& to, Lanes& lanes) {
  to.style.fill = {};
  to.instances.stroke = {};
  to.blend = view == DebugView::Overdraw ? Blend::Add : Blend::Normal;
  float nearest = 1, farthest = 0;
  each_drawn(from, [&](std::uint32_t lane, std::size_t) {
    nearest = std::min(nearest, lanes.core[lane].depth);
    farthest = std::max(farthest, lanes.core[lane].depth);
  });
  const float last = std::max<float>(1, static_cast<float>(from.instances.count) - 1);
  each_drawn(from, [&](std::uint32_t lane, std::size_t batch) {
    InstanceCore& core = lanes.core[lane];
    std::array<float, 3> color{1, 1, 1};
    core.a = 1;
    if (view == DebugView::Overdraw) core.a = kOverdraw;
    if (view == DebugView::Batches) color = color_of_batch(batch);
    if (view == DebugView::Lanes) color = hue(2.0f / 3 + 0.5f * static_cast<float>(lane) / last);
    if (view == DebugView::Depth) {
      const float part = farthest > nearest ? (core.depth - nearest) / (farthest - nearest) : 0;
      color.fill(1 - 0.85f * part);
    }
    core.r = color[0];
    core.g = color[1];
    core.b = color[2];
  });
}

/// A pen has the same width everywhere only if it is as much thinner as its figure is larger.
void DebugViewer::outline(const Pass& from, Pass& to, Lanes& lanes, double width) const {
  lanes.stroke.assign(kStrokeFloats * lanes.core.size(), 0);
  each_drawn(from, [&](std::uint32_t lane, std::size_t) {
    const InstanceCore& core = from.instances.core[lane];
    if (core.size == 0) return;
    const float own[] = {static_cast<float>(width / std::abs(core.size)), core.r, core.g, core.b, 1};
    std::copy_n(own, kStrokeFloats, lanes.stroke.begin() + static_cast<std::ptrdiff_t>(kStrokeFloats * lane));
  });
  to.style = {.fill = {.paint = Paint::None}};
  to.blend = Blend::Normal;
  to.instances.stroke = lanes.stroke;
}

/// For every pass one behind it, with the boxes of its figures.
void DebugViewer::add_bounds(const RenderFrame& frame, double width) {
  shapes_.assign(frame.shapes.begin(), frame.shapes.end());
  for (std::uint32_t s = 0; s < frame.shapes.size(); ++s) {
    const Box box = box_of(frame, s);
    const double half_width = box.half_width + std::abs(box.x);  // around the origin, that it turns with
    const double half_height = box.half_height + std::abs(box.y);
    const float rotation = frame.shapes[s].parameters[frame.shapes[s].kind == ShapeKind::Path ? 0 : 2];
    shapes_.push_back({ShapeKind::Rectangle,
                       {static_cast<float>(2 * half_width), static_cast<float>(2 * half_height), rotation, 0},
                       0,
                       0});
  }
  const auto shapes = static_cast<std::uint32_t>(frame.shapes.size());
  const std::size_t passes = frame.passes.size();
  passes_.resize(2 * passes);
  lanes_.resize(2 * passes);
  batches_.resize(passes);
  for (std::size_t p = passes; p-- > 0;) {
    passes_[2 * p] = passes_[p];
    Pass& boxes = passes_[2 * p + 1] = passes_[2 * p];
    Lanes& lanes = lanes_[passes + p];
    lanes.core = lanes_[p].core;
    boxes.instances.core = lanes.core;
    outline(passes_[2 * p], boxes, lanes, width);
    batches_[p].assign(boxes.batches.begin(), boxes.batches.end());
    for (Batch& batch : batches_[p]) batch.shape += shapes;
    boxes.batches = batches_[p];
    lanes.shape.assign(boxes.instances.shape.begin(), boxes.instances.shape.end());
    for (std::uint32_t& shape : lanes.shape) shape += shapes;
    boxes.instances.shape = lanes.shape;
    for (InstanceCore& core : lanes_[p].core) core.a *= kFaint;
  }
  frame_.shapes = shapes_;
}

const RenderFrame& DebugViewer::apply(DebugView view, const RenderFrame& frame, double pixels) {
  if (view == DebugView::None) return frame;
  const double width = 1 / std::max(pixels, 1.0);
  frame_ = frame;
  passes_.assign(frame.passes.begin(), frame.passes.end());
  lanes_.resize(std::max(lanes_.size(), passes_.size()));
  for (std::size_t p = 0; p < passes_.size(); ++p) {
    lanes_[p].core.assign(frame.passes[p].instances.core.begin(), frame.passes[p].instances.core.end());
    passes_[p].instances.core = lanes_[p].core;
    if (view == DebugView::Wireframe) outline(frame.passes[p], passes_[p], lanes_[p], width);
    if (view != DebugView::Wireframe && view != DebugView::Bounds)
      recolor(view, frame.passes[p], passes_[p], lanes_[p]);
  }
  if (view == DebugView::Bounds) add_bounds(frame, width);
  frame_.layers = {};
  if (view != DebugView::Bounds) {
    frame_.background = {0, 0, 0, 1};
    frame_.background_fill = {};
  }
  frame_.passes = passes_;
  return frame_;
}

}  // namespace oscilla::output
