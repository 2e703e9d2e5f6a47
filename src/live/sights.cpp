#include "live/sights.hpp"

#include <algorithm>
#include <span>

#include "frame/topology.hpp"
#include "runtime/ghosts.hpp"

namespace oscilla::live {
namespace {

float magnitude(float x) { return x < 0 ? -x : x; }

/// How far a figure reaches from its middle, at size 1.
float reach_of(const RenderFrame& frame, std::uint32_t index) {
  const Shape& shape = frame.shapes[index];
  if (shape.kind != ShapeKind::Path) return std::max(magnitude(shape.parameters[0]), magnitude(shape.parameters[1]));
  float reach = 0;
  const std::size_t floats = 2 * frame::points_used(frame.topologies[shape.topology]);
  for (const float x : frame.points.subspan(shape.first_point, floats)) reach = std::max(reach, magnitude(x));
  return reach;
}

class Looker {
 public:
  Looker(const RenderFrame& frame, const Pass& pass) : frame_(frame), pass_(pass) {
    const auto side = static_cast<float>(std::min(frame.width, frame.height));
    const bool square = frame.fit == Fit::Square;
    half_width_ = square ? 0.5f * static_cast<float>(frame.width) / side : 0.5f;
    half_height_ = square ? 0.5f * static_cast<float>(frame.height) / side : 0.5f;
  }

  void look(Sight& sight) const {
    const Instances& lanes = pass_.instances;
    sight.lanes = lanes.count;
    for (std::uint32_t lane = 1; lane < lanes.count && !sight.apart; ++lane) sight.apart = !covers_first(lane);
    if (sight.seen) return;
    bool opaque = false, sized = false;
    for (const Batch& batch : pass_.batches) {
      const float reach = reach_of(frame_, batch.shape);
      for (std::uint32_t at = batch.first; at < batch.first + batch.count; ++at) {
        const std::uint32_t lane = lanes.order.empty() ? at : lanes.order[at];
        if (!runtime::is_seen(lanes, lane)) continue;
        opaque = true;
        const float size = reach * extent(lane);
        if (size == 0) continue;
        sized = true;
        if (is_inside(lanes.core[lane], size)) sight.seen = true;
      }
    }
    sight.hidden = lanes.count == 0 ? Hidden::NoLanes
                   : !opaque        ? Hidden::Transparent
                   : !sized         ? Hidden::NoSize
                                    : Hidden::Outside;
  }

 private:
  /// Whether a lane is where the first one is, as large, turned and shaped alike.
  bool covers_first(std::uint32_t lane) const {
    const Instances& lanes = pass_.instances;
    const InstanceCore &a = lanes.core[0], &b = lanes.core[lane];
    const auto same = [&](const auto& numbers, std::size_t each) {
      return numbers.empty() ||
             std::ranges::equal(numbers.first(each), numbers.subspan(each * std::size_t{lane}, each));
    };
    return a.x == b.x && a.y == b.y && a.size == b.size && same(lanes.rotation, 1) && same(lanes.scale, 2) &&
           same(lanes.shape, 1);
  }
  float extent(std::uint32_t lane) const {
    const std::span<const float> scale = pass_.instances.scale;
    const float factor =
        scale.empty() ? 1
                      : std::max(magnitude(scale[2 * std::size_t{lane}]), magnitude(scale[2 * std::size_t{lane} + 1]));
    return magnitude(pass_.instances.core[lane].size) * factor;
  }
  bool is_inside(const InstanceCore& core, float size) const {
    return magnitude(core.x - 0.5f) < half_width_ + size && magnitude(core.y - 0.5f) < half_height_ + size;
  }

  const RenderFrame& frame_;
  const Pass& pass_;
  float half_width_, half_height_;
};

}  // namespace

void look_at(const RenderFrame& frame, std::vector<Sight>& sights) {
  for (const Pass& pass : frame.passes) {
    const auto sight = std::ranges::find(sights, pass.name, &Sight::sink);
    if (sight != sights.end() && !(sight->seen && sight->apart)) Looker(frame, pass).look(*sight);
  }
}

std::string_view words_of(Hidden hidden) {
  switch (hidden) {
    case Hidden::NoLanes: return "it has no lanes";
    case Hidden::Transparent: return "its lanes are transparent, or beyond what the camera sees";
    case Hidden::NoSize: return "its lanes have no size";
    case Hidden::Outside: return "its lanes are outside the picture";
  }
  return {};
}

}  // namespace oscilla::live
