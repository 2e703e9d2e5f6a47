#include "output/svg_encode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

#include "frame/validate.hpp"
#include "output/capabilities.hpp"
#include "output/outline.hpp"
#include "output/svg_text.hpp"
#include "output/view.hpp"

namespace oscilla::output {
namespace {

std::string_view css_name(Blend blend) {
  switch (blend) {
    case Blend::Normal: return "normal";
    case Blend::Multiply: return "multiply";
    case Blend::Screen: return "screen";
    case Blend::Add: return "plus-lighter";
    case Blend::Overlay: return "overlay";
    case Blend::Darken: return "darken";
    case Blend::Lighten: return "lighten";
    case Blend::Difference: return "difference";
  }
  return "normal";
}

class SvgWriter : private SvgText {
 public:
  SvgWriter(const RenderFrame& frame, std::uint32_t width, std::uint32_t height, std::vector<std::uint8_t>& bytes)
      : SvgText(bytes), frame_(frame), view_(frame.fit, width, height), width_(width), height_(height) {
    put("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n", width,
        height);
  }

  void styles() {
    std::uint32_t used = 0;
    for (const Pass& pass : frame_.passes) used |= 1u << static_cast<int>(pass.blend);
    used &= ~1u;  // Normal needs none
    if (used == 0) return;
    text("<style>");
    for (int i = 0; i < 8; ++i) {
      if (used >> i & 1) put(".{0}>use{{mix-blend-mode:{0}}}", css_name(static_cast<Blend>(i)));
    }
    text("</style>\n");
  }

  void shapes() {
    text("<defs>\n");
    for (std::uint32_t i = 0; i < frame_.shapes.size(); ++i) {
      if (!frame::validate_shape(frame_, i)) shape(frame_.shapes[i], i);
    }
    for (const Layer& layer : frame_.layers) {
      if (layer.clip == kNoShape) continue;
      put("<clipPath id=\"c{0}\"><use href=\"#s{1}\" transform=\"translate(", layer.layer, layer.clip);
      numbers({{view_.x(layer.place[0])}, {view_.y(layer.place[1])}});
      text(")");
      rotate(layer.place[3]);
      scale(frame_.shapes[layer.clip], layer.place[2], 1, 1);
      text("\"/></clipPath>\n");
    }
    text("</defs>\n");
  }

  void background(const std::array<float, 4>& color, const Fill& fill) {
    const FlatFill flat = flat_fill(fill);
    if (flat.none) return;
    const double x = 0.5 * width_;
    const double y = 0.5 * height_;
    if (!flat.flat) gradient(fill, {x, -y, x, y}, 1, {1, 1, 1, 1});
    text("<rect width=\"100%\" height=\"100%\"");
    const std::array<float, 4>& c = fill.paint == Paint::Solid ? color : flat.color;
    flat.flat ? SvgText::color("fill", "fill-opacity", c[0], c[1], c[2], c[3])
              : put(" fill=\"url(#g{})\"", gradients_ - 1);
    text("/>\n");
  }

  void passes() {
    const Layer* open = nullptr;
    for (const Pass& each : frame_.passes) {
      const auto found = std::find_if(frame_.layers.begin(), frame_.layers.end(),
                                      [&](const Layer& layer) { return layer.layer == each.layer; });
      const Layer* mine = found == frame_.layers.end() ? nullptr : &*found;
      if (mine != open && open) text("</g>\n");
      if (mine != open && mine) begin(*mine);
      open = mine;
      frame::validate_pass(frame_, each) ? mark(each) : pass(each);
    }
    if (open) text("</g>\n");
  }

  void end() { text("</svg>\n"); }

 private:
  void begin(const Layer& layer) {
    put("<g data-layer=\"{}\" style=\"isolation:isolate;mix-blend-mode:{}\"", layer.layer, css_name(layer.blend));
    if (layer.opacity < 1) attribute("opacity", {std::max(layer.opacity, 0.0f)});
    if (layer.clip != kNoShape) put(" clip-path=\"url(#c{})\"", layer.layer);
    text(">\n");
  }

