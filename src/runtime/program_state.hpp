// A program and everything that it needs in memory to run: linked code, slots, state, planes, sinks, taps. Made once,
// then never grown: a tick writes into it and allocates nothing. Two buffers per sink, so that a frame outlives the
// tick after it; a sink that has not moved keeps the buffer that it has.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/buffer.hpp"
#include "exec/block_program.hpp"
#include "exec/events.hpp"
#include "exec/link.hpp"
#include "exec/run_fields.hpp"
#include "exec/scalar.hpp"
#include "exec/voices.hpp"
#include "exec/workers.hpp"
#include "ir/program.hpp"
#include "oscilla/frame.hpp"
#include "runtime/cache_store.hpp"
#include "runtime/error_log.hpp"
#include "runtime/faults.hpp"
#include "runtime/ghosts.hpp"
#include "runtime/glides.hpp"
#include "runtime/numbers.hpp"
#include "runtime/sabotage.hpp"
#include "runtime/tapped_fields.hpp"
#include "runtime/versions.hpp"

namespace oscilla::runtime {

inline constexpr std::size_t kFrameBuffers = 2;

/// Planes that a sink may have beside those of the core and the rotation, by role from ScaleX on.
inline constexpr std::size_t kMorePlanes = ir::kRoles - exec::kCoreRoles - 1;

/// None of these changes a bit of a frame.
struct RunOptions {
  kernels::Isa isa = kernels::best_isa();
  std::uint32_t block_lanes = kernels::kBlockLanes;
  std::uint32_t chunk_lanes = kernels::kUnitLanes;  ///< lanes that a thread claims at once
  bool optimise = true;
  bool skip = true;  ///< a field program whose inputs have not moved does not run again
  TaskRunner runner = inline_runner();
  std::uint32_t min_parallel_lanes = 32768;  ///< of 30 operations: 0.1 ms or more, 4 times what waking a thread takes
  /// Sinks that are larger do not stay in the second cache, in two buffers and beside all else.
  std::size_t near_bytes = std::size_t{256} << 10;
  std::size_t streaming_bytes = std::size_t{16} << 20;  ///< sinks that are larger bypass the cache
  Sabotage sabotage = Sabotage::None;                   ///< of tests only; it does change bits
};

/// One of a sink's buffers.
struct SinkBuffer {
  AlignedBuffer<float> core;
  AlignedBuffer<float> rotation;
  std::vector<float> scale;          ///< two a lane
  std::vector<float> stroke;         ///< kStrokeFloats a lane
  std::vector<std::uint32_t> shape;  ///< of each lane
  AlignedBuffer<std::uint32_t> order;
  std::vector<Batch> batches;
};

struct SinkState {
  std::vector<SinkBuffer> buffers;  ///< filled in turns: kFrameBuffers and one for every tick that its trail looks back
  std::size_t current = 0;          ///< the buffer that was filled last
  bool moved = false;               ///< it was filled in this tick
  bool level = false;               ///< all its lanes were equally far away
  Pass pass;                        ///< of the current buffer
  std::vector<Pass> past;           ///< a ring: the passes of as many ticks as its trail looks back
  std::size_t ticks = 0;            ///< that were put into it
  AlignedBuffer<std::uint32_t> keys;
  AlignedBuffer<float> more;  ///< planes that become arrays of the buffer, by role from ScaleX on
  std::size_t stride = 0;     ///< of these planes
};

/// What a tick had to mend.
struct TickCounts {
  std::uint64_t non_finite = 0;  ///< values replaced by 0 where they were stored
  bool zero_divisor = false;     ///< something was divided by zero
  std::uint32_t fields_run = 0;  ///< field programs that ran, and were not skipped
};

/// A frame and the arrays that are neither a sink's nor the program's.
struct FrameState {
  RenderFrame frame;
  std::vector<Pass> passes;
  std::vector<std::uint32_t> painted;  ///< by pass: so many of the sinks come before it, or are it
  std::vector<Shape> shapes;
  std::vector<Topology> topologies;
  std::vector<float> points;
  std::vector<GradientStop> stops;
  std::vector<float> dashes;
  std::vector<Layer> layers;
};

inline constexpr std::uint32_t kNoGhosts = ~0u;

struct ProgramState {
  std::shared_ptr<const ir::Program> program;
  RunOptions options;

  std::vector<exec::ScalarCode> scalars;
  std::vector<exec::CommitCode> commits;
  std::vector<exec::BlockProgram> blocks;  ///< by field program
  exec::Workers workers;

