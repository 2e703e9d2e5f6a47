#include "exec/run_fields.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "exec/examine.hpp"
#include "exec/reduce.hpp"

namespace oscilla::exec {
namespace {

using ir::Role;
using kernels::FrameKernels;

constexpr std::size_t role_index(Role role) { return static_cast<std::size_t>(role); }

/// One block of one program: what its stores need to know.
struct Block {
  const FieldRun& run;
  const BlockProgram& program;
  const FrameKernels& frame;
  Worker& worker;
  std::size_t index;  // of the program in the run
  std::uint32_t first_lane;
  std::uint32_t lanes;

  float* plane(std::uint16_t index) const { return worker.planes[index]; }
  std::size_t bytes() const { return std::size_t{lanes} * sizeof(float); }
};

void store_planes(const Block& block) {
  for (const PlaneStore& store : block.program.planes_out) {
    std::memcpy(block.run.memory.planes[store.plane.v] + block.first_lane, block.plane(store.from), block.bytes());
  }
}

void store_taps(const Block& block) {
  const std::size_t stride = padded_lanes(block.program.lanes);
  for (const TapStore& tap : block.program.taps) {
    float* to = block.run.memory.taps[tap.probe.v] + tap.component * stride + block.first_lane;
    std::memcpy(to, block.plane(tap.from), block.bytes());
  }
}

/// From here on every plane that is stored is finite. Registers in place: raw bits have gone to taps and planes
/// already. True if something was not.
bool replace_non_finite(const Block& block) {
  const std::vector<CheckedPlane>& memory = block.program.checked_memory;
  std::uint32_t count = 0;
  for (const std::uint16_t index : block.program.checked) block.worker.checked[count++] = block.plane(index);
  for (const CheckedPlane& checked : memory) block.worker.checked[count++] = block.plane(checked.plane);
  if (count == 0 || block.frame.all_finite(block.worker.checked.get(), count, block.lanes)) return false;
  for (const CheckedPlane& checked : memory) {
    float* spare = block.plane(checked.spare);
    block.worker.replaced += block.frame.copy_finite(block.plane(checked.plane), spare, block.lanes);
    block.worker.planes[checked.plane] = spare;  // until the next block
  }
  for (const std::uint16_t index : block.program.checked) {
    float* plane = block.plane(index);
    block.worker.replaced += block.frame.copy_finite(plane, plane, block.lanes);
  }
  return true;
}

/// What the block tripped over, if it is time to find out: before a state is stored that the program reads.
void look_closer(const Block& block, bool divided_by_zero, bool replaced) {
  if (block.run.examiner == nullptr || block.run.looks[block.index] == 0) return;
  const BlockProgram& program = block.program;
  bool passed_on = false;
  for (const std::uint16_t plane : program.passed_on) {
    const float* const registers[] = {block.plane(plane)};
    passed_on |= !block.frame.all_finite(registers, 1, block.lanes);
  }
  const auto tripped =
      static_cast<std::uint8_t>((divided_by_zero ? bit_of(Fault::ZeroDivisor) : 0) |
                                (replaced ? bit_of(Fault::NotFinite) : 0) | (passed_on ? bit_of(Fault::PassedOn) : 0));
  const auto faults = static_cast<std::uint8_t>(tripped & block.run.looks[block.index]);
  if (faults == 0) return;
  block.run.examiner->look(block.run, {block.index, block.first_lane, block.lanes, faults},
                           block.run.outcomes[block.index]);
}

void store_partials(const Block& block) {
  const kernels::ReduceKernels& reduce = kernels::reduce_kernels(block.program.isa);
  for (const PartialStore& partial : block.program.partials) {
    kernels::ReducePartial& unit = block.run.memory.partials[partial.reduction][block.first_lane / kUnitLanes];
    reduce.accumulate(kernel_reduction(block.run.reduces[partial.reduction].reduction), block.plane(partial.from),
                      block.lanes, &unit);
  }
}

/// Bytes a lane has in a sink, and in a cache line.
constexpr std::size_t kCoreBytes = 32;
constexpr std::size_t kLineBytes = 64;
/// A sink of this size, in its two buffers and beside all else, no longer stays in a second-level cache.
constexpr std::size_t kNearBytes = std::size_t{256} << 10;

bool is_streaming(const Block& block) {
  return std::size_t{block.program.lanes} * kCoreBytes > block.run.streaming_bytes;
}

using SinkPlanes = std::array<const float*, ir::kRoles>;

/// Offsets come on top in scratch memory of their own: others may read the registers that the roles come from.
void add_glides(const Block& block, const SinkGlide& glides, SinkPlanes& planes) {
  for (std::size_t r = 0; r < ir::kRoles; ++r) {
    const RoleGlide& role = glides[r];
    if (role.offsets == nullptr) continue;
    float* const out = block.worker.glided.data() + r * block.program.block_lanes;
    if (planes[r] == nullptr) std::fill_n(out, block.lanes, role.neutral);
    const float* const base = planes[r] != nullptr ? planes[r] : out;
    float* const offsets = role.offsets + block.first_lane;
    if (role.from != nullptr) {
      const float* const from = role.from + block.first_lane;
      kernels::measure_offsets(role.gauge, from, base, offsets, block.lanes);
      kernels::begin_offsets(from, base, out, block.lanes);
    } else {
      kernels::add_offsets(role.gauge, base, offsets, role.slopes + block.first_lane, role.weights, out, block.lanes);
    }
    planes[r] = out;
  }
}

void add_fade(const Block& block, const float* fade, SinkPlanes& planes) {
  for (const std::size_t role : {role_index(Role::Alpha), role_index(Role::StrokeAlpha)}) {
    const float* const alpha = planes[role];
    if (alpha == nullptr) continue;
    float* const out = block.worker.glided.data() + role * block.program.block_lanes;
    for (std::uint32_t lane = 0; lane < block.lanes; ++lane) out[lane] = alpha[lane] * fade[block.first_lane + lane];
    planes[role] = out;
  }
}

void fill_tap(const Block& block, const SinkTap& tap, const SinkPlanes& planes) {
  for (std::size_t r = 0; r < ir::kRoles; ++r)
    if (tap[r] != nullptr && planes[r] != nullptr) std::memcpy(tap[r] + block.first_lane, planes[r], block.bytes());
}

SinkPlanes planes_of(const Block& block, const SinkStore& sink, const SinkMemory& memory) {
  SinkPlanes planes{};
  for (std::size_t r = 0; r < ir::kRoles; ++r)
    if (sink.has[r]) planes[r] = block.plane(sink.from[r]);
  if (memory.glide != nullptr) add_glides(block, *memory.glide, planes);
  if (memory.fade != nullptr) add_fade(block, memory.fade, planes);
  if (memory.tap != nullptr) fill_tap(block, *memory.tap, planes);
  return planes;
}

/// False if there may be something among the lanes that is not finite.
bool store_sink(const Block& block, const SinkStore& sink) {
  const SinkMemory& memory = block.run.memory.sinks[sink.sink.v];
  const bool evaluated = block.run.mode == Mode::Evaluate;
  if (evaluated && memory.tap == nullptr) return true;
  const SinkPlanes planes = planes_of(block, sink, memory);
  if (evaluated) return true;
  const auto role = [&](Role r) { return planes[role_index(r)]; };
  const kernels::EpilogueBlock epilogue{.x = role(Role::X),
                                        .y = role(Role::Y),
                                        .z = role(Role::Z),
                                        .size = role(Role::Size),
                                        .r = role(Role::Red),
                                        .g = role(Role::Green),
                                        .b = role(Role::Blue),
                                        .a = role(Role::Alpha),
                                        .core = memory.core + std::size_t{block.first_lane} * 8,
                                        .keys = memory.keys + block.first_lane,
                                        .lanes = block.lanes,
                                        .flat = memory.level};
  const bool finite = block.frame.epilogue(*block.run.camera, epilogue, is_streaming(block));
  for (std::size_t more = kCoreRoles; more < ir::kRoles; ++more) {
    if (planes[more] == nullptr) continue;
    std::memcpy(memory.more[more - kCoreRoles] + block.first_lane, planes[more], block.bytes());
  }
  return finite;
}

/// All sinks show what was computed, and nothing else: nobody has to know beforehand whether it is finite.
bool draws_plainly(const Block& block) {
  if (block.run.mode == Mode::Evaluate || block.program.sinks.empty()) return false;
  return std::ranges::all_of(block.program.sinks, [&](const SinkStore& sink) {
    const SinkMemory& memory = block.run.memory.sinks[sink.sink.v];
    return memory.glide == nullptr && memory.fade == nullptr && memory.tap == nullptr;
  });
}

bool is_rest_finite(const Block& block) {
  std::uint32_t count = 0;
  for (const std::uint16_t index : block.program.apart) block.worker.checked[count++] = block.plane(index);
  return count == 0 || block.frame.all_finite(block.worker.checked.get(), count, block.lanes);
}

/// Packs, which is a look at most of the block; what must be replaced is drawn once more. As replace_non_finite.
bool draw_and_replace(const Block& block) {
  bool finite = is_rest_finite(block);
  for (const SinkStore& sink : block.program.sinks) finite &= store_sink(block, sink);
  if (finite || !replace_non_finite(block)) return false;
  for (const SinkStore& sink : block.program.sinks) store_sink(block, sink);
  return true;
}

/// Last of all, since a store in place destroys what others may still read.
void store_states(const Block& block) {
  for (const Move& move : block.program.moves) std::memcpy(block.plane(move.to), block.plane(move.from), block.bytes());
  for (const StateStore& store : block.program.stores) {
    block.worker.state_moved |= block.frame.store_state(block.plane(store.from), block.plane(store.previous),
                                                        block.plane(store.to), block.lanes);
  }
}

/// A part of memory that is asked for a few lines at a time.
struct LinesAhead {
  const char* next = nullptr;
  std::size_t left = 0, each = 0;

