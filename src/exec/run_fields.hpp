// Runs field programs: all programs of a stage as one parallel region of (program, chunk) pairs, a chunk block by
// block, a block instruction by instruction, then what leaves the block. In: linked programs, scalar slots, the memory
// that outlives a block. Out: that memory. Who computes which chunk, in blocks of which size, never shows. Nothing is
// allocated here.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

#include "base/task_runner.hpp"
#include "exec/block_program.hpp"
#include "exec/findings.hpp"
#include "exec/workers.hpp"
#include "kernels/frame_kernels.hpp"
#include "kernels/glide.hpp"
#include "kernels/reduce.hpp"

namespace oscilla::exec {

class Examiner;

/// Evaluate leaves nothing behind in state and sinks; taps, partials and spills are written.
enum class Mode : std::uint8_t { Tick, Evaluate };

/// How one role of a sink glides in this tick; planes by lane.
struct RoleGlide {
  float* offsets = nullptr;  ///< null: it does not
  const float* slopes = nullptr;
  float* factors = nullptr;  ///< null: offsets only
  const float* factor_slopes = nullptr;
  const float* from = nullptr;  ///< not null: offsets are measured in this tick, so that the role begins here
  kernels::Gauge gauge = kernels::Gauge::Add;
  bool measures_factors = false;  ///< where the role begins, factors are found as well; else they are there already
  kernels::GlideWeights weights;
  float neutral = 0;  ///< what the role is where the sink is without it
};
using SinkGlide = std::array<RoleGlide, ir::kRoles>;

/// Where the roles of a sink are to be seen as they are drawn, before the camera; null where nobody looks.
using SinkTap = std::array<float*, ir::kRoles>;

/// Where a sink's lanes go.
struct SinkMemory {
  float* core = nullptr;  ///< InstanceCore, as floats
  std::uint32_t* keys = nullptr;
  std::array<float*, ir::kRoles - kCoreRoles> more{};  ///< by role behind the core's; null where the sink has none
  bool level = false;                ///< all lanes are equally far away: only the first key of every block is there
  const float* fade = nullptr;       ///< by lane, a factor on opacity; null: 1
  const SinkGlide* glide = nullptr;  ///< null: none of its roles does
  const SinkTap* tap = nullptr;      ///< null: nobody looks; filled by an evaluation as well
};

/// Planes of several components lie padded_lanes() apart.
struct FieldMemory {
  std::span<float* const> states;                     ///< by StateIx; null for a signal's
  std::span<float* const> next_states;                ///< the same, for those with two buffers
  std::span<float* const> planes;                     ///< by PlaneIx
  std::span<const SinkMemory> sinks;                  ///< by SinkIx
  std::span<float* const> taps;                       ///< by ProbeIx; null for a signal's
  std::span<kernels::ReducePartial* const> partials;  ///< by reduction: one per unit
};

/// What running a program came to.
struct Outcome {
  std::atomic<std::uint64_t> replaced{0};  ///< values that were not finite
  std::atomic<bool> zero_divisor{false};   ///< something was divided by zero
  std::atomic<bool> state_moved{false};    ///< a state's next value is another one in some lane
  std::uint8_t looked = 0;                 ///< faults that were looked for: a bit for each
  std::array<Finding, kFaults> findings;   ///< by Fault: the first one of those

  /// Between regions, when one thread sees it: stores that wait for nobody (an exchange each costs a small frame 1 %).
  void begin() {
    replaced.store(0, std::memory_order_relaxed);
    zero_divisor.store(false, std::memory_order_relaxed);
    state_moved.store(false, std::memory_order_relaxed);
    for (Finding& finding : findings) finding.lane = Finding::kNowhere;
  }
  bool take_state_moved() {
    const bool moved = state_moved.load(std::memory_order_relaxed);
    state_moved.store(false, std::memory_order_relaxed);
    return moved;
  }
};

struct FieldRun {
  std::span<const BlockProgram> programs;
  std::span<const std::uint32_t> active;     ///< indices into programs: those that run
  std::span<Outcome> outcomes;               ///< by program, begun anew
  std::span<const std::uint32_t> lanes;      ///< by program: so many lanes are live, from the first on
  std::span<const ir::ReduceStep> reduces;   ///< of the whole Program
  std::span<const double> slots;             ///< likewise
  std::span<std::uint32_t* const> uniforms;  ///< by program: its uniforms, narrowed
  FieldMemory memory;
  std::span<kernels::GatherSource* const> sources;  ///< by program: room for its sources
  std::span<const std::uint32_t> live;              ///< by InstanceIx: how many lanes a source has
  const kernels::CameraUniforms* camera = nullptr;
  Mode mode = Mode::Tick;
  Examiner* examiner = nullptr;                ///< null: nobody asks what a block trips over
  std::span<const std::uint8_t> looks;         ///< by program: the faults that it may look for in this run
  const ir::FieldProgram* examined = nullptr;  ///< what a run of one program computes, if that is not all of it
  std::size_t near_bytes = 0;                  ///< sinks that are larger are asked for before they are written
  std::size_t streaming_bytes = 0;             ///< sinks that are larger bypass the cache
  std::uint32_t chunk_lanes = kUnitLanes;      ///< lanes that a thread claims at once: a multiple of 16, at most a unit
  std::uint32_t min_parallel_lanes = 0;        ///< lanes of 30 operations that are worth more than one thread
};

/// A uniform as 32 bits: Bits as an integer, the rest as a float, 0 where that is not finite.
std::uint32_t narrowed(const Uniform& uniform, std::span<const double> slots);
/// Where the field is in this tick that an instruction of `program` gathers from.
kernels::GatherSource gather_source(const FieldRun& run, const ir::Program& program, const ir::Operand& from);

/// All uniforms of `program` into `out`; returns how many were not finite.
std::uint32_t narrow_uniforms(const BlockProgram& program, std::span<const double> slots, std::uint32_t* out);

/// One parallel region.
void run_fields(const FieldRun& run, Workers& workers, const TaskRunner& runner);

}  // namespace oscilla::exec
