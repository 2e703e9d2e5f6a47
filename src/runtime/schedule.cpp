#include "runtime/schedule.hpp"

#include "exec/reduce.hpp"
#include "render/camera.hpp"
#include "runtime/emit.hpp"

namespace oscilla::runtime {
namespace {

struct Tick {
  ProgramState& state;
  const Clock& clock;
  std::size_t buffer;
  TickCounts counts;
};

void fill_time_slots(Tick& tick) {
  for (const ir::TimeSlot& time : tick.state.program->time_slots) {
    tick.state.slots[time.slot.v] = value_of(tick.clock, time.value);
  }
}

void aim_sinks(Tick& tick) {
  for (std::size_t s = 0; s < tick.state.sinks.size(); ++s) {
    SinkState& sink = tick.state.sinks[s];
    SinkBuffer& buffer = sink.buffers[tick.buffer];
    tick.state.sink_memory[s] = {buffer.core.data(), sink.keys.data(), buffer.rotation.data()};
  }
}

void run_scalar_step(Tick& tick, const ir::Step& step) {
  std::uint32_t zero_divisor = 0;
  exec::run_scalars(std::span(tick.state.scalars).subspan(step.first, step.count), tick.state.slots, &zero_divisor);
  tick.counts.zero_divisor |= zero_divisor != 0;
}

void run_field_step(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  const std::span blocks = std::span<const exec::BlockProgram>(state.blocks).subspan(step.first, step.count);
  const std::span uniforms = std::span<std::uint32_t* const>(state.uniforms_of).subspan(step.first, step.count);
  const std::span lanes = std::span(state.lanes_of).subspan(step.first, step.count);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    begin_new_lanes(state, blocks[b].instance);
    lanes[b] = live_lanes(state, blocks[b].instance);
    tick.counts.non_finite += exec::narrow_uniforms(blocks[b], state.slots, uniforms[b]);
  }
  const kernels::CameraUniforms camera = render::uniforms_of(render::OrthographicCamera{});
  const exec::FieldRun run{.programs = blocks,
                           .lanes = lanes,
                           .reduces = state.program->reduces,
                           .uniforms = uniforms,
                           .memory = {state.state_planes, state.sink_memory, state.tap_planes, state.partial_units},
                           .camera = &camera,
                           .mode = exec::Mode::Tick,
                           .streaming_bytes = state.options.streaming_bytes,
                           .chunk_lanes = state.options.chunk_lanes,
                           .min_parallel_lanes = state.options.min_parallel_lanes};
  exec::run_fields(run, state.workers, state.options.runner);
}

void run_reduce_step(Tick& tick, const ir::Step& step) {
  ProgramState& state = tick.state;
  for (std::uint32_t r = step.first; r < step.first + step.count; ++r) {
    const ir::ReduceStep& reduce = state.program->reduces[r];
    const std::uint32_t lanes = live_lanes(state, reduce.instance);
    state.slots[reduce.result.v] = exec::join_partials(reduce.reduction, state.partials[r].span(), lanes);
  }
}

/// Pools that were asked for what they do not have.
void check_counts(Tick& tick) {
  ProgramState& state = tick.state;
  for (const ir::Instance& instance : state.program->instances) {
    if (!instance.count.valid()) continue;
    const double asked = state.slots[instance.asked.v];
    const double used = state.slots[instance.count.v];
    if (asked != used)
      state.errors.report(RuntimeErrorKind::CountOutsidePool, instance.name, tick.clock.tick, asked, used);
  }
}

/// Signals that somebody wants to see, before their states move on.
void keep_probes(Tick& tick) {
  ProgramState& state = tick.state;
  for (std::size_t p = 0; p < state.program->probes.size(); ++p) {
    const ir::Probe& probe = state.program->probes[p];
    if (probe.instance.valid()) continue;
    for (std::size_t c = 0; c < probe.components; ++c) state.probe_values[p * 4 + c] = state.slots[probe.slots[c].v];
  }
}

void run_step(Tick& tick, const ir::Step& step) {
  switch (step.kind) {
    case ir::StepKind::Scalars: run_scalar_step(tick, step); break;
    case ir::StepKind::Fields: run_field_step(tick, step); break;
    case ir::StepKind::Reduces: run_reduce_step(tick, step); break;
    case ir::StepKind::Order:
      for (std::size_t s = 0; s < tick.state.sinks.size(); ++s) order_sink(tick.state, s, tick.buffer);
      break;
    case ir::StepKind::Emit: emit_frame(tick.state, tick.clock, tick.buffer); break;
    case ir::StepKind::Commit:
      check_counts(tick);
      keep_probes(tick);
      tick.counts.non_finite +=
          exec::commit_states(tick.state.commits, tick.state.slots, tick.state.commit_scratch.data());
      break;
  }
}

/// Adds what the workers counted, and lets them begin anew.
void collect_counts(Tick& tick) {
  for (exec::Worker& worker : std::span(tick.state.workers.each.get(), tick.state.workers.count)) {
    tick.counts.non_finite += worker.replaced;
    tick.counts.zero_divisor |= worker.zero_divisor != 0;
    worker.replaced = 0;
    worker.zero_divisor = 0;
  }
}

}  // namespace

TickCounts run_schedule(ProgramState& state, const Clock& clock, StepTimes* times) {
  Tick tick{state, clock, static_cast<std::size_t>(clock.tick) % kFrameBuffers, {}};
  fill_time_slots(tick);
  aim_sinks(tick);
  const std::vector<ir::Step>& steps = state.program->steps;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const std::int64_t begin = times != nullptr ? times->now(times->clock) : 0;
    run_step(tick, steps[s]);
    if (times != nullptr) times->nanoseconds[s] += times->now(times->clock) - begin;
  }
  collect_counts(tick);
  return tick.counts;
}

}  // namespace oscilla::runtime
