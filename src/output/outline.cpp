#include "output/outline.hpp"

#include <algorithm>
#include <cmath>

namespace oscilla::output {
namespace {

constexpr double kArc = 0.551915024494;  // control distance of a quarter circle's cubic: least error in radius

class Pen {
 public:
  explicit Pen(Outline& outline) : outline_(outline) {}
  void move(OutlinePoint p) { put(Outline::Step::Move, {p}); }
  void line(OutlinePoint p) { put(Outline::Step::Line, {p}); }
  void cubic(OutlinePoint a, OutlinePoint b, OutlinePoint p) { put(Outline::Step::Cubic, {a, b, p}); }
  void close() { put(Outline::Step::Close, {}); }
  OutlinePoint at() const { return outline_.points.empty() ? OutlinePoint{0, 0} : outline_.points.back(); }

  /// A quarter of an ellipse from where the pen is to `end`; `corner` is where the two tangents meet.
  void quarter(OutlinePoint corner, OutlinePoint end) {
    const OutlinePoint start = at();
    cubic({start.x + kArc * (corner.x - start.x), start.y + kArc * (corner.y - start.y)},
          {end.x + kArc * (corner.x - end.x), end.y + kArc * (corner.y - end.y)}, end);
  }

 private:
  void put(Outline::Step step, std::initializer_list<OutlinePoint> points) {
    outline_.steps.push_back(step);
    outline_.points.insert(outline_.points.end(), points);
  }

  Outline& outline_;
};

void draw_ellipse(Pen& pen, double rx, double ry) {
  pen.move({rx, 0});
  pen.quarter({rx, ry}, {0, ry});
  pen.quarter({-rx, ry}, {-rx, 0});
  pen.quarter({-rx, -ry}, {0, -ry});
  pen.quarter({rx, -ry}, {rx, 0});
  pen.close();
}

void draw_rectangle(Pen& pen, double width, double height, double corner) {
  const double x = 0.5 * width;
  const double y = 0.5 * height;
  const double r = std::clamp(corner, 0.0, std::min(std::abs(x), std::abs(y)));
  if (r == 0) {
    pen.move({x, y});
    pen.line({-x, y});
    pen.line({-x, -y});
    pen.line({x, -y});
    pen.close();
    return;
  }
  const double rx = std::copysign(r, x);
  const double ry = std::copysign(r, y);
  pen.move({x, y - ry});
  pen.quarter({x, y}, {x - rx, y});
  pen.line({-x + rx, y});
  pen.quarter({-x, y}, {-x, y - ry});
  pen.line({-x, -y + ry});
  pen.quarter({-x, -y}, {-x + rx, -y});
  pen.line({x - rx, -y});
  pen.quarter({x, -y}, {x, -y + ry});
  pen.close();
}

/// `points` begins with the path's first point.
void draw_path(Pen& pen, std::span<const PathVerb> verbs, std::span<const float> points) {
  OutlinePoint start{0, 0};  // where Close goes back to
  const auto next = [&points] {
    const OutlinePoint p{points[0], points[1]};
    points = points.subspan(2);
    return p;
  };
  OutlinePoint at{0, 0};
  for (const PathVerb verb : verbs) {
    switch (verb) {
      case PathVerb::Move: pen.move(start = at = next()); break;
      case PathVerb::Line: pen.line(at = next()); break;
      case PathVerb::Cubic: {
        const OutlinePoint a = next();
        const OutlinePoint b = next();
        pen.cubic(a, b, at = next());
        break;
      }
      case PathVerb::Quadratic: {
        const OutlinePoint c = next();
        const OutlinePoint end = next();
        pen.cubic({at.x + (c.x - at.x) * 2 / 3, at.y + (c.y - at.y) * 2 / 3},
                  {end.x + (c.x - end.x) * 2 / 3, end.y + (c.y - end.y) * 2 / 3}, end);
        at = end;
        break;
      }
      case PathVerb::Close:
        pen.close();
        at = start;
        break;
    }
  }
}

}  // namespace

Outline outline_of(const RenderFrame& frame, std::uint32_t index) {
  const Shape& shape = frame.shapes[index];
  const auto& p = shape.parameters;
  Outline outline;
  Pen pen(outline);
  switch (shape.kind) {
    case ShapeKind::Ellipse: draw_ellipse(pen, p[0], p[1]); break;
    case ShapeKind::Rectangle: draw_rectangle(pen, p[0], p[1], p[3]); break;
    case ShapeKind::Path:
      draw_path(pen, frame.topologies[shape.topology].verbs, frame.points.subspan(shape.first_point));
      break;
  }
  for (const OutlinePoint& point : outline.points) {
    outline.reach = std::max(outline.reach, std::hypot(point.x, point.y));
  }
  return outline;
}

}  // namespace oscilla::output
