#include "runtime/program_state.hpp"

#include <algorithm>
#include <utility>

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
  state.lanes_of.resize(state.blocks.size());
  for (const ir::Instance& instance : program.instances)
    state.lanes_before.push_back(instance.count.valid() ? 0 : instance.lanes);
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

/// A number as it is in a state: finite, and flushed as what enters one always is.
float as_stored(const ProgramState& state, double value) {
  const kernels::FrameKernels& frame = kernels::frame_kernels(state.options.isa);
  alignas(kBufferAlignment) std::array<float, kernels::kLanePadding> lanes;
  lanes.fill(static_cast<float>(value));
  frame.copy_finite(lanes.data(), lanes.data(), kernels::kLanePadding);
  frame.copy_state(lanes.data(), lanes.data(), kernels::kLanePadding);
  return lanes[0];
}

/// Initial values in lanes [first, end) of a state's planes.
void fill_initial(ProgramState& state, std::size_t index, std::uint32_t first, std::uint32_t end) {
  const ir::State& description = state.program->states[index];
  const std::uint32_t stride = padded_lanes(state.program->instances[description.instance.v].lanes);
  for (std::size_t c = 0; c < description.components; ++c) {
    std::fill_n(state.states[index].data() + c * stride + first, end - first, as_stored(state, description.initial[c]));
  }
}

/// Initial values in every lane, padding included.
void make_states(ProgramState& state) {
  for (const ir::State& description : state.program->states) {
    const bool is_field = description.instance.valid();
    const std::uint32_t lanes = is_field ? padded_lanes(state.program->instances[description.instance.v].lanes) : 0;
    state.states.emplace_back(std::size_t{lanes} * description.components);
    if (is_field) fill_initial(state, state.states.size() - 1, 0, lanes);
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

std::uint32_t live_lanes(const ProgramState& state, ir::InstanceIx instance) {
  const ir::Instance& description = state.program->instances[instance.v];
  if (!description.count.valid()) return description.lanes;
  return static_cast<std::uint32_t>(state.slots[description.count.v]);
}

void begin_new_lanes(ProgramState& state, ir::InstanceIx instance) {
  const std::uint32_t lanes = live_lanes(state, instance);
  const std::uint32_t before = std::exchange(state.lanes_before[instance.v], lanes);
  if (before >= lanes) return;
  for (std::size_t s = 0; s < state.states.size(); ++s) {
    if (state.program->states[s].instance == instance) fill_initial(state, s, before, lanes);
  }
}

ProgramState make_program_state(std::shared_ptr<const ir::Program> program, const RunOptions& options) {
  ProgramState state;
  state.program = std::move(program);
  state.options = options;
  link_code(state);
  make_slots(state);
  make_states(state);
  make_taps_and_partials(state);
  make_sinks(state);
  state.errors = ErrorLog(state.program->instances.size());
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
           bytes_of(state.uniforms) + bytes_of(state.lanes_of) + bytes_of(state.lanes_before) +
           bytes_of(state.order_scratch);
  for (const AlignedBuffer<float>& planes : state.states) bytes += bytes_of(planes);
  for (const AlignedBuffer<float>& planes : state.taps) bytes += bytes_of(planes);
  for (const AlignedBuffer<kernels::ReducePartial>& units : state.partials) bytes += bytes_of(units);
  for (const SinkState& sink : state.sinks) {
    bytes += sizeof(SinkState) + bytes_of(sink.keys);
    for (const SinkBuffer& buffer : sink.buffers) {
      bytes += bytes_of(buffer.core) + bytes_of(buffer.rotation) + bytes_of(buffer.order);
    }
  }
  bytes += state.errors.bytes();
  for (const FrameState& frame : state.frames) bytes += bytes_of(frame.passes) + bytes_of(frame.shapes);
  return bytes;
}

}  // namespace oscilla::runtime
