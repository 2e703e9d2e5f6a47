#include "runtime/emit.hpp"

#include "render/batches.hpp"
#include "render/order.hpp"

namespace oscilla::runtime {
namespace {

/// A signal that goes straight into the frame.
float narrowed(double value) {
  const auto narrow = static_cast<float>(value);
  return narrow - narrow == 0 ? narrow : 0;
}

/// A corner's coordinate: what is not finite is 0.
float corner_of(const ProgramState& state, const ir::Operand& from, std::size_t lane) {
  if (from.source == ir::Source::Uniform) return narrowed(state.slots[from.index]);
  const float x = state.planes[from.index][lane];
  return x - x == 0 ? x : 0;
}

/// A straight path goes through its corners, a smooth one from the middle of the last edge round every corner to the
/// middle of the next.
void emit_path(const ProgramState& state, const ir::ShapeEntry& entry, Shape& shape, std::vector<float>& points) {
  const std::uint32_t corners = state.program->instances[entry.instance.v].lanes;
  const bool smooth = entry.curve == ir::PathCurve::Smooth;
  shape.topology = entry.topology;
  shape.first_point = entry.first_point;
  for (std::size_t axis = 0; axis < 2; ++axis) {
    float* to = points.data() + entry.first_point + axis;
    const auto corner = [&](std::size_t lane) { return corner_of(state, entry.points[axis], lane % corners); };
    if (smooth) {
      *to = 0.5f * (corner(corners - 1) + corner(0));
      to += 2;
    }
    for (std::uint32_t lane = 0; lane < corners; ++lane) {
      *to = corner(lane);
      to += 2;
      if (!smooth) continue;
      *to = 0.5f * (corner(lane) + corner(lane + 1));
      to += 2;
    }
  }
}

std::span<const float> interleave_scale(const SinkState& memory, SinkBuffer& to, std::uint32_t lanes) {
  const float* x = memory.more.data();
  const float* y = x + memory.more.size() / 3;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    to.scale[2 * lane] = x[lane];
    to.scale[2 * lane + 1] = y[lane];
  }
  return std::span<const float>(to.scale).first(std::size_t{2} * lanes);
}

/// Which of the frame's shapes each lane has.
std::span<const std::uint32_t> number_shapes(const SinkState& memory, const ir::Sink& sink, SinkBuffer& to,
                                             std::uint32_t lanes) {
  const float* which = memory.more.data() + memory.more.size() / 3 * 2;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const float last = static_cast<float>(sink.shapes - 1);
    const float chosen = which[lane] > 0 ? (which[lane] < last ? which[lane] : last) : 0;
    to.shape[lane] = sink.shape.v + static_cast<std::uint32_t>(chosen);
  }
  return std::span<const std::uint32_t>(to.shape).first(lanes);
}

void emit_shapes(ProgramState& state, FrameState& to) {
  const ir::Program& program = *state.program;
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    const ir::ShapeEntry& entry = program.shapes[s];
    Shape& shape = to.shapes[s];
    shape.kind = entry.kind;
    for (std::size_t p = 0; p < entry.parameters.size(); ++p) {
      const ir::SlotIx slot = entry.parameters[p];
      shape.parameters[p] = slot.valid() ? narrowed(state.slots[slot.v]) : 0;
    }
    if (entry.kind == ShapeKind::Path) emit_path(state, entry, shape, to.points);
  }
}

}  // namespace

void order_sink(ProgramState& state, std::size_t sink) {
  const ir::Sink& description = state.program->sinks[sink];
  const std::uint32_t lanes = live_lanes(state, description.instance);
  SinkState& memory = state.sinks[sink];
  SinkBuffer& to = memory.buffers[memory.current];
  const render::DrawingOrder order =
      memory.level ? render::order_of_level(memory.keys.span().first(lanes))
                   : render::find_order(kernels::frame_kernels(state.options.isa).order,
                                        memory.keys.span().first(lanes), to.order.data(), state.order_scratch.data());
  Pass& pass = memory.pass;
  pass.name = description.name;
  pass.layer = description.layer;
  pass.blend = description.blend;
  pass.instances.count = lanes;
  pass.instances.visible = order.visible;
  pass.instances.core = {reinterpret_cast<const InstanceCore*>(to.core.data()), lanes};
  if (description.has_rotation) pass.instances.rotation = to.rotation.span().first(lanes);
  pass.instances.order = {};
  if (!order.identity) pass.instances.order = to.order.span().first(order.visible);
  pass.instances.scale = {};
  if (description.has_scale) pass.instances.scale = interleave_scale(memory, to, lanes);
  pass.instances.shape = {};
  if (description.shapes > 1) pass.instances.shape = number_shapes(memory, description, to, lanes);
  const std::size_t batches =
      description.shapes > 1
          ? render::batch_by_shape(order.visible, pass.instances.order, pass.instances.shape, to.batches)
          : render::batch_uniform(order.visible, description.shape.v, to.batches);
  pass.batches = std::span<const Batch>(to.batches).first(batches);
}

void emit_frame(ProgramState& state, const Clock& clock, std::size_t buffer) {
  const ir::Canvas& canvas = state.program->canvas;
  FrameState& to = state.frames[buffer];
  emit_shapes(state, to);
  for (std::size_t s = 0; s < state.sinks.size(); ++s) to.passes[s] = state.sinks[s].pass;
  RenderFrame& frame = to.frame;
  frame.tick = clock.tick;
  frame.t_ms = clock.t_ms;
  frame.width = canvas.width;
  frame.height = canvas.height;
  frame.fit = canvas.fit;
  for (std::size_t c = 0; c < frame.background.size(); ++c) frame.background[c] = narrowed(canvas.background[c]);
  frame.passes = to.passes;
  frame.shapes = to.shapes;
  frame.topologies = state.topologies;
  frame.points = to.points;
}

}  // namespace oscilla::runtime
