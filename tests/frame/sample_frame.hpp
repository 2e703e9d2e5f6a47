// A frame for tests, built by hand: two passes, all three shapes, every optional array, more than one unit of lanes.
// All its arrays are members, so that a test can change anything and look at `frame` again.
#pragma once

#include <cmath>
#include <numeric>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::test {

struct SampleFrame {
  explicit SampleFrame(std::uint32_t lanes = 5000) {
    for (std::uint32_t i = 0; i < lanes; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(lanes);
      core.push_back({t, 1 - t, 0.5f, 1, t, 0.25f, 1 - t, 0.75f});
    }
    overlay_core = {
        {0.25f, 0.5f, 0.1f, 1, 1, 0, 0, 1}, {0.5f, 0.5f, 0.2f, 2, 0, 1, 0, 0.5f}, {0.75f, 0.5f, 0.3f, 1, 0, 0, 1, 1}};
    rotation = {0, 0.5f, -0.25f};
    shape_of_lane = {1, 0, 2};
    order = {2, 0};
    batches = {{0, lanes, 0}};
    overlay_batches = {{0, 1, 2}, {1, 1, 1}};
    passes.resize(2);
    link();
  }
  SampleFrame(const SampleFrame&) = delete;

  /// Points the frame at the arrays again, after one changed its size.
  void link() {
    topologies = {Topology{verbs}};
    passes[0].name = "dots.draw";
    passes[0].instances = {
        static_cast<std::uint32_t>(core.size()), static_cast<std::uint32_t>(core.size()), core, {}, {}, {}, {}};
    passes[0].batches = batches;
    passes[1].name = "overlay";
    passes[1].layer = 2;
    passes[1].blend = Blend::Screen;
    passes[1].instances = {static_cast<std::uint32_t>(overlay_core.size()),
                           static_cast<std::uint32_t>(order.size()),
                           overlay_core,
                           rotation,
                           shape_of_lane,
                           order,
                           scale};
    passes[1].batches = overlay_batches;
    frame.tick = 42;
    frame.t_ms = 700.5;
    frame.background = {0.04f, 0.04f, 0.07f, 1};
    frame.passes = passes;
    frame.shapes = shapes;
    frame.topologies = topologies;
    frame.points = points;
  }

  /// Lines, a gradient, dashes, a layer and a sky: what frames of the first version had not.
  void decorate() {
    link();
    passes[1].instances.stroke = stroke;
    passes[1].style = {.fill = {Paint::Radial, {0, 0.25f, 1, 0}, stops},
                       .rule = FillRule::EvenOdd,
                       .join = LineJoin::Round,
                       .cap = LineCap::Square,
                       .dashes = dashes,
                       .dash_offset = 0.5f};
    frame.background_fill = {Paint::Linear, {0, -1, 0, 1}, stops};
    frame.layers = layers;
  }

  std::vector<float> stroke = {0.01f, 1, 0, 0, 1, 0.02f, 0, 1, 0, 0.5f, 0, 0, 0, 1, 1};
  std::vector<GradientStop> stops = {{0, {1, 1, 1, 1}}, {0.5f, {1, 0, 0, 0.5f}}, {1, {0, 0, 1, 1}}};
  std::vector<float> dashes = {0.1f, 0.05f};
  std::vector<Layer> layers = {{2, Blend::Multiply, 0.75f, 1, {0.5f, 0.5f, 2, 0.1f}}};
  std::vector<InstanceCore> core;
  std::vector<InstanceCore> overlay_core;
  std::vector<float> rotation;
  std::vector<float> scale = {1, 2, 0.5f, 1, 1, 1};
  std::vector<std::uint32_t> shape_of_lane;
  std::vector<std::uint32_t> order;
  std::vector<Batch> batches;
  std::vector<Batch> overlay_batches;
  std::vector<Pass> passes;
  std::vector<Shape> shapes = {{ShapeKind::Ellipse, {0.01f, 0.02f, 0.3f, 0}, 0, 0},
                               {ShapeKind::Rectangle, {0.1f, 0.05f, 0, 0.01f}, 0, 0},
                               {ShapeKind::Path, {0.2f, 0, 0, 0}, 0, 2}};
  std::vector<PathVerb> verbs = {PathVerb::Move, PathVerb::Line, PathVerb::Quadratic, PathVerb::Cubic, PathVerb::Close};
  std::vector<Topology> topologies;
  std::vector<float> points = {9, 9, 0, 0.1f, 0.1f, 0, 0.1f, -0.1f, 0, -0.1f, -0.1f, -0.1f, -0.1f, 0, 0, 0.1f};
  RenderFrame frame;
};

}  // namespace oscilla::test
