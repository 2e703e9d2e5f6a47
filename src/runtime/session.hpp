// A running patch. In: the host's time. Out: a frame per tick. It owns the clock and the program's memory, allocates in
// its constructor only, and gives the same bits for the same times on every machine and with all options.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "runtime/channels.hpp"
#include "runtime/clock.hpp"
#include "runtime/program_state.hpp"
#include "runtime/schedule.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

class Session {
 public:
  /// `program` must be valid (ir::validate); the runner of `options` must live as long as the session.
  Session(std::shared_ptr<const ir::Program> program, const RunOptions& options);

  /// The next frame; its spans stay valid until the second next tick. `times`, if given, has an entry per step.
  const RenderFrame& tick(double host_ms, StepTimes* times = nullptr);

  /// Between two ticks: a program takes over, by a plan made for the two; `next` and `channels` hold what was the old
  /// one's afterwards. The old frames are in there and stay valid as promised if it is kept until the second next tick.
  void swap(ProgramState& next, Channels& channels, const SwapPlan& plan);

  /// A signal as it was in the last tick, by component.
  std::span<const double> signal(ir::ProbeIx probe) const;
  /// One component of a field as it was in the last tick, by live lane.
  std::span<const float> field(ir::ProbeIx probe, std::uint8_t component) const;

  const ir::Program& program() const { return *state_.program; }
  /// What the transport acts on; between ticks.
  Clock& clock() { return clock_; }
  const Clock& clock() const { return clock_; }
  /// Where inputs are written to; between ticks.
  Channels& channels() { return channels_; }
  /// By field program: what is executed, as it is.
  std::span<const exec::BlockProgram> blocks() const { return state_.blocks; }
  /// Of the last tick.
  const TickCounts& counts() const { return counts_; }
  /// Of all ticks.
  std::span<const RuntimeError> errors() const { return state_.errors.records(); }
  std::size_t memory_bytes() const { return runtime::memory_bytes(state_); }

 private:
  Clock clock_;
  ProgramState state_;
  Channels channels_;
  TickCounts counts_;
};

}  // namespace oscilla::runtime
