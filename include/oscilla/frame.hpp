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

/// Grows when the meaning or layout of a frame changes. Its canonical bytes name the oldest version that has all that
/// the frame uses, so a picture keeps its digest. Version 2 added Style, Instances::stroke, Pass::weight, layers and
/// the background's fill.
inline constexpr std::uint32_t kFrameVersion = 2;

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

/// What a surface is filled with.
enum class Paint : std::uint8_t { None, Solid, Linear, Radial };

/// Which parts of an outline that crosses itself, or has several contours, are inside.
enum class FillRule : std::uint8_t { NonZero, EvenOdd };

enum class LineJoin : std::uint8_t { Miter, Round, Bevel };
enum class LineCap : std::uint8_t { Butt, Round, Square };

/// A mitred corner whose tip would be longer than this many line widths is bevelled, as in SVG.
inline constexpr float kMiterLimit = 4;

/// One colour of a gradient, straight alpha.
struct GradientStop {
  float at = 0;  ///< 0 where the gradient begins, 1 where it ends; what is beyond counts as 0 or 1
  std::array<float, 4> color{};
};

/// Solid: the colour of the lane (of the background: its colour). Linear: from place (x0, y0) to (x1, y1). Radial: from
/// the middle (x, y) outwards, as far as the third number. Places are relative to the box of what is filled: -1 left or
/// below, 1 right or above; a figure's box lies along its own axes and is that of all its points, those that only draw
/// a curve towards them included. Stops ascend; before the first and behind the last their colours go on; without a
/// stop nothing is filled. Colours between stops are mixed with straight alpha; the lane's colour is multiplied in.
struct Fill {
  Paint paint = Paint::Solid;
  std::array<float, 4> place{};
  std::span<const GradientStop> stops = {};
};

/// So many dashes and gaps a line has at most.
inline constexpr std::size_t kMostDashes = 64;

/// How the lanes of a pass are filled and stroked: what they share. Lines lie over the fill. Dashes are measured as
/// the line's width is; an odd number of them counts twice over; where none of them is above 0, or one is below, the
/// line is whole.
struct Style {
  Fill fill;
  FillRule rule = FillRule::NonZero;
  LineJoin join = LineJoin::Miter;
  LineCap cap = LineCap::Butt;
  std::span<const float> dashes = {};
  float dash_offset = 0;
};

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
  /// Five a lane: the width of the line round the figure, in its measures (size and scale stretch the pen as well), and
  /// its r, g, b, a. Empty: no line.
  std::span<const float> stroke = {};
};
inline constexpr std::size_t kStrokeFloats = 5;

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
  Style style = {};
  float weight = 1;  ///< what every alpha is multiplied by: below 1 in a trail, a pass as it was some ticks ago
};

inline constexpr std::uint32_t kNoShape = 0xffffffffu;

/// What happens to all passes of one layer together: they are painted on a sheet of their own, which is cut out, faded
/// and laid over what is there.
struct Layer {
  std::int32_t layer = 0;
  Blend blend = Blend::Normal;
  float opacity = 1;
  std::uint32_t clip = kNoShape;           ///< only what lies inside this shape is seen
  std::array<float, 4> place{0, 0, 1, 0};  ///< of the clip: screen x and y, size, rotation
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
  std::span<const Pass> passes;  ///< in painter's order: by layer
  std::span<const Shape> shapes;
  std::span<const Topology> topologies;
  std::span<const float> points;
  Fill background_fill = {};           ///< relative to the whole canvas; its colours are not multiplied by `background`
  std::span<const Layer> layers = {};  ///< ascending, one at most for each number; a layer without one is only an order
};

}  // namespace oscilla
