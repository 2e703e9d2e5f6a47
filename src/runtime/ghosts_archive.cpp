#include <algorithm>

#include "frame/topology.hpp"
#include "runtime/ghosts.hpp"

namespace oscilla::runtime {
namespace {

constexpr std::size_t kMostName = 4096;
constexpr std::size_t kMostShapes = std::size_t{1} << 20, kMostFloats = std::size_t{1} << 26;

/// One behind the other, all lanes in one.
void visit_groups(Archive& archive, GhostPass& ghosts) {
  const std::uint32_t groups = archive.count(ghosts.groups.size(), kGhostGroups);
  if (archive.reads()) ghosts.groups.resize(groups);
  std::uint64_t lanes = 0;
  for (GhostGroup& group : ghosts.groups) {
    archive(group.first, group.count, group.start_ms);
    archive.require(group.first == lanes);
    lanes += group.count;
  }
  archive.require(lanes == ghosts.count);
}

void visit_shapes(Archive& archive, GhostPass& ghosts) {
  const std::uint32_t shapes = archive.count(ghosts.shapes.size(), kMostShapes);
  auto topologies = std::make_shared<Topologies>();
  if (archive.reads()) ghosts.shapes.clear();
  for (std::uint32_t s = 0; s < shapes && archive.sound(); ++s) {
    Shape& shape = archive.reads() ? ghosts.shapes.emplace_back() : ghosts.shapes[s];
    archive.choice(shape.kind, ShapeKind::Path);
    archive(shape.parameters);
    if (shape.kind != ShapeKind::Path) continue;
    archive(shape.first_point);
    if (archive.reads()) shape.topology = static_cast<std::uint32_t>(topologies->size());
    std::vector<PathVerb> verbs = archive.reads() ? std::vector<PathVerb>() : (*ghosts.topologies)[shape.topology];
    archive.list(verbs, kMostFloats);
    for (const PathVerb verb : verbs) archive.require(verb <= PathVerb::Close);
    if (archive.reads()) topologies->push_back(std::move(verbs));
  }
  archive.list(ghosts.points, kMostFloats);
  if (!archive.reads()) return;
  for (const Shape& shape : ghosts.shapes)
    if (archive.sound() && shape.kind == ShapeKind::Path)
      archive.require(shape.first_point + 2 * frame::points_used({(*topologies)[shape.topology]}) <=
                      ghosts.points.size());
  ghosts.topologies = std::move(topologies);
}

void visit_style(Archive& archive, GhostPass& ghosts) {
  Style& style = ghosts.style;
  archive.choice(style.fill.paint, Paint::Radial);
  archive(style.fill.place, style.dash_offset);
  archive.choice(style.rule, FillRule::EvenOdd);
  archive.choice(style.join, LineJoin::Bevel);
  archive.choice(style.cap, LineCap::Square);
  archive.list(ghosts.stops, kMostShapes);
  archive.list(ghosts.dashes, kMostDashes);
  style.fill.stops = ghosts.stops;
  style.dashes = ghosts.dashes;
}

}  // namespace

void visit(Archive& archive, GhostPass& ghosts, std::size_t shapes) {
  ghosts.count = archive.count(ghosts.count, ghosts.capacity);
  archive(ghosts.has_rotation, ghosts.has_scale);
  archive.same(ghosts.has_stroke);
  const auto lanes = [&](auto& list, std::size_t each) { archive.all(std::span(list).first(each * ghosts.count)); };
  lanes(ghosts.lanes.core, 1);
  lanes(ghosts.lanes.rotation, 1);
  lanes(ghosts.lanes.scale, 2);
  if (ghosts.has_stroke) lanes(ghosts.lanes.stroke, kStrokeFloats);
  lanes(ghosts.lanes.shape, 1);
  for (std::uint32_t i = 0; i < ghosts.count; ++i) archive.require(ghosts.lanes.shape[i] < shapes);
  visit_groups(archive, ghosts);
}

void visit_old(Archive& archive, GhostPass& ghosts) {
  archive.text(ghosts.name, kMostName);
  archive.text(ghosts.order_name, kMostName);
  archive(ghosts.layer, ghosts.fade.time_ms, ghosts.has_stroke);
  archive.choice(ghosts.blend, Blend::Difference);
  archive.choice(ghosts.fade.policy, ir::GlidePolicy::Project);
  visit_shapes(archive, ghosts);
  visit_style(archive, ghosts);
  // Whether its lanes have shapes of their own is seen from their batches.
  bool several = ghosts.drawn[0].batches.size() > 1;
  archive(several);
  const std::uint32_t capacity = archive.count(std::max(ghosts.count, several ? 2u : 1u), kMostGhosts);
  archive.require(capacity <= 2 || archive.holds(capacity * sizeof(InstanceCore)));
  if (archive.reads() && archive.sound()) {
    ghosts.capacity = capacity;
    ghosts.owns_shapes = true;
    make_lanes(ghosts, several);
  }
  visit(archive, ghosts, ghosts.shapes.size());
}

}  // namespace oscilla::runtime
