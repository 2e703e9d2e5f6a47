#include "runtime/program_state.hpp"

#include <algorithm>

#include "exec/link.hpp"
#include "exec/link_scalars.hpp"

namespace oscilla::runtime {
namespace {

using exec::padded_lanes;

template <class T>
std::size_t bytes_of(const std::vector<T>& list) {
  return list.size() * sizeof(T);
}

template <class T>
std::size_t bytes_of(const AlignedBuffer<T>& buffer) {
  return buffer.size() * sizeof(T);
}

void link_code(ProgramState& state) {
  const ir::Program& program = *state.program;
  const RunOptions& options = state.options;
  state.scalars = exec::link_scalars(program);
  state.commits = exec::link_commits(program);
  std::size_t uniforms = 0;
  for (std::uint32_t field = 0; field < program.fields.size(); ++field) {
    const exec::LinkOptions link{options.isa, options.block_lanes, options.optimise};
    state.blocks.push_back(exec::link(program, field, link));
    uniforms += state.blocks.back().uniforms.size();
  }
  state.workers = exec::make_workers(state.blocks, std::max(options.runner.workers, 1u));
  state.uniforms.resize(uniforms);
  std::uint32_t* next = state.uniforms.data();
  for (const exec::BlockProgram& block : state.blocks) {
    state.uniforms_of.push_back(next);
    next += block.uniforms.size();
  }
}

void make_slots(ProgramState& state) {
  state.slots = state.program->slots;
  state.slots.push_back(0);
  state.commit_scratch.resize(state.commits.size());
  state.probe_values.resize(state.program->probes.size() * 4);
}

/// Initial values in every lane, padding included, flushed as what enters a state always is.
void make_states(ProgramState& state) {
  const kernels::FrameKernels& frame = kernels::frame_kernels(state.options.isa);
  for (const ir::State& description : state.program->states) {
    AlignedBuffer<float> planes;
    if (description.instance.valid()) {
      const std::uint32_t stride = padded_lanes(state.program->instances[description.instance.v].lanes);
      planes = AlignedBuffer<float>(std::size_t{stride} * description.components);
      for (std::size_t c = 0; c < description.components; ++c) {
        float* plane = planes.data() + c * stride;
        std::fill_n(plane, stride, static_cast<float>(description.initial[c]));
        frame.copy_finite(plane, plane, stride);
        frame.copy_state(plane, plane, stride);
      }
    }
    state.states.push_back(std::move(planes));
    state.state_planes.push_back(state.states.back().data());
  }
}

void make_taps_and_partials(ProgramState& state) {
  const ir::Program& program = *state.program;
  for (const ir::Probe& probe : program.probes) {
    const std::size_t lanes = probe.instance.valid() ? padded_lanes(program.instances[probe.instance.v].lanes) : 0;
    state.taps.emplace_back(lanes * probe.components);
    state.tap_planes.push_back(state.taps.back().data());
  }
  for (const ir::ReduceStep& reduce : program.reduces) {
    state.partials.emplace_back(exec::units_of(program.instances[reduce.instance.v].lanes));
    state.partial_units.push_back(state.partials.back().data());
  }
}

void make_sinks(ProgramState& state) {
  const ir::Program& program = *state.program;
  std::size_t most_lanes = 0;
  for (const ir::Sink& sink : program.sinks) {
    const std::size_t lanes = padded_lanes(program.instances[sink.instance.v].lanes);
    most_lanes = std::max(most_lanes, lanes);
    SinkState made;
    made.keys = AlignedBuffer<std::uint32_t>(lanes);
    for (SinkBuffer& buffer : made.buffers) {
      buffer.core = AlignedBuffer<float>(lanes * 8);
      buffer.rotation = AlignedBuffer<float>(sink.has_rotation ? lanes : 0);
      buffer.order = AlignedBuffer<std::uint32_t>(lanes);
    }
    state.sinks.push_back(std::move(made));
  }
  state.order_scratch = AlignedBuffer<std::byte>(most_lanes * kernels::kSortScratchBytes);
  state.sink_memory.resize(program.sinks.size());
  for (FrameState& frame : state.frames) {
    frame.passes.resize(program.sinks.size());
    frame.shapes.resize(program.shapes.size());
  }
}

}  // namespace

ProgramState make_program_state(std::shared_ptr<const ir::Program> program, const RunOptions& options) {
  ProgramState state;
  state.program = std::move(program);
  state.options = options;
  link_code(state);
  make_slots(state);
  make_states(state);
  make_taps_and_partials(state);
  make_sinks(state);
  return state;
}

std::size_t memory_bytes(const ProgramState& state) {
  std::size_t bytes = sizeof(ProgramState) + state.workers.bytes;
  bytes += bytes_of(state.scalars) + bytes_of(state.commits) + bytes_of(state.blocks);
  for (const exec::BlockProgram& block : state.blocks) {
    bytes += bytes_of(block.instrs) + bytes_of(block.ops) + bytes_of(block.uniforms) + bytes_of(block.broadcasts) +
             bytes_of(block.states) + bytes_of(block.stores) + bytes_of(block.sinks) + bytes_of(block.taps);
  }
  bytes += bytes_of(state.slots) + bytes_of(state.commit_scratch) + bytes_of(state.probe_values) +
           bytes_of(state.uniforms) + bytes_of(state.order_scratch);
  for (const AlignedBuffer<float>& planes : state.states) bytes += bytes_of(planes);
  for (const AlignedBuffer<float>& planes : state.taps) bytes += bytes_of(planes);
  for (const AlignedBuffer<kernels::ReducePartial>& units : state.partials) bytes += bytes_of(units);
  for (const SinkState& sink : state.sinks) {
    bytes += sizeof(SinkState) + bytes_of(sink.keys);
    for (const SinkBuffer& buffer : sink.buffers) {
      bytes += bytes_of(buffer.core) + bytes_of(buffer.rotation) + bytes_of(buffer.order);
    }
  }
  for (const FrameState& frame : state.frames) bytes += bytes_of(frame.passes) + bytes_of(frame.shapes);
  return bytes;
}

}  // namespace oscilla::runtime
