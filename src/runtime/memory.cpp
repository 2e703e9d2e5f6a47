#include "runtime/memory.hpp"

namespace oscilla::runtime {
namespace {

template <class List>
std::size_t bytes_of(const List& list) {
  return list.size() * sizeof(list[0]);
}

template <class List>
std::size_t bytes_of_all(const List& buffers) {
  std::size_t bytes = 0;
  for (const auto& buffer : buffers) bytes += bytes_of(buffer);
  return bytes;
}

std::size_t code_bytes(const ProgramState& state) {
  std::size_t bytes = sizeof(ProgramState) + bytes_of(state.scalars) + bytes_of(state.commits) + bytes_of(state.blocks);
  for (const exec::BlockProgram& block : state.blocks) {
    bytes += bytes_of(block.instrs) + bytes_of(block.ops) + bytes_of(block.uniforms) + bytes_of(block.broadcasts) +
             bytes_of(block.memory) + bytes_of(block.sources) + bytes_of(block.stores) + bytes_of(block.sinks) +
             bytes_of(block.taps) + bytes_of(block.planes_out) + sizeof(exec::Outcome);
  }
  bytes += bytes_of(state.slots) + bytes_of(state.commit_scratch) + bytes_of(state.probe_values) +
           bytes_of(state.uniforms) + bytes_of(state.uniforms_now) + bytes_of(state.sources) +
           bytes_of(state.lanes_of) + bytes_of(state.live) + bytes_of(state.lanes_before) + state.errors.bytes();
  for (const exec::EventList& list : state.event_lists) bytes += list.bytes();
  const Faults& faults = state.faults;
  bytes += faults.examiner->bytes() + bytes_of(faults.fields) + bytes_of(faults.looks) + bytes_of(faults.planes) +
           bytes_of(faults.makers) + bytes_of(faults.scan_of) + bytes_of(faults.ports) + bytes_of(faults.blocks) +
           bytes_of(faults.roots) + bytes_of(faults.limits) + bytes_of(faults.wanted) + bytes_of(faults.prepared);
  for (const FrameState& frame : state.frames)
    bytes += bytes_of(frame.stops) + bytes_of(frame.dashes) + bytes_of(frame.layers) +
             state.program->shapes.size() * sizeof(Shape) + state.program->point_floats * sizeof(float);
  for (const ir::Sink& sink : state.program->sinks) bytes += kFrameBuffers * (1 + sink.trail) * sizeof(Pass);
  return bytes;
}

/// Lanes that are gone: as they went, and in two frames.
std::size_t bytes_of_ghosts(const GhostPass& ghosts) {
  constexpr std::size_t kEach = sizeof(InstanceCore) + sizeof(float) * 3 + sizeof(std::uint32_t);
  return 3 * (ghosts.capacity * kEach + bytes_of(ghosts.lanes.stroke));
}

}  // namespace

MemoryUse memory_use(const ProgramState& state) {
  MemoryUse use;
  use.code = code_bytes(state);
  use.state = bytes_of_all(state.states) + bytes_of_all(state.next_states);
  for (const exec::EventQueue& queue : state.queues) use.state += queue.bytes();
  for (const exec::VoiceMemory& voices : state.voices) use.state += voices.bytes();
  for (std::size_t s = 0; s < state.sinks.size(); ++s) {
    const SinkState& sink = state.sinks[s];
    const ir::Sink& has = state.program->sinks[s];
    // What a sink has only because a role glides that it is without.
    (has.has_scale || has.has_stroke || has.shapes > 1 ? use.outputs : use.continuity) += bytes_of(sink.more);
    use.outputs += bytes_of(sink.keys) + bytes_of(sink.past);
    for (const SinkBuffer& buffer : sink.buffers) {
      use.outputs += bytes_of(buffer.core) + bytes_of(buffer.order) + bytes_of(buffer.stroke) + bytes_of(buffer.shape) +
                     bytes_of(buffer.batches);
      (has.has_rotation ? use.outputs : use.continuity) += bytes_of(buffer.rotation);
      (has.has_scale ? use.outputs : use.continuity) += bytes_of(buffer.scale);
    }
  }
  for (const GhostPass& ghosts : state.ghosts) use.continuity += bytes_of_ghosts(ghosts);
  use.sort = bytes_of(state.order_scratch);
  for (const auto& cache : state.caches)
    if (cache != nullptr) use.caches += bytes_of(cache->lanes);
  use.spills = bytes_of_all(state.spills) + bytes_of_all(state.partials) + bytes_of(state.scan_units);
  use.probes = bytes_of_all(state.taps);
  for (const SinkGlides& glides : state.glides)
    for (const RoleGlide& role : glides.roles) {
      use.continuity += bytes_of(role.offsets) + bytes_of(role.slopes);
      use.continuity += bytes_of(role.factors) + bytes_of(role.factor_slopes);
    }
  const Numbers& numbers = state.numbers;
  use.continuity += bytes_of(numbers.offsets) + bytes_of(numbers.slopes) + bytes_of(numbers.from);
  use.code += bytes_of(numbers.now) + bytes_of(numbers.scratch) + bytes_of(numbers.glides) +
              bytes_of(numbers.row.sources) + bytes_of(numbers.row.sections);
  for (const SinkGlides& glides : state.glides) use.continuity += bytes_of(glides.fade.levels);
  use.threads = state.workers.bytes;
  return use;
}

}  // namespace oscilla::runtime
