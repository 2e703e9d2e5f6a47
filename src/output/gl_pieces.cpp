#include "output/gl_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "output/gl_program.hpp"

namespace oscilla::output {
namespace {

using Vector = OutlinePoint;

constexpr double kSharpestSmooth = 0.8;  // cosine of the turn inside a curve, beyond which it is a tip

Vector left_of(Vector way) { return {-way.y, way.x}; }
Vector times(Vector v, double factor) { return {v.x * factor, v.y * factor}; }

/// A straight part of a line.
struct Straight {
  OutlinePoint from, to;
  Vector way;
  double length;
};

/// What stands at an end of it: a row of the piece shader's table.
struct End {
  double x = 0, y = 0, number = 0;
  GlEnd kind = GlEnd::Plain;
};

class Writer {
 public:
  Writer(const Style& style, double arc, std::vector<float>& rows) : style_(style), arc_(arc), rows_(rows) {}

  void open(const std::vector<Straight>& parts, LineCap cap) {
    End begin = cap_end(cap, -1);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const End turn = corner(parts[i], parts[i + 1], smooth_[i + 1]);
      piece(parts[i], begin, turn);
      begin = turn;
    }
    piece(parts.back(), begin, cap_end(cap, 1));
    if (cap != LineCap::Round) return;
    fan(parts.front().from, left_of(parts.front().way), std::numbers::pi);
    fan(parts.back().to, times(left_of(parts.back().way), -1), std::numbers::pi);
  }

  void closed(const std::vector<Straight>& parts) {
    End begin = corner(parts.back(), parts.front(), smooth_[0]);
    const End end = begin;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const End turn = i + 1 < parts.size() ? corner(parts[i], parts[i + 1], smooth_[i + 1]) : end;
      piece(parts[i], begin, turn);
      begin = turn;
    }
  }

  void dot(OutlinePoint at, LineCap cap) {
    if (cap == LineCap::Round) fan(at, {1, 0}, 2 * std::numbers::pi);
    if (cap != LineCap::Square) return;
    wedge(at, {1, -1}, {1, 1}, {-1, 1});
    wedge(at, {-1, 1}, {-1, -1}, {1, -1});
  }

  /// Which vertices are within curves.
  std::vector<bool> smooth_;

 private:
  static End cap_end(LineCap cap, double side) {
    return {0, 0, side, cap == LineCap::Square ? GlEnd::Square : GlEnd::Plain};
  }

  void put(std::initializer_list<double> numbers) {
    for (const double number : numbers) rows_.push_back(static_cast<float>(number));
  }
  void piece(const Straight& part, const End& begin, const End& end) {
    put({part.from.x, part.from.y, part.to.x, part.to.y});
    for (const End& at : {begin, end}) put({at.x, at.y, at.number, static_cast<double>(at.kind)});
  }
  void wedge(OutlinePoint at, Vector a, Vector b, Vector c) {
    put({at.x, at.y, a.x, a.y, b.x, b.y, c.x, c.y, 0, 0, 0, static_cast<double>(GlEnd::Wedge)});
  }
  /// A sector of the pen, from `from` on.
  void fan(OutlinePoint at, Vector from, double angle) {
    const double count = std::ceil(std::abs(angle) / (2 * arc_));
    const auto turned = [&](double by) {
      return Vector{from.x * std::cos(by) - from.y * std::sin(by), from.x * std::sin(by) + from.y * std::cos(by)};
    };
    for (double i = 0; i < count; ++i) {
      wedge(at, turned(angle * i / count), turned(angle * (i + 0.5) / count), turned(angle * (i + 1) / count));
    }
  }

  /// How the line turns from one part into the next; fills the outer corner.
  End corner(const Straight& a, const Straight& b, bool smooth) {
    const double cross = a.way.x * b.way.y - a.way.y * b.way.x;
    const double dot = a.way.x * b.way.x + a.way.y * b.way.y;
    if (cross == 0 && dot > 0) return {};
    const double to_left = cross > 0 ? 1 : -1;
    const Vector n = left_of(a.way);
    const Vector m = left_of(b.way);
    const double open = 1 + dot;
    End turn{0, 0, -1, GlEnd::Turn};
    if (open > 1e-6) {
      turn.x = to_left * (n.x + m.x) / open;
      turn.y = to_left * (n.y + m.y) / open;
      turn.number = 0.5 * std::min(a.length, b.length) * open / std::abs(cross);
    }
    if (smooth && dot > kSharpestSmooth) {
      turn.kind = GlEnd::Smooth;
      return turn;
    }
    const Vector from = times(n, -to_left);
    const Vector to = times(m, -to_left);
    if (smooth || style_.join == LineJoin::Round) {
      fan(a.to, from, to_left * std::acos(std::clamp(dot, -1.0, 1.0)));
    } else if (style_.join == LineJoin::Miter && open * kMiterLimit * kMiterLimit >= 2) {
      wedge(a.to, from, {-turn.x, -turn.y}, to);
    } else {
      wedge(a.to, from, to, to);
    }
    return turn;
  }

  const Style& style_;
  double arc_;
  std::vector<float>& rows_;
};

/// A closed contour without width goes there and back; it is the line between its ends.
Polyline without_way_back(const Polyline& line) {
  const auto before = [](const Polyline::Vertex& a, const Polyline::Vertex& b) {
    return a.at.x != b.at.x ? a.at.x < b.at.x : a.at.y < b.at.y;
  };
  const auto [low, high] = std::minmax_element(line.vertices.begin(), line.vertices.end(), before);
  const Vector way{high->at.x - low->at.x, high->at.y - low->at.y};
  for (const Polyline::Vertex& vertex : line.vertices) {
    if (way.x * (vertex.at.y - low->at.y) != way.y * (vertex.at.x - low->at.x)) return line;
  }
  return {{{low->at, false}, {high->at, false}}, false};
}

}  // namespace

void add_pieces(const Polyline& line, const Style& style, double arc, std::vector<float>& rows) {
  Writer writer(style, arc, rows);
  if (line.vertices.size() == 1) return writer.dot(line.vertices[0].at, style.cap);
  const Polyline drawn = line.closed ? without_way_back(line) : line;
  std::vector<Straight> parts;
  const std::size_t count = drawn.vertices.size();
  for (std::size_t i = 0; i < count; ++i) writer.smooth_.push_back(drawn.vertices[i].smooth);
  for (std::size_t i = 0; i + (drawn.closed ? 0 : 1) < count; ++i) {
    const OutlinePoint from = drawn.vertices[i].at;
    const OutlinePoint to = drawn.vertices[(i + 1) % count].at;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    parts.push_back({from, to, {(to.x - from.x) / length, (to.y - from.y) / length}, length});
  }
  if (drawn.closed) return writer.closed(parts);
  const LineCap at_ends = !line.closed ? style.cap : style.join == LineJoin::Round ? LineCap::Round : LineCap::Butt;
  writer.open(parts, at_ends);
}

}  // namespace oscilla::output
