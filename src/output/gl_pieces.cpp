#include "output/gl_pieces.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "output/gl_program.hpp"
#include "output/outline.hpp"

namespace oscilla::output {
namespace {

using Vector = OutlinePoint;

constexpr double kTolerance = 0.03;      // pixels between a curve and its lines
constexpr double kMostRounds = 100'000;  // of dashes along an outline
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

/// The same pieces do for every width; `arc` is how far round corners turn from point to point, in radians.
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

/// Left and right of one end, and the middle of it.
void corners_at_end(OutlinePoint p, Vector way, const float* turn, double pen, OutlinePoint& left, OutlinePoint& right,
                    OutlinePoint& tip) {
  const auto kind = static_cast<GlEnd>(static_cast<int>(turn[3]));
  const Vector normal = left_of(way), bend{turn[0], turn[1]};
  Vector to_left = normal, to_right = times(normal, -1);
  tip = p;
  if (kind == GlEnd::Square) tip = {p.x + pen * turn[2] * way.x, p.y + pen * turn[2] * way.y};
  if (kind == GlEnd::Turn || kind == GlEnd::Smooth) {
    const bool on_left = bend.x * normal.x + bend.y * normal.y > 0;
    if (pen <= turn[2]) (on_left ? to_left : to_right) = bend;
    if (kind == GlEnd::Smooth) (on_left ? to_right : to_left) = times(bend, -1);
  }
  left = {tip.x + pen * to_left.x, tip.y + pen * to_left.y};
  right = {tip.x + pen * to_right.x, tip.y + pen * to_right.y};
}

}  // namespace

double curve_tolerance(double pixels) { return kTolerance / std::max(pixels, 1e-6); }

void add_line_pieces(const std::vector<Polyline>& lines, double length, const Style& style, double pen,
                     std::vector<float>& rows) {
  const double arc = 2 * std::acos(1 - std::min(kTolerance / std::max(pen, kTolerance), 0.1));
  const double period = dash_period(style);
  const bool dashed = period > 0 && length < kMostRounds * period;
  std::vector<Polyline> dashes;
  for (const Polyline& line : lines) {
    if (!dashed) {
      add_pieces(line, style, arc, rows);
      continue;
    }
    dashes.clear();
    cut_into_dashes(line, style, dashes);
    for (const Polyline& dash : dashes) add_pieces(dash, style, arc, rows);
  }
}

std::size_t piece_corners(const float* row, double half_width, std::array<OutlinePoint, kPieceCorners>& corners) {
  const OutlinePoint from{row[0], row[1]};
  if (static_cast<GlEnd>(static_cast<int>(row[11])) == GlEnd::Wedge) {
    corners[0] = from;
    for (std::size_t i = 1; i < 4; ++i)
      corners[i] = {from.x + half_width * row[2 * i], from.y + half_width * row[2 * i + 1]};
    return 4;
  }
  const OutlinePoint to{row[2], row[3]};
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const Vector way{(to.x - from.x) / length, (to.y - from.y) / length};
  corners_at_end(from, way, row + 4, half_width, corners[0], corners[4], corners[5]);
  corners_at_end(to, way, row + 8, half_width, corners[1], corners[3], corners[2]);
  return 6;
}

}  // namespace oscilla::output
