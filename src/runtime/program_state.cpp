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
  for (std::uint32_t field = 0; field < program.fields.size(); ++field)
    state.blocks.push_back(exec::link(program, field, link_options(options)));
  state.lanes_of.resize(state.blocks.size());
  state.live.resize(program.instances.size());
  for (const ir::Instance& instance : program.instances)
    state.lanes_before.push_back(instance.count.valid() ? 0 : instance.lanes);
  make_room_for_blocks(state);
  state.versions = Versions(program);
  state.outcomes = std::make_unique<exec::Outcome[]>(program.fields.size());
  state.active.reserve(program.fields.size());
  state.ran.resize(program.fields.size());
  state.cache_found.resize(program.planes.size());
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
  for (const ir::Voices& voices : state.program->voices)
    state.voices.emplace_back(state.program->instances[voices.instance.v].lanes);
}

/// A number as it is in a state: finite, and flushed as what enters one always is.
float as_stored(const ProgramState& state, double value) {
  const kernels::FrameKernels& frame = kernels::frame_kernels(state.options.isa);
  alignas(kBufferAlignment) std::array<float, kernels::kLanePadding> lanes;
  lanes.fill(static_cast<float>(value));
  frame.copy_finite(lanes.data(), lanes.data(), kernels::kLanePadding);
  frame.store_state(lanes.data(), lanes.data(), lanes.data(), kernels::kLanePadding);
  return lanes[0];
}

/// Initial values in lanes [first, end) of a state's planes.
void fill_initial(ProgramState& state, std::size_t index, std::uint32_t first, std::uint32_t end) {
  const ir::State& description = state.program->states[index];
  const std::uint32_t stride = padded_lanes(state.program->instances[description.instance.v].lanes);
  for (std::size_t c = 0; c < description.components; ++c) {
    std::fill_n(state.state_planes[index] + c * stride + first, end - first, as_stored(state, description.initial[c]));
  }
}

/// Initial values in every lane, padding included.
void make_states(ProgramState& state) {
  for (const ir::State& description : state.program->states) {
    const bool is_field = description.instance.valid();
    const std::uint32_t lanes = is_field ? padded_lanes(state.program->instances[description.instance.v].lanes) : 0;
    state.states.emplace_back(std::size_t{lanes} * description.components);
    state.state_planes.push_back(state.states.back().data());
    if (is_field) fill_initial(state, state.states.size() - 1, 0, lanes);
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
  state.scan_replaced.resize(program.scans.size());
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
    made.past.resize(std::size_t{sink.trail} * sink.trail_step);
    made.buffers.resize(kFrameBuffers + made.past.size());
    for (SinkBuffer& buffer : made.buffers) {
      buffer.core = AlignedBuffer<float>(lanes * 8);
      buffer.rotation = AlignedBuffer<float>(sink.has_rotation ? lanes : 0);
      buffer.order = AlignedBuffer<std::uint32_t>(lanes);
      buffer.stroke.resize(sink.has_stroke ? kStrokeFloats * program.instances[sink.instance.v].lanes : 0);
      buffer.scale.resize(sink.has_scale ? std::size_t{2} * program.instances[sink.instance.v].lanes : 0);
      buffer.shape.resize(sink.shapes > 1 ? program.instances[sink.instance.v].lanes : 0);
      buffer.batches.resize(std::max<std::size_t>(buffer.shape.size(), 1));
    }
    made.stride = sink.has_scale || sink.has_stroke || sink.shapes > 1 ? lanes : 0;
    made.more = AlignedBuffer<float>(made.stride * (sink.has_stroke ? kMorePlanes : 3));
    state.sinks.push_back(std::move(made));
  }
  state.order_scratch = AlignedBuffer<std::byte>(most_lanes * kernels::kSortScratchBytes);
  state.sink_memory.resize(program.sinks.size());
  std::size_t stops = program.background ? program.background->fill.stops.size() : 0;
  std::size_t dashes = 0;
  for (const ir::Sink& sink : program.sinks) {
    stops += sink.style.fill.stops.size();
    dashes += sink.style.dashes.size();
  }
  state.glides.resize(program.sinks.size());
  for (SinkGlides& glides : state.glides) {
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      glides.now[r].gauge = gauge_of(static_cast<ir::Role>(r));
      glides.now[r].neutral = neutral_of(static_cast<ir::Role>(r));
    }
  }
  for (FrameState& frame : state.frames) {
    frame.stops.resize(stops);
    frame.dashes.resize(dashes);
    frame.layers.resize(program.layers.size());
  }
  for (const std::vector<PathVerb>& verbs : program.topologies) state.topologies.push_back({verbs});
}

