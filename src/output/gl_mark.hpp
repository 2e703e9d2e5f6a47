// What stands in the place of a pass that cannot be drawn: a crossed-out box in the middle of the picture, in a colour
// that nobody overlooks.
#pragma once

#include <algorithm>
#include <array>

#include "oscilla/frame.hpp"

namespace oscilla::output {

struct MarkFrame {
  /// For a picture whose smaller side has so many pixels.
  explicit MarkFrame(double pixels) {
    stroke[0] = static_cast<float>(std::max(1 / pixels, 0.02));
    passes[0].name = "mark";
    passes[0].instances = {1, 1, core, {}, {}, {}, {}, stroke};
    passes[0].batches = batches;
    frame.passes = passes;
    frame.shapes = shapes;
    frame.topologies = topologies;
    frame.points = points;
  }
  MarkFrame(const MarkFrame&) = delete;

  RenderFrame frame;

 private:
  static constexpr float kSide = 0.3f;
  static constexpr std::array<PathVerb, 9> kVerbs = {PathVerb::Move, PathVerb::Line,  PathVerb::Line,
                                                     PathVerb::Line, PathVerb::Close, PathVerb::Move,
                                                     PathVerb::Line, PathVerb::Move,  PathVerb::Line};

  std::array<float, 16> points{-kSide, -kSide, kSide, -kSide, kSide,  kSide, -kSide, kSide,
                               -kSide, -kSide, kSide, kSide,  -kSide, kSide, kSide,  -kSide};
  std::array<Topology, 1> topologies{Topology{kVerbs}};
  std::array<Shape, 1> shapes{Shape{ShapeKind::Path, {}, 0, 0}};
  std::array<InstanceCore, 1> core{InstanceCore{0.5f, 0.5f, 0, 1, 1, 0, 1, 0.25f}};
  std::array<float, kStrokeFloats> stroke{0.02f, 1, 0, 1, 1};
  std::array<Batch, 1> batches{Batch{0, 1, 0}};
  std::array<Pass, 1> passes;
};

}  // namespace oscilla::output
