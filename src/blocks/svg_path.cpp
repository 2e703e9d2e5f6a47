#include "blocks/svg_path.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "blocks/svg_scanner.hpp"

namespace oscilla::blocks {
namespace {

struct Point {
  double x = 0, y = 0;
};

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(double f, Point a) { return {f * a.x, f * a.y}; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }

using Scanner = SvgScanner;

class Reader {
 public:
  Reader(std::string_view text, const SvgMaths& maths) : scanner_(text), maths_(maths) {}

  SvgPathData read() {
    char command = 0;
    while (data_.problem.empty() && !scanner_.done()) {
      if (const char next = scanner_.letter()) {
        if (command == 0 && next != 'M' && next != 'm') return fail("path data begins with M");
        command = next;
      } else if (command == 0 || command == 'Z' || command == 'z') {
        return fail("a command is missing");
      }
      if (!run(command) && data_.problem.empty()) fail(fmt::format("`{}` wants other numbers", command));
      if (command == 'M') command = 'L';  // more numbers are lines
      if (command == 'm') command = 'l';
    }
    if (data_.verbs.empty() && data_.problem.empty()) fail("there is nothing in it");
    return std::move(data_);
  }

 private:
  SvgPathData fail(std::string sentence) {
    data_.problem = fmt::format("{} (at character {})", sentence, scanner_.at() + 1);
    return data_;
  }

  void put(PathVerb verb, std::initializer_list<Point> points) {
    data_.verbs.push_back(verb);
    for (const Point p : points) {
      data_.points.push_back(p.x);
      data_.points.push_back(p.y);
      at_ = p;
    }
  }

  bool point(bool relative, Point& p) {
    if (!scanner_.number(p.x) || !scanner_.number(p.y)) return false;
    if (relative) p = p + at_;
    return true;
  }

  /// One command with its numbers.
  bool run(char command) {
    const bool relative = command >= 'a';
    const char kind = relative ? static_cast<char>(command - 'a' + 'A') : command;
    Point a, b, c;
    if (data_.verbs.size() > 0 && data_.verbs.back() == PathVerb::Close && kind != 'M' && kind != 'Z') {
      put(PathVerb::Move, {at_});  // what follows a Z begins where that subpath began
    }
    const char before = std::exchange(before_, kind);
    switch (kind) {
      case 'M':
        if (!point(relative, a)) return false;
        put(PathVerb::Move, {start_ = a});
        return true;
      case 'L':
        if (!point(relative, a)) return false;
        put(PathVerb::Line, {a});
        return true;
      case 'H':
        if (!scanner_.number(a.x)) return false;
        put(PathVerb::Line, {{relative ? at_.x + a.x : a.x, at_.y}});
        return true;
      case 'V':
        if (!scanner_.number(a.y)) return false;
        put(PathVerb::Line, {{at_.x, relative ? at_.y + a.y : a.y}});
        return true;
      case 'C':
        if (!point(relative, a) || !point(relative, b) || !point(relative, c)) return false;
        return cubic(a, b, c);
      case 'S':
        if (!point(relative, b) || !point(relative, c)) return false;
        return cubic(before == 'C' || before == 'S' ? 2.0 * at_ - handle_ : at_, b, c);
      case 'Q':
        if (!point(relative, a) || !point(relative, b)) return false;
        return quadratic(a, b);
      case 'T':
        if (!point(relative, b)) return false;
        return quadratic(before == 'Q' || before == 'T' ? 2.0 * at_ - handle_ : at_, b);
      case 'A': return arc(relative);
      case 'Z':
        put(PathVerb::Close, {});
        at_ = start_;
        return true;
      default: fail(fmt::format("there is no command `{}`", command)); return false;
    }
  }

  bool cubic(Point a, Point b, Point c) {
    handle_ = b;
    put(PathVerb::Cubic, {a, b, c});
    return true;
  }

  bool quadratic(Point a, Point b) {
    handle_ = a;
    put(PathVerb::Quadratic, {a, b});
    return true;
  }

