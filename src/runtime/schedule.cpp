#include "runtime/schedule.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "render/camera.hpp"
#include "runtime/commit.hpp"
#include "runtime/emit.hpp"
#include "runtime/faults.hpp"
#include "runtime/joins.hpp"
#include "runtime/voices.hpp"

namespace oscilla::runtime {
namespace {

struct Tick {
  ProgramState& state;
  const Clock& clock;
  exec::Mode mode;
  TickCounts counts;
  SignalFaults signals = {};
  kernels::CameraUniforms camera = render::default_camera();
  std::uint64_t camera_replaced = 0;
};

bool is_finite_number(double x) { return x - x == 0; }

void fill_time_slots(Tick& tick) {
  for (const ir::TimeSlot& time : tick.state.program->time_slots) {
    tick.state.slots[time.slot.v] = value_of(tick.clock, time.value);
  }
}

void begin(Tick& tick) {
  fill_time_slots(tick);
  tick.state.numbers.replaced = false;
  tick.state.faults.points = {};
  const double running_ms = value_of(tick.clock, ir::TimeValue::Running);
  weigh_glides(*tick.state.program, tick.state.glides, running_ms, tick.mode);
  weigh_numbers(tick.state.numbers, running_ms, tick.mode == exec::Mode::Tick);
}

/// What a pool had when it was drawn last is known from its pass; what is drawn for the first time does not fade.
void note_entering(Tick& tick, ir::SinkIx sink, LaneFade& fade) {
  const Pass& last = tick.state.sinks[sink.v].pass;
  if (fade.levels.size() == 0 || last.name.empty()) return;
  const std::uint32_t lanes = live_lanes(tick.state, tick.state.program->sinks[sink.v].instance);
  enter_lanes(fade, last.instances.count, lanes, value_of(tick.clock, ir::TimeValue::Running));
}

/// A sink that is filled in this tick goes to the other buffer: the last frame keeps its own.
void aim_sinks(Tick& tick, const exec::BlockProgram& block) {
  for (const exec::SinkStore& store : block.sinks) {
    exec::SinkMemory& memory = tick.state.sink_memory[store.sink.v];
    SinkGlides& glides = tick.state.glides[store.sink.v];
    if (tick.mode == exec::Mode::Tick) note_entering(tick, store.sink, glides.fade);
    memory.fade = glides.fade.active ? glides.fade.levels.data() : nullptr;
    memory.glide = glides.active ? &glides.now : nullptr;
    memory.tap = glides.tapped ? &glides.taps : nullptr;
    if (tick.mode == exec::Mode::Evaluate) continue;
    SinkState& sink = tick.state.sinks[store.sink.v];
    sink.moved = true;
    sink.level =
        store.flat && !tick.camera.perspective && glides.now[static_cast<std::size_t>(ir::Role::Z)].offsets == nullptr;
    sink.current = (sink.current + 1) % sink.buffers.size();
    SinkBuffer& buffer = sink.buffers[sink.current];
    memory.core = buffer.core.data();
    memory.keys = sink.keys.data();
    memory.level = sink.level;
    memory.more[0] = buffer.rotation.data();
    for (std::size_t plane = 0; plane < kMorePlanes; ++plane) {
      memory.more[plane + 1] = sink.more.data() + plane * sink.stride;
    }
  }
}

void run_scalar_step(Tick& tick, const ir::Step& step) {
  std::uint32_t zero_divisor = 0;
  exec::run_scalars(std::span(tick.state.scalars).subspan(step.first, step.count), tick.state.slots, &zero_divisor);
  tick.counts.zero_divisor |= zero_divisor != 0;
  tick.signals.divided |= zero_divisor != 0;
}

std::uint32_t number_of(const Tick& tick, const ir::Step& step) {
  return static_cast<std::uint32_t>(&step - tick.state.program->steps.data());
}

/// Fields over a pool that has another number of live lanes are other fields to whoever reads them as a whole.
void note_counts(Tick& tick) {
  ProgramState& state = tick.state;
  const ir::Program& program = *state.program;
  for (std::uint32_t i = 0; i < state.live.size(); ++i) {
    const std::uint32_t lanes = live_lanes(state, {i});
    if (std::exchange(state.live[i], lanes) == lanes) continue;
    for (std::uint32_t s = 0; s < program.states.size(); ++s)
      if (program.states[s].instance.v == i) state.versions.state_moved(s);
    for (std::uint32_t p = 0; p < program.planes.size(); ++p)
      if (program.planes[p].instance.v == i) state.versions.plane_moved(p);
  }
}

void run_event_step(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  note_counts(tick);
  const exec::EventRun run{state.event_lists, state.queues, state.program->event_keys,
                           state.slots,       state.planes, state.live};
  const std::uint32_t replaced =
      exec::run_events(std::span(state.program->events).subspan(step.first, step.count), run);
  tick.counts.non_finite += replaced;
  tick.signals.not_finite |= replaced != 0;
}

/// Narrows the program's uniforms; true if one of them is another one than before.
bool uniforms_moved(Tick& tick, std::uint32_t field) {
  ProgramState& state = tick.state;
  const exec::BlockProgram& block = state.blocks[field];
  const std::uint32_t replaced = exec::narrow_uniforms(block, state.slots, state.uniforms_now.data());
  tick.counts.non_finite += replaced;
  tick.signals.not_finite |= replaced != 0;
  const std::size_t bytes = block.uniforms.size() * sizeof(std::uint32_t);
  if (bytes == 0 || std::memcmp(state.uniforms_of[field], state.uniforms_now.data(), bytes) == 0) return false;
  std::memcpy(state.uniforms_of[field], state.uniforms_now.data(), bytes);
  return true;
}

/// The camera as it is by now: what draws stands in a stage behind everything that the camera is made of.
void read_camera(Tick& tick) {
  const std::optional<ir::Camera>& camera = tick.state.program->camera;
  Numbers& numbers = tick.state.numbers;
  const std::span<const double> now = fill_section(numbers, 0, tick.state.slots);
  tick.camera = render::default_camera();
  if (!camera && !numbers.glides[0].active) return;
  render::CameraNumbers values;
  std::ranges::copy(now, values.begin());
  tick.camera_replaced = 0;
  tick.camera = render::uniforms_of(camera && camera->perspective, values, tick.camera_replaced);
  if (camera)
    for (const ir::SlotIx slot : camera->values)
      tick.camera_replaced += is_finite_number(tick.state.slots[slot.v]) ? 0 : 1;
  tick.signals.not_finite |= tick.camera_replaced != 0;
}

/// Its lanes are wanted whether its inputs have moved or not.
bool is_wanted(const ProgramState& state, const exec::BlockProgram& block) {
  return std::ranges::any_of(block.sinks,
                             [&](const exec::SinkStore& store) { return state.glides[store.sink.v].runs(); });
}

/// Whether an evaluation has any use for a program: somebody looks at its sinks, or reads what else it makes.
bool is_needed(const ProgramState& state, const exec::BlockProgram& block) {
  if (!block.planes_out.empty() || !block.partials.empty() || !block.taps.empty()) return true;
  return std::ranges::any_of(block.sinks,
                             [&](const exec::SinkStore& store) { return state.glides[store.sink.v].tapped; });
}

/// Lists the programs of a step whose inputs have moved, and makes them ready.
void choose_active(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  const bool camera_moved = tick.mode == exec::Mode::Tick && tick.camera != state.camera;
  state.active.clear();
  for (std::uint32_t f = step.first; f < step.first + step.count; ++f) {
    begin_new_lanes(state, state.blocks[f].instance, tick.mode);
    if (tick.mode == exec::Mode::Evaluate && !is_needed(state, state.blocks[f])) continue;
    const std::uint32_t lanes = live_lanes(state, state.blocks[f].instance);
    const bool count = std::exchange(state.lanes_of[f], lanes) != lanes;
    const bool uniforms = uniforms_moved(tick, f);
    const bool projects = camera_moved && !state.blocks[f].sinks.empty();
    const bool wanted = is_wanted(state, state.blocks[f]) ||
                        (tick.mode == exec::Mode::Tick && must_look(state.faults, f, tick.clock.tick));
    const bool runs = uniforms || count || projects || wanted || state.versions.moved(f) || !state.options.skip;
    state.ran[f] = runs ? 1 : 0;
    if (!runs) continue;
    state.active.push_back(f - step.first);
    ++tick.counts.fields_run;
    state.versions.note_run(f);
    aim_sinks(tick, state.blocks[f]);
    state.outcomes[f].begin();
    state.faults.looks[f] = tick.mode == exec::Mode::Tick ? looks_of(state.faults, f, tick.clock.tick) : 0;
  }
}

/// What others may read of the programs that ran is another one now.
void note_outcomes(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  for (const std::uint32_t active : state.active) {
    const std::uint32_t f = step.first + active;
    for (const exec::PlaneStore& store : state.blocks[f].planes_out) state.versions.plane_moved(store.plane.v);
    if (tick.mode == exec::Mode::Evaluate) state.versions.forget(f);
  }
  for (std::uint32_t f = step.first; f < step.first + step.count; ++f) {
    tick.counts.non_finite += state.outcomes[f].replaced;
    tick.counts.zero_divisor |= state.outcomes[f].zero_divisor;
    if (tick.mode == exec::Mode::Tick) note_field_faults(state, f, number_of(tick, step), tick.clock.tick);
  }
}

void run_field_step(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  read_camera(tick);
  note_counts(tick);
  choose_active(tick, step);
  const exec::FieldRun run{.programs = std::span(state.blocks).subspan(step.first, step.count),
                           .active = state.active,
                           .outcomes = {state.outcomes.get() + step.first, step.count},
                           .lanes = std::span(state.lanes_of).subspan(step.first, step.count),
                           .reduces = state.program->reduces,
                           .slots = state.slots,
                           .uniforms = std::span(state.uniforms_of).subspan(step.first, step.count),
                           .memory = {state.state_planes, state.next_state_planes, state.planes, state.sink_memory,
                                      state.tap_planes, state.partial_units},
                           .sources = std::span(state.sources_of).subspan(step.first, step.count),
                           .live = state.live,
                           .camera = &tick.camera,
                           .mode = tick.mode,
                           .examiner = state.faults.examiner.get(),
                           .looks = std::span<const std::uint8_t>(state.faults.looks).subspan(step.first, step.count),
                           .near_bytes = state.options.near_bytes,
                           .streaming_bytes = state.options.streaming_bytes,
                           .chunk_lanes = state.options.chunk_lanes,
                           .min_parallel_lanes = state.options.min_parallel_lanes};
  exec::run_fields(run, state.workers, state.options.runner);
  note_outcomes(tick, step);
}

void run_scan_step(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  note_counts(tick);
  for (std::uint32_t s = step.first; s < step.first + step.count; ++s) {
    const bool runs = state.versions.scan_moved(s) || !state.options.skip;
    if (runs) {
      state.versions.note_scan(s);
      state.scan_replaced[s] = run_scan(state, s, state.options.runner);
    }
    const std::uint64_t replaced = state.scan_replaced[s];  // one that is skipped would find what it found
    tick.counts.non_finite += replaced;
    const ir::Operand& source = state.program->scans[s].source;
    if (replaced != 0 && tick.mode == exec::Mode::Tick && source.source == ir::Source::Plane)
      note_plane_fault(state, {source.index}, number_of(tick, step), tick.clock.tick);
    if (runs) state.versions.plane_moved(state.program->scans[s].result.v);
  }
}

void order_sinks(Tick& tick) {
  for (std::size_t s = 0; s < tick.state.sinks.size(); ++s) {
    if (tick.state.sinks[s].moved) order_sink(tick.state, s, value_of(tick.clock, ir::TimeValue::Running));
    tick.state.sinks[s].moved = false;
  }
}

void run_step(Tick& tick, const ir::Step& step) {
  switch (step.kind) {
    case ir::StepKind::Scalars: run_scalar_step(tick, step); break;
    case ir::StepKind::Events: run_event_step(tick, step); break;
    case ir::StepKind::Voices: play_voices(tick.state, step); break;
    case ir::StepKind::Fields: run_field_step(tick, step); break;
    case ir::StepKind::Reduces: join_partials(tick.state, step); break;
    case ir::StepKind::Scans: run_scan_step(tick, step); break;
    case ir::StepKind::Order: order_sinks(tick); break;
    case ir::StepKind::Emit:
      emit_frame(tick.state, tick.clock, static_cast<std::size_t>(tick.clock.tick) % kFrameBuffers);
      break;
    case ir::StepKind::Commit:
      tick.counts.non_finite += commit_tick(tick.state, tick.signals, number_of(tick, step), tick.clock.tick);
      break;
  }
}

bool leaves_a_trace(const ir::Step& step) {
  return step.kind == ir::StepKind::Order || step.kind == ir::StepKind::Emit || step.kind == ir::StepKind::Commit;
}

}  // namespace

TickCounts run_schedule(ProgramState& state, const Clock& clock, StepTimes* times) {
  Tick tick{state, clock, exec::Mode::Tick, state.stable_counts};
  begin(tick);
  const std::vector<ir::Step>& steps = state.program->steps;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const std::int64_t begin = times != nullptr ? times->now(times->clock) : 0;
    run_step(tick, steps[s]);
    if (times != nullptr) times->nanoseconds[s] += times->now(times->clock) - begin;
  }
  state.camera = tick.camera;
  tick.counts.non_finite += tick.camera_replaced;
  return tick.counts;
}

void evaluate_schedule(ProgramState& state, const Clock& clock) {
  Tick tick{state, clock, exec::Mode::Evaluate, {}};
  begin(tick);
  for (const ir::Step& step : state.program->steps)
    if (!leaves_a_trace(step)) run_step(tick, step);
  if (state.numbers.watched) evaluate_numbers(state);
  keep_probes(tick.state);
}

}  // namespace oscilla::runtime
