// What a tick makes: one picture as flat arrays that any backend can draw without knowing the engine. A backend walks
// the passes in order, each pass's batches in order, each batch's lanes in order, and paints one over the other. It
// decides nothing: projection, culling, order, colours and continuity are already in the numbers.
//
// Space: x to the right, y up. The square [0,1] x [0,1] is the centred square of min(width, height) pixels
// (Fit::Square) or the whole canvas (Fit::Stretch); what lies beside it is drawn too. Only backends flip y. Colours are
// sRGB with straight alpha, 0..1, blended as the web's canvas does.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace oscilla {

/// Grows when the meaning or layout of a frame changes; part of its canonical bytes.
inline constexpr std::uint32_t kFrameVersion = 1;

enum class ShapeKind : std::uint8_t { Ellipse, Rectangle, Path };

/// A figure around the origin, in units of min(width, height) at size 1; y up, angles counter-clockwise in radians.
/// Ellipse: radius x, radius y, rotation, 0. Rectangle: width, height, rotation, corner radius. Path: rotation, 0, 0,
/// 0, and its points, two floats each, begin at `first_point` of RenderFrame::points and follow the verbs of
/// `topology`.
struct Shape {
  ShapeKind kind = ShapeKind::Ellipse;
  std::array<float, 4> parameters{};
  std::uint32_t topology = 0;
  std::uint32_t first_point = 0;
};

/// How a path's points are joined. Points used: Move 1, Line 1, Cubic 3, Quadratic 2, Close 0.
enum class PathVerb : std::uint8_t { Move, Line, Cubic, Quadratic, Close };

struct Topology {
  std::span<const PathVerb> verbs;
};

/// The web's compositing operators (W3C Compositing and Blending Level 1).
enum class Blend : std::uint8_t { Normal, Multiply, Screen, Add, Overlay, Darken, Lighten, Difference };

/// The eight floats that every instance has.
struct InstanceCore {
  float x, y;        ///< screen position
  float depth;       ///< 0 near .. 1 far
  float size;        ///< factor on the shape's measures, already projected
  float r, g, b, a;  ///< fill
};
static_assert(sizeof(InstanceCore) == 32);

/// Lanes of one pass. Optional arrays are empty where every lane has the neutral value.
struct Instances {
  std::uint32_t count = 0;    ///< lanes in `core`
  std::uint32_t visible = 0;  ///< lanes that are drawn
  std::span<const InstanceCore> core;
  std::span<const float> rotation;       ///< radians, counter-clockwise; empty: 0
  std::span<const std::uint32_t> shape;  ///< index into RenderFrame::shapes; empty: the batch's shape for all
  std::span<const std::uint32_t>
      order;                          ///< the visible lanes, far to near, ties by lane; empty: lanes 0 .. visible - 1
  std::span<const float> scale = {};  ///< two a lane: more factors on the figure's own x and y; empty: 1, 1
};

/// A run of drawn lanes, positions [first, first + count) of the pass's order, that share one shape.
struct Batch {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t shape = 0;
};

/// One sink's picture.
struct Pass {
  std::string_view name;  ///< the sink's full name
  std::int32_t layer = 0;
  Blend blend = Blend::Normal;
  Instances instances;
  std::span<const Batch> batches;
};

enum class Fit : std::uint8_t { Square, Stretch };

/// One frame. Spans stay valid until the second next tick of the session that made it.
struct RenderFrame {
  std::uint32_t version = kFrameVersion;
  std::int64_t tick = 0;
  double t_ms = 0;             ///< model time
  std::uint32_t width = 1280;  ///< the patch's canvas; a backend may draw at any size
  std::uint32_t height = 720;
  Fit fit = Fit::Square;
  std::array<float, 4> background{0, 0, 0, 1};
  std::span<const Pass> passes;  ///< in painter's order
  std::span<const Shape> shapes;
  std::span<const Topology> topologies;
  std::span<const float> points;
};

}  // namespace oscilla
