// A running patch. In: the host's time. Out: a frame per tick. It owns the clock and the program's memory, allocates in
// its constructor only, and gives the same bits for the same times on every machine and with all options.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "runtime/clock.hpp"
#include "runtime/memory.hpp"
#include "runtime/program_state.hpp"
#include "runtime/schedule.hpp"

namespace oscilla::runtime {

class Session {
 public:
  /// `program` must be valid (ir::validate); the runner of `options` must live as long as the session.
  /// Caches that `caches` has are not computed again.
  Session(std::shared_ptr<const ir::Program> program, const RunOptions& options,
          std::shared_ptr<CacheStore> caches = std::make_shared<CacheStore>());

  /// The next frame; its spans stay valid until the second next tick. `times`, if given, has an entry per step.
  const RenderFrame& tick(double host_ms, StepTimes* times = nullptr);

  /// What the next tick would find for its probes at this time, without being one: it changes no later frame.
  void evaluate(double host_ms);

  /// A signal as it was in the last tick or evaluation, by component.
  std::span<const double> signal(ir::ProbeIx probe) const;
  /// One component of a field, likewise, by lane.
  std::span<const float> field(ir::ProbeIx probe, std::uint8_t component) const;

  const ir::Program& program() const { return *state_.program; }
  const Clock& clock() const { return clock_; }
  /// By field program: what is executed, as it is.
  std::span<const exec::BlockProgram> blocks() const { return state_.blocks; }
  /// Of the last tick.
  const TickCounts& counts() const { return counts_; }
  MemoryUse memory() const { return memory_use(state_); }
  /// How many caches were computed for this session, and not found.
  std::uint32_t caches_computed() const { return caches_computed_; }

 private:
  Clock clock_;
  std::shared_ptr<CacheStore> caches_;
  ProgramState state_;
  TickCounts counts_;
  std::uint32_t caches_computed_ = 0;
};

}  // namespace oscilla::runtime