  void pass(const Pass& pass) {
    text("<g data-pass=\"");
    escaped(pass.name);
    text(pass.blend == Blend::Normal ? "\"" : fmt::format("\" class=\"{}\"", css_name(pass.blend)));
    style(pass);
    text(">\n");
    tinted_ = kNoShape;
    for (const Batch& batch : pass.batches) {
      for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
        const std::uint32_t lane = pass.instances.order.empty() ? position : pass.instances.order[position];
        use(pass, batch.shape, lane);
      }
    }
    text("</g>\n");
  }

  /// A crossed-out box in the middle, in the place of a pass that cannot be drawn.
  void mark(const Pass& pass) {
    const double side = 0.3 * view_.unit;
    text("<g data-pass=\"");
    escaped(pass.name);
    text("\" data-broken=\"true\" fill=\"#ff00ff\" fill-opacity=\"0.25\" stroke=\"#ff00ff\"");
    attribute("stroke-width", {std::max(1.0, 0.02 * view_.unit)});
    text("><path transform=\"translate(");
    numbers({{0.5 * width_}, {0.5 * height_}});
    put(")\" d=\"M-{0} -{0}H{0}V{0}H-{0}ZL{0} {0}M-{0} {0}L{0} -{0}\"/></g>\n", fmt::format("{:.1f}", side));
  }

  /// What all lanes of a pass share.
  void style(const Pass& pass) {
    const Style& style = pass.style;
    constexpr std::string_view kJoins[] = {"miter", "round", "bevel"};
    constexpr std::string_view kCaps[] = {"butt", "round", "square"};
    if (style.rule == FillRule::EvenOdd) text(" fill-rule=\"evenodd\"");
    if (pass.instances.stroke.empty()) return;
    if (style.join != LineJoin::Miter) put(" stroke-linejoin=\"{}\"", kJoins[static_cast<std::size_t>(style.join)]);
    if (style.cap != LineCap::Butt) put(" stroke-linecap=\"{}\"", kCaps[static_cast<std::size_t>(style.cap)]);
    if (dash_period(style) <= 0) return;
    text(" stroke-dasharray=\"");
    for (std::size_t i = 0; i < style.dashes.size(); ++i) {
      if (i > 0) text(" ");
      number({style.dashes[i] * view_.unit});
    }
    text("\"");
    if (style.dash_offset != 0) attribute("stroke-dashoffset", {style.dash_offset * view_.unit});
  }

  /// One over a box whose middle and half sides, y up, are `box` in a space of `unit` pixels.
  void gradient(const Fill& fill, const Box& box, double unit, const std::array<float, 4>& tint) {
    const bool linear = fill.paint == Paint::Linear;
    const std::string_view element = linear ? "linearGradient" : "radialGradient";
    put("<{} id=\"g{}\" gradientUnits=\"userSpaceOnUse\"", element, gradients_++);
    constexpr std::string_view kLinear[] = {"x1", "y1", "x2", "y2"};
    constexpr std::string_view kRadial[] = {"cx", "cy", "r"};
    for (std::size_t i = 0; i < (linear ? 4u : 3u); ++i) attribute(linear ? kLinear[i] : kRadial[i], {fill.place[i]});
    text(" gradientTransform=\"matrix(");
    numbers({{box.half_width * unit}, {0}, {0}, {-box.half_height * unit}, {box.x * unit}, {-box.y * unit}});
    text(")\">");
    for (const GradientStop& stop : fill.stops) {
      text("<stop");
      attribute("offset", {stop.at, 6});
      const auto& c = stop.color;
      color("stop-color", "stop-opacity", c[0] * tint[0], c[1] * tint[1], c[2] * tint[2], c[3]);
      text("/>");
    }
    put("</{}>\n", element);
  }