  void step() {
    for (std::size_t i = 0; i < each && left > 0; ++i, --left, next += kLineBytes) __builtin_prefetch(next, 1);
  }
};

LinesAhead lines_of(const void* memory, std::size_t bytes, std::size_t steps) {
  const std::size_t lines = (bytes + kLineBytes - 1) / kLineBytes;
  return {static_cast<const char*>(memory), lines, lines / steps + 1};
}

/// What a block's first sink will fill, asked for while the block is computed: written all at once at its end, every
/// line would be waited for (100,000 lanes, 30 operations: 6.5 ns a lane without, 5.6 with).
class SinkAhead {
 public:
  explicit SinkAhead(const Block& block) {
    const std::vector<SinkStore>& sinks = block.program.sinks;
    if (sinks.empty() || block.run.mode == Mode::Evaluate || is_streaming(block)) return;
    if (std::size_t{block.program.lanes} * kCoreBytes < kNearBytes) return;
    const SinkMemory& memory = block.run.memory.sinks[sinks.front().sink.v];
    const std::size_t steps = block.program.instrs.size() + 1;
    core_ = lines_of(memory.core + std::size_t{block.first_lane} * 8, block.lanes * kCoreBytes, steps);
    if (!memory.level) keys_ = lines_of(memory.keys + block.first_lane, block.bytes(), steps);
  }

