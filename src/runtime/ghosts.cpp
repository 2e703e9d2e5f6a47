#include "runtime/ghosts.hpp"

#include <algorithm>
#include <limits>

#include "base/natural_order.hpp"
#include "frame/topology.hpp"
#include "render/batches.hpp"
#include "runtime/glides.hpp"

namespace oscilla::runtime {
namespace {

/// How many floats the topology's verbs use, in a frame that has it.
std::size_t floats_of(const Topology& topology) { return 2 * frame::points_used(topology); }

/// What of the points the sink's shapes use.
std::size_t points_of(const ir::Program& program, const ir::Sink& sink) {
  std::size_t floats = 0;
  for (std::uint32_t s = sink.shape.v; s < sink.shape.v + sink.shapes; ++s) {
    const ir::ShapeEntry& entry = program.shapes[s];
    if (entry.kind == ShapeKind::Path) floats += floats_of({program.topologies[entry.topology]});
  }
  return floats;
}

void drop_first(GhostPass& ghosts, std::uint32_t lanes) {
  GhostLanes& all = ghosts.lanes;
  const auto move_up = [&](auto& list, std::size_t each) {
    std::copy(list.begin() + static_cast<std::ptrdiff_t>(each * lanes),
              list.begin() + static_cast<std::ptrdiff_t>(each * ghosts.count), list.begin());
  };
  move_up(all.core, 1);
  move_up(all.rotation, 1);
  move_up(all.scale, 2);
  if (ghosts.has_stroke) move_up(all.stroke, kStrokeFloats);
  move_up(all.shape, 1);
  ghosts.count -= lanes;
}

void keep_style(GhostPass& ghosts, const Style& style) {
  ghosts.stops.assign(style.fill.stops.begin(), style.fill.stops.end());
  ghosts.dashes.assign(style.dashes.begin(), style.dashes.end());
  ghosts.style = style;
  ghosts.style.fill.stops = ghosts.stops;
  ghosts.style.dashes = ghosts.dashes;
}

/// They keep the program alive.
std::shared_ptr<const Topologies> topologies_of(std::shared_ptr<const ir::Program> program) {
  const Topologies* topologies = &program->topologies;
  return {std::move(program), topologies};
}

}  // namespace

void make_lanes(GhostPass& ghosts, bool several_shapes) {
  const std::size_t capacity = ghosts.capacity;
  ghosts.lanes.core.resize(capacity);
  ghosts.lanes.rotation.resize(capacity);
  ghosts.lanes.scale.resize(2 * capacity);
  ghosts.lanes.stroke.resize(ghosts.has_stroke ? kStrokeFloats * capacity : 0);
  ghosts.lanes.shape.resize(capacity);
  ghosts.groups.reserve(kGhostGroups);
  for (GhostPass::Drawn& drawn : ghosts.drawn) {
    drawn.core.resize(capacity);
    drawn.rotation.resize(capacity);
    drawn.scale.resize(2 * capacity);
    drawn.stroke.resize(ghosts.lanes.stroke.size());
    drawn.shape.resize(capacity);
    drawn.batches.resize(several_shapes ? std::max<std::size_t>(capacity, 1) : 1);
  }
}

GhostPass make_ghost_pass(std::shared_ptr<const ir::Program> program, ir::SinkIx ix, std::uint32_t capacity) {
  const ir::Sink& sink = program->sinks[ix.v];
  GhostPass ghosts;
  ghosts.name = sink.name;
  ghosts.order_name = sink.order_name;
  ghosts.layer = sink.layer;
  ghosts.blend = sink.blend;
  ghosts.fade = sink.glides[static_cast<std::size_t>(ir::GlidePort::Opacity)];
  ghosts.capacity = capacity;
  ghosts.sink = ix;
  ghosts.has_stroke = sink.has_stroke;
  ghosts.first_shape = sink.shape.v;
  make_lanes(ghosts, sink.shapes > 1);
  ghosts.shapes.reserve(sink.shapes);
  ghosts.points.reserve(points_of(*program, sink));
  ghosts.stops.reserve(sink.style.fill.stops.size());
  ghosts.dashes.reserve(sink.style.dashes.size());
  ghosts.topologies = topologies_of(std::move(program));
  return ghosts;
}

void keep_shapes(GhostPass& ghosts, const RenderFrame& frame, const Style& style) {
  const std::uint32_t first_shape = ghosts.first_shape;
  ghosts.owns_shapes = true;
  keep_style(ghosts, style);
  for (std::size_t s = 0; s < ghosts.shapes.capacity() && first_shape + s < frame.shapes.size(); ++s) {
    Shape shape = frame.shapes[first_shape + s];
    if (shape.kind == ShapeKind::Path) {
      const std::span<const float> points =
          frame.points.subspan(shape.first_point, floats_of(frame.topologies[shape.topology]));
      shape.first_point = static_cast<std::uint32_t>(ghosts.points.size());
      if (ghosts.points.size() + points.size() <= ghosts.points.capacity())
        ghosts.points.insert(ghosts.points.end(), points.begin(), points.end());
    }
    ghosts.shapes.push_back(shape);
  }
  for (std::uint32_t i = 0; i < ghosts.count; ++i) ghosts.lanes.shape[i] -= first_shape;
}

void fade_ghosts(GhostPass& ghosts, float level) {
  if (level == 1 || ghosts.groups.empty()) return;
  for (std::uint32_t i = ghosts.groups.back().first; i < ghosts.count; ++i) {
    ghosts.lanes.core[i].a *= level;
    if (ghosts.has_stroke) ghosts.lanes.stroke[kStrokeFloats * i + 4] *= level;
  }
}

GhostPass make_background_ghosts(std::shared_ptr<const ir::Program> program, const ir::GlideSetting& fade) {
  GhostPass ghosts;
  ghosts.name = "background";
  ghosts.layer = std::numeric_limits<std::int32_t>::min();
  ghosts.fade = fade;
  ghosts.capacity = fade.policy == ir::GlidePolicy::None ? 0 : 1;
  make_lanes(ghosts, false);
  ghosts.shapes.reserve(1);
  ghosts.stops.reserve(program->background ? program->background->fill.stops.size() : 0);
  ghosts.topologies = topologies_of(std::move(program));
  return ghosts;
}

void keep_background(GhostPass& ghosts, const RenderFrame& frame, double running_ms) {
  if (ghosts.capacity == 0 || frame.background_fill.paint == Paint::None) return;
  const auto [r, g, b, a] = frame.background;
  const bool tinted = frame.background_fill.paint == Paint::Solid;
  ghosts.lanes.core[0] =
      tinted ? InstanceCore{0.5f, 0.5f, 1, 1, r, g, b, a} : InstanceCore{0.5f, 0.5f, 1, 1, 1, 1, 1, 1};
  ghosts.lanes.shape[0] = 0;
  ghosts.count = 1;
  ghosts.groups.push_back({0, 1, running_ms});
  ghosts.owns_shapes = true;
  keep_style(ghosts, {.fill = frame.background_fill});
  const float side = static_cast<float>(std::min(frame.width, frame.height));
  const bool square = frame.fit == Fit::Square;
  Shape& canvas = ghosts.shapes.emplace_back();
  canvas.kind = ShapeKind::Rectangle;
  canvas.parameters = {square ? static_cast<float>(frame.width) / side : 1,
                       square ? static_cast<float>(frame.height) / side : 1, 0, 0};
}

bool age_ghosts(GhostPass& ghosts, double running_ms) {
  std::size_t over = 0;
  std::uint32_t lanes = 0;
  kernels::GlideWeights weights;
  while (over < ghosts.groups.size() && !fade_weights(ghosts.fade, running_ms - ghosts.groups[over].start_ms, weights))
    lanes += ghosts.groups[over++].count;
  if (over > 0) {
    ghosts.groups.erase(ghosts.groups.begin(), ghosts.groups.begin() + static_cast<std::ptrdiff_t>(over));
    drop_first(ghosts, lanes);
    for (GhostGroup& group : ghosts.groups) group.first -= lanes;
  }
  return ghosts.count > 0;
}

Pass draw_ghosts(GhostPass& ghosts, double running_ms, std::size_t which, std::uint32_t first_shape) {
  GhostPass::Drawn& drawn = ghosts.drawn[which];
  const std::uint32_t shape_offset = ghosts.owns_shapes ? first_shape : 0;
  if (ghosts.has_stroke) std::ranges::copy(ghosts.lanes.stroke, drawn.stroke.begin());
  for (const GhostGroup& group : ghosts.groups) {
    kernels::GlideWeights weights;
    const double age = std::max(running_ms - group.start_ms, 0.0);
    if (!fade_weights(ghosts.fade, age, weights)) weights.level = 0;
    for (std::uint32_t i = group.first; i < group.first + group.count; ++i) {
      drawn.core[i] = ghosts.lanes.core[i];
      drawn.core[i].a *= weights.level;
      if (ghosts.has_stroke) drawn.stroke[kStrokeFloats * i + 4] *= weights.level;
      drawn.shape[i] = ghosts.lanes.shape[i] + shape_offset;
    }
  }
  const auto copied = [&](const std::vector<float>& from, std::vector<float>& to, std::size_t each) {
    std::copy_n(from.begin(), each * ghosts.count, to.begin());
    return std::span<const float>(to).first(each * ghosts.count);
  };
  Pass pass;
  pass.name = ghosts.name;
  pass.layer = ghosts.layer;
  pass.blend = ghosts.blend;
  pass.instances.count = pass.instances.visible = ghosts.count;
  pass.instances.core = std::span<const InstanceCore>(drawn.core).first(ghosts.count);
  if (ghosts.has_rotation) pass.instances.rotation = copied(ghosts.lanes.rotation, drawn.rotation, 1);
  if (ghosts.has_scale) pass.instances.scale = copied(ghosts.lanes.scale, drawn.scale, 2);
  if (ghosts.has_stroke)
    pass.instances.stroke = std::span<const float>(drawn.stroke).first(kStrokeFloats * ghosts.count);
  pass.style = ghosts.style;
  const std::span<const std::uint32_t> shapes = std::span<const std::uint32_t>(drawn.shape).first(ghosts.count);
  std::size_t batches = 0;
  if (drawn.batches.size() > 1) {
    pass.instances.shape = shapes;
    batches = render::batch_by_shape(ghosts.count, {}, shapes, drawn.batches);
  } else {
    batches = render::batch_uniform(ghosts.count, ghosts.count > 0 ? shapes[0] : 0, drawn.batches);
  }
  pass.batches = std::span<const Batch>(drawn.batches).first(batches);
  return pass;
}

std::size_t place_of(const GhostPass& ghosts, const ir::Program& program) {
  const auto own = std::ranges::find(program.sinks, ghosts.name, &ir::Sink::name);  // an edit may give it another place
  if (own != program.sinks.end() && own->layer == ghosts.layer)
    return static_cast<std::size_t>(own - program.sinks.begin()) + 1;
  const auto comes_after = [&](const ir::Sink& sink) {
    return sink.layer != ghosts.layer ? sink.layer > ghosts.layer : natural_less(ghosts.order_name, sink.order_name);
  };
  return static_cast<std::size_t>(std::ranges::find_if(program.sinks, comes_after) - program.sinks.begin());
}

}  // namespace oscilla::runtime
