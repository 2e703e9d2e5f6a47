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
  }
}

}  // namespace

void order_sink(ProgramState& state, std::size_t sink) {
  const ir::Sink& description = state.program->sinks[sink];
  const std::uint32_t lanes = live_lanes(state, description.instance);
  SinkState& memory = state.sinks[sink];
  SinkBuffer& to = memory.buffers[memory.current];
  const render::DrawingOrder order =
      render::find_order(kernels::frame_kernels(state.options.isa).order, memory.keys.span().first(lanes),
                         to.order.data(), state.order_scratch.data());
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
  const std::size_t batches = render::batch_uniform(order.visible, description.shape.v, {&to.batch, 1});
  pass.batches = {&to.batch, batches};
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
}

}  // namespace oscilla::runtime