  void step() {
    core_.step();
    keys_.step();
  }

 private:
  LinesAhead core_, keys_;
};

void run_block(const Block& block, const std::uint32_t* uniforms, const kernels::GatherSource* sources) {
  std::uint32_t zero_divisor = 0;
  const kernels::BlockContext context{.planes = block.worker.planes.get(),
                                      .uniforms = uniforms,
                                      .first_lane = block.first_lane,
                                      .lanes = block.lanes,
                                      .zero_divisor = &zero_divisor,
                                      .sources = sources};
  SinkAhead ahead(block);
  for (const kernels::BlockInstr& instr : block.program.instrs) {
    ahead.step();
    instr.run(instr, context);
  }
  store_taps(block);
  store_planes(block);
  block.worker.zero_divisor |= zero_divisor;
  const bool plain = draws_plainly(block);
  const bool replaced = plain ? draw_and_replace(block) : replace_non_finite(block);
  look_closer(block, zero_divisor != 0, replaced);
  store_partials(block);
  if (!plain)
    for (const SinkStore& sink : block.program.sinks) store_sink(block, sink);
  if (block.run.mode == Mode::Tick) store_states(block);
}

/// Points the worker's planes at its registers and fills those that hold uniforms, once per program and region.
void enter_program(Worker& worker, const BlockProgram& program, const FrameKernels& frame,
                   const std::uint32_t* uniforms) {
  if (worker.filled == &program) return;
  worker.filled = &program;
  for (std::uint32_t r = 0; r < program.registers; ++r) {
    worker.planes[r] = worker.registers.data() + std::size_t{r} * program.block_lanes;
  }
  for (const Broadcast& broadcast : program.broadcasts) {
    frame.fill(worker.planes[broadcast.plane], uniforms[broadcast.uniform], program.block_lanes);
  }
}

float* base_of(const FieldMemory& memory, const MemoryPlane& plane) {
  switch (plane.memory) {
    case Memory::State: return memory.states[plane.index];
    case Memory::NextState: return memory.next_states[plane.index];
    case Memory::Plane: return memory.planes[plane.index];
  }
  return nullptr;
}

/// What the worker has found in this chunk.
void report(Worker& worker, Outcome& outcome) {
  if (worker.replaced != 0) outcome.replaced.fetch_add(worker.replaced, std::memory_order_relaxed);
  if (worker.zero_divisor != 0) outcome.zero_divisor.store(true, std::memory_order_relaxed);
  if (worker.state_moved) outcome.state_moved.store(true, std::memory_order_relaxed);
  worker.replaced = 0;
  worker.zero_divisor = 0;
  worker.state_moved = false;
}

/// A reduction's unit has one order of its lanes, whatever a chunk is: it is claimed as a whole.
std::uint32_t chunk_lanes_of(const FieldRun& run, const BlockProgram& program) {
  return program.partials.empty() ? run.chunk_lanes : kUnitLanes;
}

std::uint32_t chunks_of(const FieldRun& run, std::size_t index) {
  const std::uint32_t chunk = chunk_lanes_of(run, run.programs[index]);
  return (run.lanes[index] + chunk - 1) / chunk;
}

void run_chunk(const FieldRun& run, std::size_t index, std::uint32_t chunk, Worker& worker) {
  const BlockProgram& program = run.programs[index];
  const FrameKernels& frame = kernels::frame_kernels(program.isa);
  const std::uint32_t* uniforms = run.uniforms[index];
  enter_program(worker, program, frame, uniforms);
  const std::size_t stride = padded_lanes(program.lanes);
  const std::uint32_t lanes = chunk_lanes_of(run, program), block = std::min(program.block_lanes, lanes);
  const std::uint32_t begin = chunk * lanes;
  const std::uint32_t end = std::min(begin + lanes, run.lanes[index]);
  for (const PartialStore& partial : program.partials) {
    kernels::reduce_begin(kernel_reduction(run.reduces[partial.reduction].reduction),
                          &run.memory.partials[partial.reduction][begin / kUnitLanes]);
  }
  for (std::uint32_t lane = begin; lane < end; lane += block) {
    for (std::size_t m = 0; m < program.memory.size(); ++m) {
      const MemoryPlane& plane = program.memory[m];
      worker.planes[program.registers + m] = base_of(run.memory, plane) + plane.component * stride + lane;
    }
    run_block({run, program, frame, worker, index, lane, std::min(block, end - lane)}, uniforms, run.sources[index]);
  }
  report(worker, run.outcomes[index]);
}

struct Region {
  const FieldRun* run;
  Worker* workers;
};

/// Chunks are numbered through all programs of the region.
void run_region_chunk(void* context, std::uint32_t chunk, std::uint32_t worker) {
  const Region& region = *static_cast<const Region*>(context);
  const FieldRun& run = *region.run;
  std::size_t a = 0;
  for (std::uint32_t count; chunk >= (count = chunks_of(run, run.active[a])); ++a) chunk -= count;
  run_chunk(run, run.active[a], chunk, region.workers[worker]);
}

/// Of thirty operations peepholes leave so many.
constexpr std::uint64_t kReferenceInstrs = 8;

/// Where the fields are in this tick that a program gathers from.
void find_sources(const FieldRun& run, std::uint32_t index) {
  const BlockProgram& program = run.programs[index];
  for (std::size_t s = 0; s < program.sources.size(); ++s) {
    const MemoryPlane& source = program.sources[s].plane;
    const std::size_t stride = padded_lanes(program.sources[s].lanes);
    const std::uint32_t lanes = run.live[program.sources[s].instance.v];
    run.sources[index][s] = {base_of(run.memory, source) + source.component * stride, lanes};
  }
}

}  // namespace

std::uint32_t narrowed(const Uniform& uniform, std::span<const double> slots) {
  const double value = slots[uniform.slot.v];
  if (uniform.base == ir::Base::Bits)
    return value >= 0 && value <= 4294967295.0 ? static_cast<std::uint32_t>(value) : 0;
  const auto narrow = static_cast<float>(value);
  return narrow - narrow == 0 ? std::bit_cast<std::uint32_t>(narrow) : 0;
}

std::uint32_t narrow_uniforms(const BlockProgram& program, std::span<const double> slots, std::uint32_t* out) {
  std::uint32_t replaced = 0;
  for (std::size_t u = 0; u < program.uniforms.size(); ++u) {
    const Uniform& uniform = program.uniforms[u];
    out[u] = narrowed(uniform, slots);
    if (uniform.base == ir::Base::Bits) continue;
    const auto narrow = static_cast<float>(slots[uniform.slot.v]);
    replaced += narrow - narrow == 0 ? 0 : 1;
  }
  return replaced;
}

kernels::GatherSource gather_source(const FieldRun& run, const ir::Program& program, const ir::Operand& from) {
  const bool state = from.source == ir::Source::State;
  const ir::InstanceIx instance = state ? program.states[from.index].instance : program.planes[from.index].instance;
  const std::size_t stride = padded_lanes(program.instances[instance.v].lanes);
  const float* base = state ? run.memory.states[from.index] : run.memory.planes[from.index];
  return {base + from.component * stride, run.live[instance.v]};
}

void run_fields(const FieldRun& run, Workers& workers, const TaskRunner& runner) {
  std::uint32_t chunks = 0;
  std::uint64_t work = 0;
  for (const std::uint32_t index : run.active) {
    chunks += chunks_of(run, index);
    work += std::uint64_t{run.lanes[index]} * run.programs[index].instrs.size();
    find_sources(run, index);
  }
  for (std::uint32_t w = 0; w < workers.count; ++w) workers.each[w].filled = nullptr;
  Region region{&run, workers.each.get()};
  const bool parallel = runner.workers > 1 && work >= kReferenceInstrs * run.min_parallel_lanes;
  const TaskRunner& chosen = parallel ? runner : inline_runner();
  chosen.run(chunks, run_region_chunk, &region);
}

}  // namespace oscilla::exec
