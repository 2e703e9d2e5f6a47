#include "runtime/program_state.hpp"

#include <algorithm>
#include <utility>

#include "exec/link_scalars.hpp"

namespace oscilla::runtime {
namespace {

using exec::padded_lanes;

/// Places of a program that can have a record of what was wrong there.
constexpr std::size_t kMostFaultyPlaces = 256;

void link_code(ProgramState& state) {
  const ir::Program& program = *state.program;
  const RunOptions& options = state.options;
  state.scalars = exec::link_scalars(program);
  state.commits = exec::link_commits(program);
  std::size_t uniforms = 0;
  std::size_t most_uniforms = 0;
  std::size_t sources = 0;
  for (std::uint32_t field = 0; field < program.fields.size(); ++field) {
    state.blocks.push_back(exec::link(program, field, link_options(options)));
    uniforms += state.blocks.back().uniforms.size();
    sources += state.blocks.back().sources.size();
    most_uniforms = std::max(most_uniforms, state.blocks.back().uniforms.size());
  }
  state.lanes_of.resize(state.blocks.size());
  state.live.resize(program.instances.size());
  for (const ir::Instance& instance : program.instances)
    state.lanes_before.push_back(instance.count.valid() ? 0 : instance.lanes);
  state.workers = exec::make_workers(state.blocks, std::max(options.runner.workers, 1u));
  state.uniforms.resize(uniforms);
  state.uniforms_now.resize(most_uniforms);
  state.sources.resize(sources);
  std::uint32_t* next = state.uniforms.data();
  kernels::GatherSource* next_source = state.sources.data();
  for (const exec::BlockProgram& block : state.blocks) {
    state.uniforms_of.push_back(next);
    next += block.uniforms.size();
    state.sources_of.push_back(next_source);
    next_source += block.sources.size();
  }
  state.versions = Versions(program);
  state.outcomes = std::make_unique<exec::Outcome[]>(program.fields.size());
  state.active.reserve(program.fields.size());
}

void make_slots(ProgramState& state) {
  state.slots = state.program->slots;
  state.slots.push_back(0);
  state.commit_scratch.resize(state.commits.size());
  state.probe_values.resize(state.program->probes.size() * 4);
}

void make_events(ProgramState& state) {
  for (const ir::EventList& list : state.program->event_lists) state.event_lists.emplace_back(list.capacity);
  for (const ir::Queue& queue : state.program->queues) state.queues.emplace_back(queue.capacity);
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
    state.next_states.emplace_back(description.double_buffered ? state.states.back().size() : 0);
    state.next_state_planes.push_back(state.next_states.back().data());
  }
}

/// Caches come from prepare().
void make_planes(ProgramState& state) {
  const ir::Program& program = *state.program;
  for (const ir::Plane& plane : program.planes) {
    const std::size_t lanes = plane.stable ? 0 : padded_lanes(program.instances[plane.instance.v].lanes);
    state.spills.emplace_back(lanes);
    state.planes.push_back(state.spills.back().data());
  }
  state.caches.resize(program.planes.size());
  std::size_t units = 0;
  for (const ir::ScanStep& scan : program.scans)
    units = std::max<std::size_t>(units, exec::units_of(program.instances[scan.instance.v].lanes));
  state.scan_units.resize(units);
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
      buffer.scale.resize(sink.has_scale ? std::size_t{2} * program.instances[sink.instance.v].lanes : 0);
      buffer.shape.resize(sink.shapes > 1 ? program.instances[sink.instance.v].lanes : 0);
      buffer.batches.resize(std::max<std::size_t>(buffer.shape.size(), 1));
    }
    made.more = AlignedBuffer<float>(sink.has_scale || sink.shapes > 1 ? lanes * 3 : 0);
    state.sinks.push_back(std::move(made));
  }
  state.order_scratch = AlignedBuffer<std::byte>(most_lanes * kernels::kSortScratchBytes);
  state.sink_memory.resize(program.sinks.size());
  for (FrameState& frame : state.frames) {
    frame.passes.resize(program.sinks.size());
    frame.shapes.resize(program.shapes.size());
    frame.points.resize(program.point_floats);
  }
  for (const std::vector<PathVerb>& verbs : program.topologies) state.topologies.push_back({verbs});
}

}  // namespace

std::uint32_t live_lanes(const ProgramState& state, ir::InstanceIx instance) {
  const ir::Instance& description = state.program->instances[instance.v];
  if (!description.count.valid()) return description.lanes;
  return static_cast<std::uint32_t>(state.slots[description.count.v]);
}

void begin_new_lanes(ProgramState& state, ir::InstanceIx instance, exec::Mode mode) {
  const std::uint32_t lanes = live_lanes(state, instance);
  const std::uint32_t before = state.lanes_before[instance.v];
  if (mode == exec::Mode::Tick) state.lanes_before[instance.v] = lanes;
  if (before >= lanes) return;
  for (std::uint32_t s = 0; s < state.states.size(); ++s) {
    if (state.program->states[s].instance != instance) continue;
    fill_initial(state, s, before, lanes);
    state.versions.state_moved(s);
  }
}

ProgramState make_program_state(std::shared_ptr<const ir::Program> program, const RunOptions& options) {
  ProgramState state;
  state.program = std::move(program);
  state.options = options;
  link_code(state);
  make_slots(state);
  make_events(state);
  make_states(state);
  make_planes(state);
  make_taps_and_partials(state);
  make_sinks(state);
  state.errors =
      ErrorLog(state.program->instances.size() + state.event_lists.size() + state.queues.size() + kMostFaultyPlaces);
  state.faults = make_faults(*state.program);
  return state;
}

exec::LinkOptions link_options(const RunOptions& options) {
  return {options.isa, options.block_lanes, options.optimise};
}

}  // namespace oscilla::runtime
