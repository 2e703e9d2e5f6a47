#include "output/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace oscilla::output {
namespace {

constexpr double kMostPieces = 512;  // of one curve

double distance(OutlinePoint a, OutlinePoint b) { return std::hypot(b.x - a.x, b.y - a.y); }

OutlinePoint between(OutlinePoint a, OutlinePoint b, double t) {
  return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

bool equal(OutlinePoint a, OutlinePoint b) { return a.x == b.x && a.y == b.y; }

class Flattener {
 public:
  explicit Flattener(double tolerance) : tolerance_(tolerance) {}

  void move(OutlinePoint to) {
    finish(false);
    start_ = at_ = to;
  }
  void line(OutlinePoint to) {
    begin();
    add(to, false);
    at_ = to;
  }
  void cubic(OutlinePoint a, OutlinePoint b, OutlinePoint to) {
    begin();
    const OutlinePoint from = at_;
    const double bend = std::max(std::hypot(from.x - 2 * a.x + b.x, from.y - 2 * a.y + b.y),
                                 std::hypot(a.x - 2 * b.x + to.x, a.y - 2 * b.y + to.y));
    const double pieces = std::clamp(std::ceil(std::sqrt(0.75 * bend / tolerance_)), 1.0, kMostPieces);
    for (double i = 1; i <= pieces; ++i) {
      const double t = i / pieces;
      const OutlinePoint ab = between(a, b, t);
      const OutlinePoint first = between(between(from, a, t), ab, t);
      const OutlinePoint second = between(ab, between(b, to, t), t);
      add(i == pieces ? to : between(first, second, t), i < pieces);
    }
    at_ = to;
  }
  void close() {
    begin();
    at_ = start_;
    finish(true);
  }
  std::vector<Polyline> finished() {
    finish(false);
    return std::move(lines_);
  }

 private:
  void begin() {
    if (line_.vertices.empty()) line_.vertices.push_back({at_, false});
  }
  void add(OutlinePoint to, bool smooth) {
    if (equal(line_.vertices.back().at, to)) {
      line_.vertices.back().smooth = line_.vertices.back().smooth && smooth;
    } else {
      line_.vertices.push_back({to, smooth});
    }
  }
  void finish(bool closed) {
    auto& vertices = line_.vertices;
    if (vertices.empty()) return;
    line_.closed = closed;
    if (closed && vertices.size() > 1 && equal(vertices.front().at, vertices.back().at)) vertices.pop_back();
    lines_.push_back(std::move(line_));
    line_ = {};
  }

  double tolerance_;
  OutlinePoint start_{0, 0}, at_{0, 0};
  Polyline line_;
  std::vector<Polyline> lines_;
};

}  // namespace

std::vector<Polyline> polylines_of(const Outline& outline, double tolerance) {
  Flattener flattener(tolerance);
  const OutlinePoint* point = outline.points.data();
  for (const Outline::Step step : outline.steps) {
    switch (step) {
      case Outline::Step::Move: flattener.move(*point++); break;
      case Outline::Step::Line: flattener.line(*point++); break;
      case Outline::Step::Cubic:
        flattener.cubic(point[0], point[1], point[2]);
        point += 3;
        break;
      case Outline::Step::Close: flattener.close(); break;
    }
  }
  return flattener.finished();
}

void cut_into_dashes(const Polyline& line, const Style& style, std::vector<Polyline>& dashes) {
  const std::size_t count = style.dashes.size();
  const double period = dash_period(style);
  double left = std::fmod(double{style.dash_offset}, period);
  if (left < 0) left += period;
  std::size_t which = 0;
  const auto length_of = [&](std::size_t i) { return double{style.dashes[i % count]}; };
  for (; left >= length_of(which); ++which) left -= length_of(which);
  left = length_of(which) - left;  // of the dash or gap that the contour begins in
  const auto is_drawn = [&] { return which % 2 == 0; };

  const std::size_t first = dashes.size();
  const bool begins_drawn = is_drawn();
  if (begins_drawn) dashes.push_back({{{line.vertices[0].at, false}}, false});
  const std::size_t pieces = line.vertices.size() - (line.closed ? 0 : 1);
  for (std::size_t i = 0; i < pieces; ++i) {
    const OutlinePoint from = line.vertices[i].at;
    const Polyline::Vertex& to = line.vertices[(i + 1) % line.vertices.size()];
    const double length = distance(from, to.at);
    double walked = 0;
    for (; length - walked > left; left = length_of(which)) {
      walked += left;
      const OutlinePoint cut = between(from, to.at, walked / length);
      if (is_drawn() && !equal(dashes.back().vertices.back().at, cut)) dashes.back().vertices.push_back({cut, false});
      ++which;
      if (is_drawn()) dashes.push_back({{{cut, false}}, false});
    }
    left -= length - walked;
    if (is_drawn() && !equal(dashes.back().vertices.back().at, to.at)) dashes.back().vertices.push_back(to);
  }
  if (!line.closed || !begins_drawn || !is_drawn() || dashes.size() < first + 2) return;
  auto& begin = dashes[first].vertices;  // goes on where the last dash ends
  auto& end = dashes.back().vertices;
  end.insert(end.end(), begin.begin() + 1, begin.end());
  begin = std::move(end);
  dashes.pop_back();
}

}  // namespace oscilla::output
