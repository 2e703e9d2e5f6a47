#include "output/outline.hpp"

#include <algorithm>
#include <cmath>

#include "frame/topology.hpp"

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
  const OutlinePoint* before = nullptr;
  for (const OutlinePoint& point : outline.points) {
    outline.reach = std::max(outline.reach, std::hypot(point.x, point.y));
    if (before) outline.length += std::hypot(point.x - before->x, point.y - before->y);
    before = &point;
  }
  outline.length += 2 * outline.reach;  // where it closes
  return outline;
}

Box box_of(const RenderFrame& frame, std::uint32_t index) {
  const Shape& shape = frame.shapes[index];
  const auto& p = shape.parameters;
  switch (shape.kind) {
    case ShapeKind::Ellipse: return {0, 0, std::abs(p[0]), std::abs(p[1])};
    case ShapeKind::Rectangle: return {0, 0, 0.5 * std::abs(p[0]), 0.5 * std::abs(p[1])};
    case ShapeKind::Path: break;
  }
  const std::size_t points = frame::points_used(frame.topologies[shape.topology]);
  if (points == 0) return {0, 0, 0, 0};
  const float* point = frame.points.data() + shape.first_point;
  float least[2] = {point[0], point[1]};
  float most[2] = {point[0], point[1]};
  for (std::size_t i = 0; i < 2 * points; ++i) {
    least[i % 2] = std::min(least[i % 2], point[i]);
    most[i % 2] = std::max(most[i % 2], point[i]);
  }
  return {0.5 * (double{least[0]} + most[0]), 0.5 * (double{least[1]} + most[1]), 0.5 * (double{most[0]} - least[0]),
          0.5 * (double{most[1]} - least[1])};
}

FlatFill flat_fill(const Fill& fill) {
  FlatFill flat;
  if (fill.paint == Paint::Solid) {
    flat.flat = true;
    return flat;
  }
  flat.none = fill.paint == Paint::None || fill.stops.empty();
  if (flat.none) return flat;
  const auto& p = fill.place;
  flat.flat = fill.stops.size() == 1 || (fill.paint == Paint::Linear ? p[0] == p[2] && p[1] == p[3] : !(p[2] > 0));
  if (flat.flat) flat.color = fill.stops.back().color;
  return flat;
}

double dash_period(const Style& style) {
  double sum = 0;
  for (const float dash : style.dashes) {
    if (dash < 0) return 0;
    sum += dash;
  }
  return style.dashes.size() % 2 == 0 ? sum : 2 * sum;
}

}  // namespace oscilla::output