  std::vector<double> slots;  ///< the program's, and one for results that nobody needs
  std::vector<double> commit_scratch;
  std::vector<double> probe_values;  ///< of signals, four per probe, as they were in the tick
  std::vector<std::uint32_t> uniforms;
  std::vector<std::uint32_t> uniforms_now;  ///< as many as the program has that has most
  std::vector<std::uint32_t*> uniforms_of;  ///< by field program
  std::vector<kernels::GatherSource> sources;
  std::vector<kernels::GatherSource*> sources_of;  ///< by field program
  std::vector<std::uint32_t> lanes_of;             ///< by field program: its live lanes in this tick
  std::vector<std::uint32_t> live;                 ///< by instance, as far as this tick has come
  std::vector<std::uint32_t> lanes_before;         ///< by instance: its live lanes when it was computed last

  std::vector<exec::EventList> event_lists;  ///< by EventIx: of the last tick
  std::vector<exec::EventQueue> queues;      ///< by QueueIx
  std::vector<exec::VoiceMemory> voices;     ///< as in the program

  Versions versions;
  std::unique_ptr<exec::Outcome[]> outcomes;  ///< by field program, of its last run
  std::vector<std::uint32_t> active;          ///< of a step: the programs that run
  std::vector<std::uint8_t> ran;              ///< by field program: it did in this tick
  std::vector<std::uint8_t> cache_found;      ///< by PlaneIx: it was there when the program was made
  kernels::CameraUniforms camera;             ///< of the last tick
  TickCounts stable_counts;                   ///< of what was computed before the first tick

  std::vector<AlignedBuffer<float>> states;                ///< by StateIx; empty for a signal's
  std::vector<AlignedBuffer<float>> next_states;           ///< by StateIx; empty where it is stored in place
  std::vector<AlignedBuffer<float>> spills;                ///< by PlaneIx; empty for a cache
  std::vector<std::shared_ptr<const CachedPlane>> caches;  ///< by PlaneIx; null for a spill
  std::vector<double> scan_units;
  std::vector<std::uint64_t> scan_replaced;  ///< by scan: lanes of its source that were not finite when it ran last
  std::vector<AlignedBuffer<float>> taps;    ///< by ProbeIx, empty for a signal's; then those of `tapped`
  std::vector<TappedField> tapped;
  std::vector<AlignedBuffer<kernels::ReducePartial>> partials;
  std::vector<SinkState> sinks;
  std::vector<SinkGlides> glides;  ///< by sink
  Numbers numbers;                 ///< of the frame that are no lane's
  std::vector<GhostPass> ghosts;   ///< of pools, of what an edit took away, and room for those of earlier programs
  std::vector<std::uint32_t> pool_ghosts;  ///< by sink: index into ghosts, or kNoGhosts
  AlignedBuffer<std::byte> order_scratch;
  std::array<FrameState, kFrameBuffers> frames;
  ErrorLog errors{0};
  Faults faults;
  std::vector<Topology> topologies;  ///< views of the program's

  // The same memory as the executor sees it; sinks change from tick to tick.
  std::vector<float*> state_planes;
  std::vector<float*> next_state_planes;
  std::vector<float*> planes;
  std::vector<float*> tap_planes;
  std::vector<kernels::ReducePartial*> partial_units;
  std::vector<exec::SinkMemory> sink_memory;
};

/// All but the caches, which prepare() fills. `program` must be valid (ir::validate).
ProgramState make_program_state(std::shared_ptr<const ir::Program> program, const RunOptions& options);

/// What runs the blocks as they are linked now: registers of threads, uniforms, sources of gathers.
void make_room_for_blocks(ProgramState& state);

/// Room for what is left of earlier programs, and in the frames for all ghosts.
void make_room_for_ghosts(ProgramState& state);

/// What ghosts of earlier programs need in a frame.
struct GhostRoom {
  std::size_t shapes = 0, points = 0;
};
GhostRoom ghost_room(const ProgramState& state);
void make_room_in_frames(ProgramState& state, const GhostRoom& room);

/// How many lanes of an instance are live: of a pool, as far as this tick has come.
std::uint32_t live_lanes(const ProgramState& state, ir::InstanceIx instance);

/// Lanes of the instance that were not live when it was computed last remember nothing: they get their initial values.
/// An evaluation leaves what counts as before.
void begin_new_lanes(ProgramState& state, ir::InstanceIx instance, exec::Mode mode);

exec::LinkOptions link_options(const RunOptions& options);

}  // namespace oscilla::runtime
