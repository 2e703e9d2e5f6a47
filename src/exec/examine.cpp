#include "exec/examine.hpp"

#include <algorithm>
#include <bit>

namespace oscilla::exec {
namespace {

using ir::Operand;
using ir::Source;
using ir::StoreKind;
using kernels::Op;

constexpr std::uint32_t kChunk = kernels::kLanePadding;
static_assert(kChunk == 16, "a mask has a bit for each lane");

bool must_be_finite(StoreKind kind) {
  return kind == StoreKind::State || kind == StoreKind::Target || kind == StoreKind::Partial;
}
/// A tap is no reason for anything.
bool passes_on(StoreKind kind) { return kind == StoreKind::Spill || kind == StoreKind::Cache; }

bool is_finite(float x) { return x - x == 0; }

}  // namespace

struct Examiner::Chunk {
  const FieldRun& run;
  const BlockProgram& linked;
  const ir::FieldProgram& field;
  std::uint32_t first_lane;
  std::uint32_t lanes;

  LaneMask all() const { return static_cast<LaneMask>((1u << lanes) - 1); }
};

Examiner::Examiner(const ir::Program& program) : program_(program) {
  std::size_t values = 0, instrs = 0;
  for (const ir::FieldProgram& field : program.fields) {
    values = std::max<std::size_t>(values, field.values);
    instrs = std::max(instrs, field.body.size());
  }
  values_ = AlignedBuffer<float>(values * kChunk);
  uniforms_ = AlignedBuffer<float>(kernels::kMaximumArity * kChunk);
  bad_.resize(values);
  wanted_.resize(values);
  zero_.resize(instrs);
}

std::size_t Examiner::bytes() const {
  return (values_.size() + uniforms_.size()) * sizeof(float) +
         (bad_.size() + wanted_.size() + zero_.size()) * sizeof(LaneMask);
}

bool Examiner::is_bits(ir::ExprId origin) const {
  return origin.valid() && program_.exprs[origin].base == ir::Base::Bits;
}

/// Where the chunk's lanes of an operand are; null for a uniform.
const float* Examiner::lanes_of(const Chunk& chunk, const Operand& operand) const {
  const FieldMemory& memory = chunk.run.memory;
  const std::size_t stride = padded_lanes(chunk.linked.lanes);
  switch (operand.source) {
    case Source::Value: return values_.data() + std::size_t{operand.index} * kChunk;
    case Source::State: return memory.states[operand.index] + operand.component * stride + chunk.first_lane;
    case Source::Plane: return memory.planes[operand.index] + chunk.first_lane;
    case Source::Uniform: break;
  }
  return nullptr;
}

double Examiner::number(const Chunk& chunk, const Operand& operand, std::uint32_t lane) const {
  if (operand.source == Source::Uniform)
    return operand.base == ir::Base::Bits ? chunk.run.slots[operand.index]
                                          : static_cast<float>(chunk.run.slots[operand.index]);
  const float value = lanes_of(chunk, operand)[lane];
  return operand.base == ir::Base::Bits ? std::bit_cast<std::uint32_t>(value) : static_cast<double>(value);
}

Examiner::LaneMask Examiner::bad_lanes(const Chunk& chunk, const Operand& operand) const {
  if (operand.source == Source::Value) return bad_[operand.index];
  if (operand.source != Source::Plane || is_bits(program_.planes[operand.index].origin)) return 0;
  const float* plane = lanes_of(chunk, operand);
  LaneMask mask = 0;
  for (std::uint32_t lane = 0; lane < chunk.lanes; ++lane)
    if (!is_finite(plane[lane])) mask = static_cast<LaneMask>(mask | 1u << lane);
  return mask;
}

Examiner::LaneMask Examiner::true_lanes(const Chunk& chunk, const Operand& condition) const {
  LaneMask mask = 0;
  for (std::uint32_t lane = 0; lane < chunk.lanes; ++lane)
    if (number(chunk, condition, lane) != 0) mask = static_cast<LaneMask>(mask | 1u << lane);
  return mask;
}

/// Every instruction of the chunk; which lanes of its results are not finite, and which divided by zero.
void Examiner::compute(const Chunk& chunk) {
  for (std::size_t n = 0; n < chunk.field.body.size(); ++n) {
    const ir::FieldInstr& instr = chunk.field.body[n];
    float* planes[kernels::kMaximumResults + kernels::kMaximumArity] = {};
    kernels::BlockInstr block{.run = kernels::block_kernel(chunk.linked.isa, instr.op, 0)};
    for (std::uint16_t k = 0; k < instr.results; ++k) {
      planes[k] = values_.data() + std::size_t{instr.first_result.v + k} * kChunk;
      block.results[k] = k;
    }
    for (std::uint16_t i = 0; i < instr.arity; ++i) {
      block.args[i] = static_cast<std::uint16_t>(instr.results + i);
      const Operand& arg = instr.args[i];
      if (arg.source == Source::Uniform) {
        planes[instr.results + i] = uniforms_.data() + std::size_t{i} * kChunk;
        const Uniform uniform{ir::SlotIx{arg.index}, arg.base};
        std::fill_n(planes[instr.results + i], kChunk, std::bit_cast<float>(narrowed(uniform, chunk.run.slots)));
      } else {
        planes[instr.results + i] = const_cast<float*>(lanes_of(chunk, arg));  // kernels write results only
      }
    }
    kernels::GatherSource source;
    if (instr.op == Op::Gather) {
      source = gather_source(chunk.run, program_, instr.from);
      block.args[1] = 0;
    }
    std::uint32_t divided = 0;
    block.run(block, {planes, nullptr, chunk.first_lane, chunk.lanes, &divided, &source});
    zero_[n] = 0;
    for (std::uint32_t lane = 0; lane < chunk.lanes && divided != 0; ++lane)
      if (planes[instr.results + 1][lane] == 0) zero_[n] = static_cast<LaneMask>(zero_[n] | 1u << lane);
    for (std::uint32_t k = 0; k < instr.results; ++k) {
      LaneMask mask = 0;
      for (std::uint32_t lane = 0; lane < chunk.lanes && !is_bits(instr.origin); ++lane)
        if (!is_finite(planes[k][lane])) mask = static_cast<LaneMask>(mask | 1u << lane);
      bad_[instr.first_result.v + k] = mask;
    }
  }
}

Finding Examiner::found_at(const Chunk& chunk, std::uint32_t index, LaneMask lanes) const {
  const auto lane = static_cast<std::uint32_t>(std::countr_zero(lanes));
  Finding finding{.lane = chunk.first_lane + lane, .instr = index};
  if (index == chunk.field.body.size()) return finding;
  const ir::FieldInstr& instr = chunk.field.body[index];
  finding.op = instr.op;
  finding.origin = instr.origin;
  finding.arity = instr.arity;
  for (std::size_t i = 0; i < instr.arity; ++i) finding.operands[i] = number(chunk, instr.args[i], lane);
  return finding;
}

/// Backward from what is stored: a choice wants its condition and the branch that it takes, all else all arguments.
void Examiner::find_zero_divisor(const Chunk& chunk, Finding& finding) {
  std::fill_n(wanted_.begin(), chunk.field.values, LaneMask{0});
  for (const ir::Store& store : chunk.field.stores)
    if (store.value.source == Source::Value && store.kind != StoreKind::Tap) wanted_[store.value.index] = chunk.all();
  for (std::size_t n = chunk.field.body.size(); n-- > 0;) {
    const ir::FieldInstr& instr = chunk.field.body[n];
    LaneMask wanted = 0;
    for (std::uint32_t k = 0; k < instr.results; ++k)
      wanted = static_cast<LaneMask>(wanted | wanted_[instr.first_result.v + k]);
    if (wanted == 0) continue;
    const auto want = [&](std::size_t i, LaneMask lanes) {
      if (instr.args[i].source != Source::Value) return;
      LaneMask& mask = wanted_[instr.args[i].index];
      mask = static_cast<LaneMask>(mask | lanes);
    };
    if (instr.op == Op::Select) {
      const LaneMask taken = true_lanes(chunk, instr.args[0]);
      want(0, wanted);
      want(1, static_cast<LaneMask>(wanted & taken));
      want(2, static_cast<LaneMask>(wanted & ~taken));
    } else {
      for (std::size_t i = 0; i < instr.arity; ++i) want(i, wanted);
    }
    if (const LaneMask zero = zero_[n] & wanted; zero != 0) {
      const Finding found = found_at(chunk, static_cast<std::uint32_t>(n), zero);
      if (found.is_before(finding)) finding = found;
    }
  }
}

/// Backward from what is stored and not finite, along what is not finite: who has only finite arguments made it.
void Examiner::find_not_finite(const Chunk& chunk, Fault fault, Finding& finding) {
  const auto end = static_cast<std::uint32_t>(chunk.field.body.size());
  const auto came_from = [&](const Operand& operand, std::uint32_t instr, LaneMask lanes) {
    if (operand.source != Source::Plane || lanes == 0) return;
    Finding found = found_at(chunk, instr, lanes);
    found.plane = ir::PlaneIx{operand.index};
    if (found.is_before(finding)) finding = found;
  };
  std::fill_n(wanted_.begin(), chunk.field.values, LaneMask{0});
  for (const ir::Store& store : chunk.field.stores) {
    if (!(fault == Fault::NotFinite ? must_be_finite(store.kind) : passes_on(store.kind))) continue;
    const LaneMask bad = bad_lanes(chunk, store.value);
    came_from(store.value, end, bad);
    if (store.value.source != Source::Value) continue;
    LaneMask& mask = wanted_[store.value.index];
    mask = static_cast<LaneMask>(mask | bad);
  }
  for (std::uint32_t n = end; n-- > 0;) {
    const ir::FieldInstr& instr = chunk.field.body[n];
    LaneMask wanted = 0;
    for (std::uint32_t k = 0; k < instr.results; ++k)
      wanted = static_cast<LaneMask>(wanted | (wanted_[instr.first_result.v + k] & bad_[instr.first_result.v + k]));
    if (wanted == 0) continue;
    if (instr.op == Op::Gather) {
      came_from(instr.from, n, wanted);
      continue;
    }
    LaneMask inherited = 0;
    const auto follow = [&](std::size_t i, LaneMask lanes) {
      const LaneMask bad = static_cast<LaneMask>(lanes & bad_lanes(chunk, instr.args[i]));
      inherited = static_cast<LaneMask>(inherited | bad);
      came_from(instr.args[i], n, bad);
      if (instr.args[i].source != Source::Value) return;
      LaneMask& mask = wanted_[instr.args[i].index];
      mask = static_cast<LaneMask>(mask | bad);
    };
    if (instr.op == Op::Select) {
      const LaneMask taken = true_lanes(chunk, instr.args[0]);
      follow(1, static_cast<LaneMask>(wanted & taken));
      follow(2, static_cast<LaneMask>(wanted & ~taken));
    } else {
      for (std::size_t i = 0; i < instr.arity; ++i) follow(i, wanted);
    }
    if (const LaneMask own = wanted & ~inherited; own != 0) {
      const Finding found = found_at(chunk, n, static_cast<LaneMask>(own));
      if (found.is_before(finding)) finding = found;
    }
  }
}

void Examiner::look(const FieldRun& run, const ExaminedBlock& block, Outcome& outcome) {
  while (busy_.test_and_set(std::memory_order_acquire)) {
  }
  const BlockProgram& linked = run.programs[block.index];
  const auto is_open = [&](Fault fault, std::uint32_t lane) {
    return (block.faults & bit_of(fault)) != 0 && lane < outcome.findings[static_cast<std::size_t>(fault)].lane;
  };
  for (std::uint32_t lane = 0; lane < block.lanes; lane += kChunk) {
    const std::uint32_t first = block.first_lane + lane;
    const ir::FieldProgram& field = run.examined != nullptr ? *run.examined : program_.fields[linked.field];
    const Chunk chunk{run, linked, field, first, std::min(kChunk, block.lanes - lane)};
    const bool zero = is_open(Fault::ZeroDivisor, first), stored = is_open(Fault::NotFinite, first);
    const bool passed = is_open(Fault::PassedOn, first);
    if (!zero && !stored && !passed) break;
    compute(chunk);
    if (zero) find_zero_divisor(chunk, outcome.findings[0]);
    if (stored) find_not_finite(chunk, Fault::NotFinite, outcome.findings[1]);
    if (passed) find_not_finite(chunk, Fault::PassedOn, outcome.findings[2]);
  }
  outcome.looked |= block.faults;
  busy_.clear(std::memory_order_release);
}

}  // namespace oscilla::exec
