#include "output/svg_encode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <string_view>

#include "output/view.hpp"

namespace oscilla::output {
namespace {

/// `value` with `decimals` digits after the point at most, trailing zeros cut, never "-0".
struct Number {
  double value;
  int decimals = 4;
};

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

class SvgWriter {
 public:
  SvgWriter(const RenderFrame& frame, std::uint32_t width, std::uint32_t height, std::vector<std::uint8_t>& bytes)
      : frame_(frame), view_(frame.fit, width, height), bytes_(bytes) {
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
    for (std::size_t i = 0; i < frame_.shapes.size(); ++i) shape(frame_.shapes[i], i);
    text("</defs>\n");
  }

  void background(const std::array<float, 4>& color) {
    text("<rect width=\"100%\" height=\"100%\"");
    fill(color[0], color[1], color[2], color[3]);
    text("/>\n");
  }

  void pass(const Pass& pass) {
    text("<g data-pass=\"");
    escaped(pass.name);
    text(pass.blend == Blend::Normal ? "\"" : fmt::format("\" class=\"{}\"", css_name(pass.blend)));
    text(">\n");
    for (const Batch& batch : pass.batches) {
      for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
        const Instances& instances = pass.instances;
        const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
        use(batch.shape, instances, lane);
      }
    }
    text("</g>\n");
  }

  void end() { text("</svg>\n"); }

 private:
  void text(std::string_view part) { bytes_.insert(bytes_.end(), part.begin(), part.end()); }

  template <class... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(bytes_), format, std::forward<Arguments>(arguments)...);
  }

  void number(Number number) {
    char digits[400];
    const auto written = fmt::format_to_n(digits, sizeof digits, "{:.{}f}", number.value, number.decimals);
    std::string_view view(digits, written.size);
    while (view.back() == '0') view.remove_suffix(1);
    if (view.back() == '.') view.remove_suffix(1);
    text(view == "-0" || view.empty() ? "0" : view);
  }

  void attribute(std::string_view name, Number value) {
    put(" {}=\"", name);
    number(value);
    text("\"");
  }

  void escaped(std::string_view part) {
    for (const char c : part) {
      switch (c) {
        case '&': text("&amp;"); break;
        case '<': text("&lt;"); break;
        case '"': text("&quot;"); break;
        default: bytes_.push_back(static_cast<std::uint8_t>(c));
      }
    }
  }

  void fill(float r, float g, float b, float a) {
    const auto byte = [](float c) { return static_cast<int>(std::clamp(c, 0.0f, 1.0f) * 255 + 0.5f); };
    put(" fill=\"#{:02x}{:02x}{:02x}\"", byte(r), byte(g), byte(b));
    if (a < 1) attribute("fill-opacity", {std::max(a, 0.0f)});
  }

  /// Counter-clockwise radians as SVG's clockwise degrees.
  static Number degrees(double radians) { return {std::fmod(-radians * 180 / std::numbers::pi, 360)}; }

  void shape(const Shape& shape, std::size_t index) {
    const auto& p = shape.parameters;
    switch (shape.kind) {
      case ShapeKind::Ellipse:
        put("<ellipse id=\"s{}\"", index);
        attribute("rx", {std::abs(p[0]) * view_.unit});
        attribute("ry", {std::abs(p[1]) * view_.unit});
        break;
      case ShapeKind::Rectangle: rectangle(shape, index); break;
      case ShapeKind::Path: path(shape, index); break;
    }
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

  void use(std::uint32_t shape, const Instances& instances, std::uint32_t lane) {
    const InstanceCore& core = instances.core[lane];
    if (core.size == 0 || core.a <= 0) return;
    put("<use href=\"#s{}\" transform=\"translate(", shape);
    number({view_.x(core.x)});
    text(" ");
    number({view_.y(core.y)});
    text(")");
    rotate(instances.rotation.empty() ? 0 : instances.rotation[lane]);
    const std::size_t at = std::size_t{2} * lane;
    const bool scaled = !instances.scale.empty();
    scale(frame_.shapes[shape], core.size, scaled ? instances.scale[at] : 1, scaled ? instances.scale[at + 1] : 1);
    text("\"");
    fill(core.r, core.g, core.b, core.a);
    text("/>\n");
  }

  const RenderFrame& frame_;
  View view_;
  std::vector<std::uint8_t>& bytes_;
};

}  // namespace

void encode_svg(const RenderFrame& frame, const RasterOptions& options, std::vector<std::uint8_t>& bytes) {
  bytes.clear();
  SvgWriter svg(frame, options.width ? options.width : frame.width, options.height ? options.height : frame.height,
                bytes);
  svg.styles();
  svg.shapes();
  if (options.ground != Ground::Transparent) {
    svg.background(options.background ? *options.background : frame.background);
  }
  for (const Pass& pass : frame.passes) svg.pass(pass);
  svg.end();
}

}  // namespace oscilla::output