  bool arc(bool relative) {
    double rx = 0, ry = 0, degrees = 0;
    bool large = false, sweep = false;
    Point end;
    if (!scanner_.number(rx) || !scanner_.number(ry) || !scanner_.number(degrees) || !scanner_.flag(large) ||
        !scanner_.flag(sweep) || !point(relative, end)) {
      return false;
    }
    rx = std::abs(rx);
    ry = std::abs(ry);
    if (rx == 0 || ry == 0) {
      put(PathVerb::Line, {end});
      return true;
    }
    const auto [sine, cosine] = maths_.sine_cosine(degrees);
    // From here to the unit circle and back.
    const auto to_circle = [&](Point p) {
      return Point{(cosine * p.x + sine * p.y) / rx, (-sine * p.x + cosine * p.y) / ry};
    };
    const auto from_circle = [&](Point p) {
      return Point{cosine * rx * p.x - sine * ry * p.y, sine * rx * p.x + cosine * ry * p.y};
    };
    const Point half = 0.5 * to_circle(end - at_);
    const double reach = dot(half, half);
    if (reach == 0) return true;                                    // the arc to where one is, is none
    const double grown = std::max(1.0, maths_.square_root(reach));  // radii that cannot reach grow until they do
    rx *= grown;
    ry *= grown;
    const Point middle_to_end = (1 / grown) * half;
    const double height = maths_.square_root(std::max(0.0, 1 - dot(middle_to_end, middle_to_end)));
    const double length = maths_.square_root(dot(middle_to_end, middle_to_end));
    const double side = large == sweep ? -1 : 1;
    const Point to_middle = (side * height / length) * Point{middle_to_end.y, -middle_to_end.x};
    const Point begin_on_circle = to_middle - middle_to_end;  // as seen from the circle's middle
    const Point end_on_circle = to_middle + middle_to_end;
    const Point centre = at_ - from_circle(begin_on_circle);
    pieces(begin_on_circle, end_on_circle, large, sweep, [&](Point p) { return centre + from_circle(p); });
    for (std::size_t i = 0; i < 2; ++i) data_.points[data_.points.size() - 2 + i] = i == 0 ? end.x : end.y;
    at_ = end;
    return true;
  }

  /// The way round the unit circle from u to v as cubic curves; halved until a piece is a quarter at most.
  template <class Place>
  void pieces(Point u, Point v, bool large, bool sweep, const Place& place) {
    const double cosine = std::clamp(dot(u, v), -1.0, 1.0);
    if (large || cosine < -1e-12) {
      const double direction = sweep ? 1 : -1;
      Point middle = u + v;
      const double length = maths_.square_root(dot(middle, middle));
      middle = length > 1e-9 ? ((large ? -1 : 1) / length) * middle : direction * Point{-u.y, u.x};
      // Half a turn has two middles.
      if (!large && cross(u, middle) * direction < 0) middle = -1.0 * middle;
      pieces(u, middle, false, sweep, place);
      pieces(middle, v, false, sweep, place);
      return;
    }
    const double half = maths_.square_root((1 + cosine) / 2);
    const double k = (sweep ? 1 : -1) * 4.0 / 3.0 * maths_.square_root((1 - half) / (1 + half));
    put(PathVerb::Cubic, {place(u + k * Point{-u.y, u.x}), place(v - k * Point{-v.y, v.x}), place(v)});
  }

  Scanner scanner_;
  const SvgMaths& maths_;
  SvgPathData data_;
  Point at_, start_, handle_;
  char before_ = 0;
};

}  // namespace

SvgPathData read_svg_path(std::string_view text, const SvgMaths& maths) {
  SvgPathData path = Reader(text, maths).read();
  if (path.problem.empty()) path.problem = far_away(path);
  return path;
}

std::string far_away(const SvgPathData& path) {
  constexpr double kFarthest = 1e30;  // what a figure makes of its points must be a float
  const auto is_far = [](double number) { return !(std::abs(number) < kFarthest); };
  return std::ranges::any_of(path.points, is_far) ? "it lies too far away to be drawn" : "";
}

}  // namespace oscilla::blocks
