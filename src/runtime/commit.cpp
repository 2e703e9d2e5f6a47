#include "runtime/commit.hpp"

#include <utility>

#include "runtime/faults.hpp"
#include "runtime/picture_faults.hpp"

namespace oscilla::runtime {
namespace {

/// Lists that were too short, what waits in queues for later ticks, and voices: those that were taken away in the tick
/// in which they were given have been seen by nobody.
void commit_events(ProgramState& state, std::uint32_t step, std::int64_t tick) {
  const auto report = [&](std::string_view block, std::size_t kept, std::uint32_t lost, std::string_view of = {}) {
    if (lost == 0) return;
    const auto used = static_cast<double>(kept);
    RuntimeError error{.kind = RuntimeErrorKind::BufferOverflow, .block = block, .value = used + lost, .used = used};
    error.operation = of;
    error.step = step;
    state.errors.report(error, tick);
  };
  for (std::size_t i = 0; i < state.event_lists.size(); ++i) {
    const exec::EventList& list = state.event_lists[i];
    report(state.program->event_lists[i].name, list.events().size(), list.lost());
  }
  for (std::size_t q = 0; q < state.queues.size(); ++q) {
    const ir::Queue& queue = state.program->queues[q];
    const std::uint32_t lost = exec::commit_queue(queue, state.queues[q], state.event_lists, state.slots);
    report(queue.name, queue.capacity, lost);
  }
  for (std::size_t v = 0; v < state.voices.size(); ++v) {
    state.voices[v].commit();
    const ir::Instance& instance = state.program->instances[state.program->voices[v].instance.v];
    report(instance.name, instance.lanes, state.voices[v].unseen(), "voices");
  }
}

/// Pools that were asked for what they do not have.
void check_counts(ProgramState& state, std::uint32_t step, std::int64_t tick) {
  for (const ir::Instance& instance : state.program->instances) {
    if (!instance.count.valid()) continue;
    const double asked = state.slots[instance.asked.v];
    const double used = state.slots[instance.count.v];
    if (asked == used) continue;
    RuntimeError error{
        .kind = RuntimeErrorKind::CountOutsidePool, .block = instance.name, .value = asked, .used = used};
    error.step = step;
    state.errors.report(error, tick);
  }
}

/// Signals that divided by zero, or are not finite where they are used; before their states move on.
void check_signals(ProgramState& state, SignalFaults signals, std::uint32_t step, std::int64_t tick) {
  for (const exec::CommitCode& commit : state.commits) {
    const double next = state.slots[commit.from];
    signals.not_finite |= !(next - next == 0);
  }
  signals.not_finite |= state.numbers.replaced;
  if (signals.divided || signals.not_finite) note_signal_faults(state, signals.divided, signals.not_finite, step, tick);
}

/// A field's state that moved has a new version; where it has two buffers they change places.
void commit_field_states(ProgramState& state) {
  for (std::size_t f = 0; f < state.blocks.size(); ++f) {
    if (!state.outcomes[f].take_state_moved()) continue;
    for (const ir::Store& store : state.program->fields[f].stores) {
      if (store.kind != ir::StoreKind::State) break;  // they come first
      if (store.part != 0) continue;
      state.versions.state_moved(store.destination);
      if (!state.program->states[store.destination].double_buffered) continue;
      std::swap(state.states[store.destination], state.next_states[store.destination]);
      std::swap(state.state_planes[store.destination], state.next_state_planes[store.destination]);
    }
  }
}

}  // namespace

void keep_probes(ProgramState& state) {
  for (std::size_t p = 0; p < state.program->probes.size(); ++p) {
    const ir::Probe& probe = state.program->probes[p];
    if (probe.instance.valid()) continue;
    for (std::size_t c = 0; c < probe.components; ++c) state.probe_values[p * 4 + c] = state.slots[probe.slots[c].v];
  }
}

std::uint64_t commit_tick(ProgramState& state, SignalFaults signals, std::uint32_t step, std::int64_t tick) {
  check_counts(state, step, tick);
  check_signals(state, signals, step, tick);
  keep_probes(state);
  commit_events(state, step, tick);
  check_picture(state, step, tick);
  commit_field_states(state);
  return exec::commit_states(state.commits, state.slots, state.commit_scratch.data());
}

}  // namespace oscilla::runtime
