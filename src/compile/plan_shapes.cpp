#include "compile/plan_shapes.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>
#include <vector>

#include "frame/topology.hpp"

namespace oscilla::compile {
namespace {

/// How a path through `corners` points is drawn.
std::vector<PathVerb> verbs_of(ir::PathCurve curve, bool open, std::uint32_t corners) {
  std::vector<PathVerb> verbs{PathVerb::Move};
  const auto add = [&](std::uint32_t count, std::initializer_list<PathVerb> group) {
    for (std::uint32_t i = 0; i < count; ++i) verbs.insert(verbs.end(), group);
  };
  const std::uint32_t edges = std::max(corners, 1u) - 1;
  const std::uint32_t groups = edges / ir::group_of(curve);
  switch (curve) {
    case ir::PathCurve::Straight: add(edges, {PathVerb::Line}); break;
    case ir::PathCurve::Smooth:
      if (open && edges == 1) add(1, {PathVerb::Line});
      add(open ? std::max(edges, 1u) - 1 : corners, {PathVerb::Quadratic});
      break;
    case ir::PathCurve::Cubic: add(open ? groups : corners / 3, {PathVerb::Cubic}); break;
    case ir::PathCurve::Quadratic: add(open ? groups : corners / 2, {PathVerb::Quadratic}); break;
    case ir::PathCurve::Round:
      if (!open) add(1, {PathVerb::Quadratic});
      add(open ? std::max(edges, 1u) - 1 : edges, {PathVerb::Line, PathVerb::Quadratic});
      if (open && edges > 0) add(1, {PathVerb::Line});
      break;
  }
  if (!open) verbs.push_back(PathVerb::Close);
  return verbs;
}

/// Interned by content.
std::uint32_t topology_of(std::vector<PathVerb> verbs, ir::Program& program) {
  const auto found = std::find(program.topologies.begin(), program.topologies.end(), verbs);
  if (found != program.topologies.end()) return static_cast<std::uint32_t>(found - program.topologies.begin());
  program.topologies.push_back(std::move(verbs));
  return static_cast<std::uint32_t>(program.topologies.size() - 1);
}

}  // namespace

void keep_used_shapes(Lowered& lowered) {
  std::vector<blocks::ShapeDraft> kept;
  std::map<std::uint32_t, std::uint32_t> number;  // by the first of a run that is drawn
  const auto keep = [&](ir::ShapeIx& shape, std::uint32_t count) {
    const auto first = lowered.draft.shapes.begin() + shape.v;
    const auto [found, added] = number.emplace(shape.v, static_cast<std::uint32_t>(kept.size()));
    if (added) kept.insert(kept.end(), first, first + count);
    shape = {found->second};
  };
  for (blocks::SinkDraft& draft : lowered.draft.sinks) keep(draft.sink.shape, draft.sink.shapes);
  for (ir::LayerOf<ir::ExprId>& layer : lowered.draft.layers)
    if (layer.clip.valid()) keep(layer.clip, 1);
  lowered.draft.shapes = std::move(kept);
}

void plan_shapes(const Lowered& lowered, const Slots& slots, ir::Program& program) {
  const auto slot = [&](ir::ExprId id) { return id.valid() ? slots.of(id) : ir::SlotIx{}; };
  for (const blocks::ShapeDraft& shape : lowered.draft.shapes) {
    ir::ShapeEntry entry;
    entry.kind = shape.kind;
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) entry.parameters[i] = slots.of(shape.parameters[i]);
    if (shape.kind == ShapeKind::Path) {
      entry.curve = shape.curve;
      entry.open = shape.open;
      entry.corner = slot(shape.corner);
      entry.instance = shape.instance;
      for (const ir::ExprId point : shape.fixed) entry.fixed.push_back(slots.of(point));
      entry.topology = topology_of(shape.instance.valid()
                                       ? verbs_of(shape.curve, shape.open, program.instances[shape.instance.v].lanes)
                                       : shape.verbs,
                                   program);
      entry.first_point = program.point_floats;
      program.point_floats += static_cast<std::uint32_t>(2 * frame::points_used({program.topologies[entry.topology]}));
    }
    program.shapes.push_back(std::move(entry));
  }
}

}  // namespace oscilla::compile
