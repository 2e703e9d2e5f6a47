#include "runtime/emit_paths.hpp"

#include <algorithm>

#include "frame/topology.hpp"
#include "kernels/kernel_table.hpp"

namespace oscilla::runtime {
namespace {

struct Point {
  float x, y;
};

Point between(Point a, Point b, float part) { return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part}; }

/// Writes the points of a path through the lanes of a field.
class Tracer {
 public:
  Tracer(const ProgramState& state, const ir::ShapeEntry& entry, float* to)
      : state_(state),
        entry_(entry),
        corners_(state.program->instances[entry.instance.v].lanes),
        cut_(entry.corner.valid() ? std::max(narrowed(state.slots[entry.corner.v]), 0.0f) : 0),
        to_(to) {}

  PathFaults trace() {
    for (const PathVerb verb : state_.program->topologies[entry_.topology]) {
      switch (entry_.curve) {
        case ir::PathCurve::Smooth: smooth(verb); break;
        case ir::PathCurve::Round: round(verb); break;
        case ir::PathCurve::Straight:
        case ir::PathCurve::Cubic:
        case ir::PathCurve::Quadratic:
          for (std::size_t i = 0; i < frame::points_used(verb); ++i) put(corner(next_++));
          break;
      }
    }
    return faults_;
  }

 private:
  void put(Point p) {
    *to_++ = p.x;
    *to_++ = p.y;
  }

  /// What is not finite is 0.
  float coordinate(std::size_t axis, std::size_t lane) {
    const ir::Operand& from = entry_.points[axis];
    const bool signal = from.source == ir::Source::Uniform;
    const float x = signal ? static_cast<float>(state_.slots[from.index]) : state_.planes[from.index][lane];
    if (x - x == 0) return x;
    if (signal) {
      faults_.signal = true;
    } else {
      faults_.plane = ir::PlaneIx{from.index};
    }
    return 0;
  }

  Point corner(std::uint32_t number) {
    const std::size_t lane = number % corners_;
    return {coordinate(0, lane), coordinate(1, lane)};
  }

  Point middle(std::uint32_t number) {
    const Point a = corner(number);
    const Point b = corner(number + 1);
    return {0.5f * (a.x + b.x), 0.5f * (a.y + b.y)};
  }

  /// The place on the edge from one corner to another where the round corner begins.
  Point cut(std::uint32_t number, std::uint32_t towards) {
    const Point a = corner(number);
    const Point b = corner(towards);
    const double way[] = {double{b.x} - a.x, double{b.y} - a.y};
    double length = 0;
    std::uint32_t zero_divisor = 0;
    kernels::scalar_kernel(kernels::Op::Hypot)(way, &length, &zero_divisor);
    return length > 0 ? between(a, b, static_cast<float>(std::min(cut_ / length, 0.5))) : a;
  }

  /// Closed: from the middle of the last edge round every corner to the middle of the next; open: from the first
  /// corner to the last.
  void smooth(PathVerb verb) {
    switch (verb) {
      case PathVerb::Move:
        put(entry_.open ? corner(0) : middle(corners_ - 1));
        next_ = entry_.open ? 1 : 0;
        break;
      case PathVerb::Quadratic:
        put(corner(next_));
        put(entry_.open && next_ + 2 == corners_ ? corner(next_ + 1) : middle(next_));
        ++next_;
        break;
      case PathVerb::Line: put(corner(next_++)); break;
      case PathVerb::Cubic:
      case PathVerb::Close: break;
    }
  }

  void round(PathVerb verb) {
    const bool last = entry_.open && next_ + 1 == corners_;
    switch (verb) {
      case PathVerb::Move:
        put(entry_.open ? corner(0) : cut(0, corners_ - 1));
        next_ = entry_.open ? 1 : 0;
        break;
      case PathVerb::Line: put(last ? corner(next_) : cut(next_, next_ + corners_ - 1)); break;
      case PathVerb::Quadratic:
        put(corner(next_));
        put(cut(next_, next_ + 1));
        ++next_;
        break;
      case PathVerb::Cubic:
      case PathVerb::Close: break;
    }
  }

  const ProgramState& state_;
  const ir::ShapeEntry& entry_;
  std::uint32_t corners_;
  float cut_;
  float* to_;
  std::uint32_t next_ = 0;  // corner
  PathFaults faults_;
};

}  // namespace

PathFaults emit_path(const ProgramState& state, const ir::ShapeEntry& entry, std::span<float> points) {
  float* to = points.data() + entry.first_point;
  if (entry.instance.valid()) return Tracer(state, entry, to).trace();
  PathFaults faults;
  for (const ir::SlotIx slot : entry.fixed) {
    const auto narrow = static_cast<float>(state.slots[slot.v]);
    const bool finite = narrow - narrow == 0;
    faults.signal |= !finite;
    *to++ = finite ? narrow : 0;
  }
  return faults;
}

}  // namespace oscilla::runtime