  /// The number of the gradient of this shape with the lane's colour; lanes of one colour in a row share it.
  std::uint32_t gradient_of(const Fill& fill, std::uint32_t shape, const InstanceCore& core) {
    const std::array<float, 4> tint{core.r, core.g, core.b, 1};
    if (tinted_ != shape || tint != tint_) gradient(fill, box_of(frame_, shape), view_.unit, tint);
    tinted_ = shape;
    tint_ = tint;
    return gradients_ - 1;
  }

  /// Counter-clockwise radians as SVG's clockwise degrees.
  static Number degrees(double radians) { return {std::fmod(-radians * 180 / std::numbers::pi, 360)}; }

  void shape(const Shape& shape, std::size_t index) {
    const auto& p = shape.parameters;
    const bool no_area = p[0] == 0 || p[1] == 0;  // SVG draws no line round such an ellipse or rectangle
    if (shape.kind != ShapeKind::Path && (no_area || has_dashes())) {
      outline(index);
      return base_transform(shape);
    }
    switch (shape.kind) {
      case ShapeKind::Ellipse:
        put("<ellipse id=\"s{}\"", index);
        attribute("rx", {std::abs(p[0]) * view_.unit});
        attribute("ry", {std::abs(p[1]) * view_.unit});
        break;
      case ShapeKind::Rectangle: rectangle(shape, index); break;
      case ShapeKind::Path: path(shape, index); break;
    }
    base_transform(shape);
  }

  bool has_dashes() const {
    return std::any_of(frame_.passes.begin(), frame_.passes.end(),
                       [](const Pass& pass) { return !pass.instances.stroke.empty() && dash_period(pass.style) > 0; });
  }

  /// SVG's own ellipses and rectangles begin elsewhere and go the other way round, which dashes show.
  void outline(std::size_t index) {
    const Outline outline = outline_of(frame_, static_cast<std::uint32_t>(index));
    put("<path id=\"s{}\" d=\"", index);
    const OutlinePoint* point = outline.points.data();
    for (const Outline::Step step : outline.steps) {
      constexpr std::string_view kCommands[] = {"M", "L", "C", "Z"};
      constexpr int kPoints[] = {1, 1, 3, 0};
      text(kCommands[static_cast<std::size_t>(step)]);
      for (int i = 0; i < kPoints[static_cast<std::size_t>(step)]; ++i, ++point) {
        if (i > 0) text(" ");
        numbers({{point->x * view_.unit}, {-point->y * view_.unit}});
      }
    }
    text("\"");
  }

  /// The rest of a shape's element.
  void base_transform(const Shape& shape) {
    if (const double rotation = base_rotation(shape); rotation != 0) {
      text(" transform=\"rotate(");
      number(degrees(rotation));
      text(")\"");
    }
    text("/>\n");
  }

  void rectangle(const Shape& shape, std::size_t index) {
    const double width = std::abs(shape.parameters[0]) * view_.unit;
    const double height = std::abs(shape.parameters[1]) * view_.unit;
    const double corner = std::clamp(shape.parameters[3] * view_.unit, 0.0, 0.5 * std::min(width, height));
    put("<rect id=\"s{}\"", index);
    attribute("x", {-0.5 * width});
    attribute("y", {-0.5 * height});
    attribute("width", {width});
    attribute("height", {height});
    if (corner > 0) attribute("rx", {corner});
  }

  void path(const Shape& shape, std::size_t index) {
    put("<path id=\"s{}\" d=\"", index);
    const float* point = frame_.points.data() + shape.first_point;
    for (const PathVerb verb : frame_.topologies[shape.topology].verbs) {
      switch (verb) {
        case PathVerb::Move: point = points("M", point, 1); break;
        case PathVerb::Line: point = points("L", point, 1); break;
        case PathVerb::Cubic: point = points("C", point, 3); break;
        case PathVerb::Quadratic: point = points("Q", point, 2); break;
        case PathVerb::Close: text("Z"); break;
      }
    }
    text("\"");
  }

