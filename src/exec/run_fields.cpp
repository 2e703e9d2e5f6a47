#include "exec/run_fields.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "exec/draw_sinks.hpp"
#include "exec/examine.hpp"
#include "exec/field_block.hpp"
#include "exec/reduce.hpp"

namespace oscilla::exec {
namespace {

using kernels::FrameKernels;

void store_planes(const FieldBlock& block) {
  for (const PlaneStore& store : block.program.planes_out) {
    std::memcpy(block.run.memory.planes[store.plane.v] + block.first_lane, block.plane(store.from), block.bytes());
  }
}

void store_taps(const FieldBlock& block) {
  const std::size_t stride = padded_lanes(block.program.lanes);
  for (const TapStore& tap : block.program.taps) {
    float* to = block.run.memory.taps[tap.probe.v] + tap.component * stride + block.first_lane;
    std::memcpy(to, block.plane(tap.from), block.bytes());
  }
}

/// From here on every plane that is stored is finite. Registers in place: raw bits have gone to taps and planes
/// already. True if something was not.
bool replace_non_finite(const FieldBlock& block) {
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
void look_closer(const FieldBlock& block, bool divided_by_zero, bool replaced) {
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

void store_partials(const FieldBlock& block) {
  const kernels::ReduceKernels& reduce = kernels::reduce_kernels(block.program.isa);
  for (const PartialStore& partial : block.program.partials) {
    kernels::ReducePartial& unit = block.run.memory.partials[partial.reduction][block.first_lane / kUnitLanes];
    reduce.accumulate(kernel_reduction(block.run.reduces[partial.reduction].reduction), block.plane(partial.from),
                      block.lanes, &unit);
  }
}

bool is_rest_finite(const FieldBlock& block) {
  std::uint32_t count = 0;
  for (const std::uint16_t index : block.program.apart) block.worker.checked[count++] = block.plane(index);
  return count == 0 || block.frame.all_finite(block.worker.checked.get(), count, block.lanes);
}

/// Packs, which is a look at most of the block; what must be replaced is drawn once more. As replace_non_finite.
bool draw_and_replace(const FieldBlock& block) {
  bool finite = is_rest_finite(block);
  finite &= draw_sinks(block);
  if (finite || !replace_non_finite(block)) return false;
  draw_sinks(block);
  return true;
}

/// Last of all, since a store in place destroys what others may still read.
void store_states(const FieldBlock& block) {
  for (const Move& move : block.program.moves) std::memcpy(block.plane(move.to), block.plane(move.from), block.bytes());
  for (const StateStore& store : block.program.stores) {
    block.worker.state_moved |= block.frame.store_state(block.plane(store.from), block.plane(store.previous),
                                                        block.plane(store.to), block.lanes);
  }
}

void run_block(const FieldBlock& block, const std::uint32_t* uniforms, const kernels::GatherSource* sources) {
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
  if (!plain) draw_sinks(block);
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
  // Not block by block: what the next one computes overlaps with the stores of the one before (1,000,000 lanes: 4.5 ns
  // a lane with a fence a block, 3.7 without).
  if (is_streaming(run, program)) frame.finish_streaming();
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

namespace {

std::uint32_t narrow(const Uniform& uniform, std::span<const double> slots, std::uint32_t& replaced) {
  const double value = slots[uniform.slot.v];
  if (uniform.base == ir::Base::Bits)
    return value >= 0 && value <= 4294967295.0 ? static_cast<std::uint32_t>(value) : 0;
  const auto single = static_cast<float>(value);
  if (single - single == 0) return std::bit_cast<std::uint32_t>(single);
  ++replaced;
  return 0;
}

}  // namespace

std::uint32_t narrowed(const Uniform& uniform, std::span<const double> slots) {
  std::uint32_t replaced = 0;
  return narrow(uniform, slots, replaced);
}

std::uint32_t narrow_uniforms(const BlockProgram& program, std::span<const double> slots, std::uint32_t* out) {
  std::uint32_t replaced = 0;
  for (const Uniform& uniform : program.uniforms) *out++ = narrow(uniform, slots, replaced);
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
