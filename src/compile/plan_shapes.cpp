#include "compile/plan_shapes.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace oscilla::compile {
namespace {

/// How a closed path through `corners` points is drawn.
std::vector<PathVerb> verbs_of(ir::PathCurve curve, std::uint32_t corners) {
  const bool straight = curve == ir::PathCurve::Straight;
  std::vector<PathVerb> verbs{PathVerb::Move};
  verbs.insert(verbs.end(), straight ? corners - 1 : corners, straight ? PathVerb::Line : PathVerb::Quadratic);
  verbs.push_back(PathVerb::Close);
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
  std::map<std::uint32_t, std::uint32_t> number;  // by the first of a run that a sink draws
  for (blocks::SinkDraft& draft : lowered.draft.sinks) {
    const auto first = lowered.draft.shapes.begin() + draft.sink.shape.v;
    const auto [found, added] = number.emplace(draft.sink.shape.v, static_cast<std::uint32_t>(kept.size()));
    if (added) kept.insert(kept.end(), first, first + draft.sink.shapes);
    draft.sink.shape = {found->second};
  }
  lowered.draft.shapes = std::move(kept);
}

void plan_shapes(const Lowered& lowered, const Slots& slots, ir::Program& program) {
  for (const blocks::ShapeDraft& shape : lowered.draft.shapes) {
    ir::ShapeEntry entry;
    entry.kind = shape.kind;
    for (std::size_t i = 0; i < entry.parameters.size(); ++i) entry.parameters[i] = slots.of(shape.parameters[i]);
    if (shape.kind == ShapeKind::Path) {
      entry.curve = shape.curve;
      entry.instance = shape.instance;
      const std::uint32_t corners = program.instances[shape.instance.v].lanes;
      entry.topology = topology_of(verbs_of(shape.curve, corners), program);
      entry.first_point = program.point_floats;
      program.point_floats += ir::points_of(shape.curve, corners) * 2;
    }
    program.shapes.push_back(entry);
  }
}

}  // namespace oscilla::compile
