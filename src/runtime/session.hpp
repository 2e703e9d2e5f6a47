// A running patch. In: the host's time. Out: a frame per tick. It owns the clock and the program's memory, allocates in
// its constructor only, and gives the same bits for the same times on every machine and with all options.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "runtime/channels.hpp"
#include "runtime/clock.hpp"
#include "runtime/key_names.hpp"
#include "runtime/memory.hpp"
#include "runtime/program_state.hpp"
#include "runtime/schedule.hpp"
#include "runtime/snapshot.hpp"
#include "runtime/swap_plan.hpp"
#include "runtime/transition.hpp"

namespace oscilla::runtime {

/// A program on its way in, with its memory and all that was made for the change.
struct Incoming {
  ProgramState& state;
  Channels& channels;
  const SwapPlan& plan;
  Transition& transition;
};

class Session {
 public:
  /// `program` must be valid (ir::validate); the runner of `options` must live as long as the session.
  /// Caches that `caches` has are not computed again.
  Session(std::shared_ptr<const ir::Program> program, const RunOptions& options,
          std::shared_ptr<CacheStore> caches = std::make_shared<CacheStore>());

  /// The next frame; its spans stay valid until the second next tick. `times`, if given, has an entry per step.
  /// `rehearsal`, if given, is evaluated along with it.
  const RenderFrame& tick(double host_ms, StepTimes* times = nullptr, const Incoming* rehearsal = nullptr);

  /// Between two ticks: a program takes over; `next` holds what was the old one's afterwards. The old frames are in
  /// there and stay valid as promised if all of it is kept until the second next tick: the next tick still looks at it.
  void swap(const Incoming& next);

  /// False between a switch and the tick behind it, in which the new program's numbers are measured from the old one's.
  bool settled() const { return settled_; }
  /// Between two ticks, of a session that is settled: all that later frames depend on, by runtime/snapshot.hpp.
  std::vector<std::byte> save(Hash128 program_hash);
  /// Between two ticks: goes on from `moment`, which holds what was afterwards. What `moment` had drawn is not drawn
  /// again.
  void restore(Moment& moment);

  /// What the next tick would find for its probes at this time, without being one: it changes no later frame.
  void evaluate(double host_ms);

  /// A signal as it was in the last tick or evaluation, by component.
  std::span<const double> signal(ir::ProbeIx probe) const;
  /// One component of a field, likewise, by live lane.
  std::span<const float> field(ir::ProbeIx probe, std::uint8_t component) const;

  /// The events of a signal that is one, likewise.
  std::span<const exec::Event> events(ir::ProbeIx probe) const;
  /// Between ticks: writes an event to an input of events; its key is remembered for key_text().
  bool write_event(ir::ChannelIx channel, std::string_view key, double value);
  /// The text of an event's key; empty if nobody knows it.
  std::string_view key_text(StableId key) const;

  const ir::Program& program() const { return *state_.program; }
  /// Between ticks; see runtime/tapped_fields.hpp.
  void tap_fields(std::span<const ir::ExprId> wanted) { runtime::tap_fields(state_, wanted); }
  /// Its memory, to be looked at.
  const ProgramState& state() const { return state_; }
  /// What the transport acts on; between ticks.
  Clock& clock() { return clock_; }
  const Clock& clock() const { return clock_; }
  /// Where inputs are written to; between ticks.
  Channels& channels() { return channels_; }
  /// By field program: what is executed, as it is.
  std::span<const exec::BlockProgram> blocks() const { return state_.blocks; }
  /// Of the last tick.
  const TickCounts& counts() const { return counts_; }
  /// Of all ticks since they were acknowledged.
  std::span<const RuntimeError> errors() const { return state_.errors.records(); }
  void acknowledge_errors() { state_.errors.acknowledge(); }
  /// What the caches are shared through; a program that is prepared against it finds those of this one.
  const std::shared_ptr<CacheStore>& caches() const { return caches_; }
  MemoryUse memory() const { return memory_use(state_); }
  /// How many caches were computed for this session, and not found.
  std::uint32_t caches_computed() const { return caches_computed_; }

 private:
  Clock old_clock(double host_ms) const;
  void begin_new_course(double host_ms);

  Clock clock_;
  std::shared_ptr<CacheStore> caches_;
  ProgramState state_;
  Channels channels_;
  KeyNames key_names_;
  TickCounts counts_;
  std::uint32_t caches_computed_ = 0;
  std::optional<Incoming> leaving_;  ///< the old program, until the first tick of the new one is over
  Clock clock_before_;               ///< as the old program would have it
  bool settled_ = true;
};

}  // namespace oscilla::runtime