  const float* points(std::string_view command, const float* point, int count) {
    text(command);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text(" ");
      number({*point++ * view_.unit});
      text(" ");
      number({*point++ * -view_.unit});
    }
    return point;
  }

  void rotate(double radians) {
    if (radians == 0) return;
    text(" rotate(");
    number(degrees(radians));
    text(")");
  }

  /// A figure is scaled along its own axes: its own rotation is taken back around that.
  void scale(const Shape& shape, double size, double x, double y) {
    const double base = x == y ? 0 : base_rotation(shape);
    rotate(base);
    if (size * x != 1 || size * y != 1) {
      text(" scale(");
      number({size * x, 7});
      if (x != y) {
        text(" ");
        number({size * y, 7});
      }
      text(")");
    }
    rotate(-base);
  }

  void use(const Pass& pass, std::uint32_t shape, std::uint32_t lane) {
    const Instances& instances = pass.instances;
    const InstanceCore& core = instances.core[lane];
    const float* stroke =
        instances.stroke.empty() ? nullptr : instances.stroke.data() + kStrokeFloats * std::size_t{lane};
    if (stroke && !(stroke[0] > 0 && stroke[4] > 0)) stroke = nullptr;
    const FlatFill flat = flat_fill(pass.style.fill);
    const bool filled = core.a > 0 && !flat.none;
    const std::size_t at = std::size_t{2} * lane;
    const float scale_x = instances.scale.empty() ? 1 : instances.scale[at];
    const float scale_y = instances.scale.empty() ? 1 : instances.scale[at + 1];
    if (core.size == 0 || scale_x == 0 || scale_y == 0 || !(filled || stroke)) return;  // a matrix must not be singular
    const std::uint32_t gradient = filled && !flat.flat ? gradient_of(pass.style.fill, shape, core) : 0;
    put("<use href=\"#s{}\" transform=\"translate(", shape);
    numbers({{view_.x(core.x)}, {view_.y(core.y)}});
    text(")");
    rotate(instances.rotation.empty() ? 0 : instances.rotation[lane]);
    scale(frame_.shapes[shape], core.size, scale_x, scale_y);
    text("\"");
    if (!filled) {
      text(" fill=\"none\"");
    } else if (flat.flat) {
      const auto& c = flat.color;
      color("fill", "fill-opacity", c[0] * core.r, c[1] * core.g, c[2] * core.b, c[3] * core.a * pass.weight);
    } else {
      put(" fill=\"url(#g{})\"", gradient);
      if (core.a * pass.weight < 1) attribute("fill-opacity", {core.a * pass.weight});
    }
    if (stroke) {
      color("stroke", "stroke-opacity", stroke[1], stroke[2], stroke[3], stroke[4] * pass.weight);
      attribute("stroke-width", {stroke[0] * view_.unit});
    }
    text("/>\n");
  }

  const RenderFrame& frame_;
  View view_;
  std::uint32_t width_;
  std::uint32_t height_;
  std::uint32_t gradients_ = 0;      // written so far
  std::uint32_t tinted_ = kNoShape;  // the shape that the last one is for
  std::array<float, 4> tint_{};      // and the colour
};

}  // namespace

Outcome encode_svg(const RenderFrame& frame, const RasterOptions& options, std::vector<std::uint8_t>& bytes) {
  bytes.clear();
  if (auto missing = lacking(capabilities_of(Maker::Svg), frame)) return std::unexpected(std::move(*missing));
  SvgWriter svg(frame, options.width ? options.width : frame.width, options.height ? options.height : frame.height,
                bytes);
  svg.styles();
  svg.shapes();
  if (options.ground != Ground::Transparent) {
    svg.background(options.background ? *options.background : frame.background,
                   options.background ? Fill{} : frame.background_fill);
  }
  svg.passes();
  svg.end();
  return {};
}

}  // namespace oscilla::output