/// Pools whose lanes come and go.
void make_fades(ProgramState& state) {
  const ir::Program& program = *state.program;
  state.pool_ghosts.assign(program.sinks.size(), kNoGhosts);
  for (std::uint32_t s = 0; s < program.sinks.size(); ++s) {
    const ir::Instance& instance = program.instances[program.sinks[s].instance.v];
    const bool changes = instance.count.valid() && instance.count.v >= program.constant_slots;
    const auto opacity = program.sinks[s].glides[static_cast<std::size_t>(ir::GlidePort::Opacity)];
    if (!changes || opacity.policy == ir::GlidePolicy::None) continue;
    state.glides[s].fade = make_lane_fade(instance.lanes);
    state.pool_ghosts[s] = static_cast<std::uint32_t>(state.ghosts.size());
    state.ghosts.push_back(make_ghost_pass(state.program, {s}, std::min(instance.lanes, kMostPoolGhosts)));
  }
}

void make_room_in(FrameState& frame, const ProgramState& state, const GhostRoom& room) {
  const ir::Program& program = *state.program;
  std::size_t passes = state.ghosts.size();
  for (const ir::Sink& sink : program.sinks) passes += 1 + sink.trail;
  frame.passes.resize(passes);
  frame.painted.resize(passes);
  frame.shapes.resize(program.shapes.size() + room.shapes);
  frame.topologies.resize(state.topologies.size() + room.shapes);
  frame.points.resize(program.point_floats + room.points);
}

}  // namespace

void make_room_for_ghosts(ProgramState& state) {
  constexpr std::size_t kOldShapes = 64, kOldPoints = 16384;
  GhostRoom room{kOldShapes, kOldPoints};
  for (const GhostPass& ghosts : state.ghosts) {
    room.shapes += ghosts.shapes.capacity();
    room.points += ghosts.points.capacity();
  }
  state.ghosts.resize(state.ghosts.size() + kOldGhostPasses);
  make_room_in_frames(state, room);
}

GhostRoom ghost_room(const ProgramState& state) {
  const ir::Program& program = *state.program;
  const FrameState& frame = state.frames.front();
  return {frame.shapes.size() - program.shapes.size(), frame.points.size() - program.point_floats};
}

void make_room_in_frames(ProgramState& state, const GhostRoom& room) {
  for (FrameState& frame : state.frames) make_room_in(frame, state, room);
}

void make_room_for_blocks(ProgramState& state) {
  std::size_t uniforms = 0, most_uniforms = 0, sources = 0;
  for (const exec::BlockProgram& block : state.blocks) {
    uniforms += block.uniforms.size();
    sources += block.sources.size();
    most_uniforms = std::max(most_uniforms, block.uniforms.size());
  }
  state.workers = exec::make_workers(state.blocks, std::max(state.options.runner.workers, 1u));
  state.uniforms.assign(uniforms, 0);
  state.uniforms_now.resize(most_uniforms);
  state.sources.assign(sources, {});
  state.uniforms_of.clear();
  state.sources_of.clear();
  std::uint32_t* next = state.uniforms.data();
  kernels::GatherSource* next_source = state.sources.data();
  for (const exec::BlockProgram& block : state.blocks) {
    state.uniforms_of.push_back(next);
    next += block.uniforms.size();
    state.sources_of.push_back(next_source);
    next_source += block.sources.size();
  }
}

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
  make_fades(state);
  state.numbers = make_numbers(*state.program);
  make_room_in_frames(state, {});
  state.errors = ErrorLog(state.program->instances.size() + state.event_lists.size() + state.queues.size() +
                          state.voices.size() + kMostFaultyPlaces);
  state.faults = make_faults(*state.program, state.numbers.row);
  return state;
}

exec::LinkOptions link_options(const RunOptions& options) {
  return {options.isa, options.block_lanes, options.optimise};
}

}  // namespace oscilla::runtime
