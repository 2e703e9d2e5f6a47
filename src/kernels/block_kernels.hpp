// The kernels of one ISA level, made from the op table: for every op and every mask of uniform arguments one loop over
// a block. block_kernels_<isa>.cpp instantiates this with the flags of its level.
#pragma once

#include <array>
#include <utility>

#include "kernels/frame_loops.hpp"
#include "kernels/kernel_set.hpp"
#include "kernels/ops.hpp"

namespace oscilla::kernels {

inline constexpr unsigned kOpArity[] = {
#define OSCILLA_OP(id, name, layer, results, arity, ...) arity,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};
inline constexpr unsigned kOpResults[] = {
#define OSCILLA_OP(id, name, layer, results, ...) results,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

template <class F>
void store_results(F result, float* const* out, unsigned lane) {
  result.store(out[0] + lane);
}
template <class F, unsigned count>
void store_results(Results<F, count> results, float* const* out, unsigned lane) {
  for (unsigned k = 0; k < count; ++k) results.values[k].store(out[k] + lane);
}

template <Op op, class F>
auto evaluate_array(const F* a) {
  constexpr unsigned arity = kOpArity[static_cast<unsigned>(op)];
  static_assert(arity >= 1 && arity <= 6);
  if constexpr (arity == 1) return evaluate(Is<op>(), a[0]);
  if constexpr (arity == 2) return evaluate(Is<op>(), a[0], a[1]);
  if constexpr (arity == 3) return evaluate(Is<op>(), a[0], a[1], a[2]);
  if constexpr (arity == 4) return evaluate(Is<op>(), a[0], a[1], a[2], a[3]);
  if constexpr (arity == 5) return evaluate(Is<op>(), a[0], a[1], a[2], a[3], a[4]);
  if constexpr (arity == 6) return evaluate(Is<op>(), a[0], a[1], a[2], a[3], a[4], a[5]);
}

/// Results may be the same planes as arguments: every step loads before it stores. Flat: a call in the loop would take
/// its constants from memory and its vectors through it, and g++ leaves calls of what is long and used often.
template <Isa isa, Op op, unsigned uniform_mask>
[[gnu::flatten]] void run_block(const BlockInstr& instr, const BlockContext& block) {
  using F = Floats<isa>;
  constexpr unsigned arity = kOpArity[static_cast<unsigned>(op)], results = kOpResults[static_cast<unsigned>(op)];
  float* out[results];
  for (unsigned k = 0; k < results; ++k) out[k] = block.planes[instr.results[k]];
  const float* in[arity];
  F args[arity];
  for (unsigned k = 0; k < arity; ++k) {
    if (uniform_mask >> k & 1) {
      args[k] = F::of_raw(block.uniforms[instr.args[k]]);
    } else {
      in[k] = block.planes[instr.args[k]];
    }
  }
  [[maybe_unused]] Bits<isa> zero_divisors = 0u;
  const unsigned lanes = block.lanes;
  for (unsigned lane = 0; lane < lanes; lane += F::kLanes) {
    for (unsigned k = 0; k < arity; ++k) {
      if (!(uniform_mask >> k & 1)) args[k] = F::load(in[k] + lane);
    }
    if constexpr (kDivisorArgument<op> >= 0) {
      const Mask<isa> counts = Bits<isa>::lane_numbers() + lane < Bits<isa>(lanes);
      const Mask<isa> is_zero = args[kDivisorArgument<op>] == F(0.0);
      zero_divisors = zero_divisors | select(is_zero & counts, Bits<isa>(1u), Bits<isa>(0u));
    }
    store_results(evaluate_array<op>(args), out, lane);
  }
  if constexpr (kDivisorArgument<op> >= 0) {
    if (any(!(zero_divisors == Bits<isa>(0u)))) *block.zero_divisor = 1;
  }
}

/// Op::Index: the lane numbers of the block.
template <Isa isa>
void run_index(const BlockInstr& instr, const BlockContext& block) {
  float* out = block.planes[instr.results[0]];
  for (unsigned lane = 0; lane < block.lanes; lane += kWidth<isa>) {
    Floats<isa>::of_integer(Bits<isa>::lane_numbers() + (block.first_lane + lane)).store(out + lane);
  }
}

/// Op::IndexDivide: the lane numbers of the block, divided. `detect` off: without looking for zero divisors.
template <Isa isa, bool detect = true>
void run_index_divide(const BlockInstr& instr, const BlockContext& block) {
  const float* by = block.planes[instr.args[0]];
  float* out = block.planes[instr.results[0]];
  [[maybe_unused]] Bits<isa> zero_divisors = 0u;
  for (unsigned lane = 0; lane < block.lanes; lane += kWidth<isa>) {
    const Floats<isa> number = Floats<isa>::of_integer(Bits<isa>::lane_numbers() + (block.first_lane + lane));
    const Floats<isa> divisor = Floats<isa>::load(by + lane);
    if constexpr (detect) {
      const Mask<isa> counts = Bits<isa>::lane_numbers() + lane < Bits<isa>(block.lanes);
      zero_divisors = zero_divisors | select((divisor == Floats<isa>(0.0)) & counts, Bits<isa>(1u), Bits<isa>(0u));
    }
    evaluate(Is<Op::Divide>(), number, divisor).store(out + lane);
  }
  if constexpr (detect) {
    if (any(!(zero_divisors == Bits<isa>(0u)))) *block.zero_divisor = 1;
  }
}

/// Op::Gather: a field in memory, at the lanes that the argument says.
template <Isa isa>
void run_gather(const BlockInstr& instr, const BlockContext& block) {
  const float* at = block.planes[instr.args[0]];
  float* out = block.planes[instr.results[0]];
  const GatherSource& source = block.sources[instr.args[1]];
  if (source.lanes == 0) {
    for (unsigned lane = 0; lane < block.lanes; ++lane) out[lane] = 0;
    return;
  }
  const float last = static_cast<float>(source.lanes - 1);
  for (unsigned lane = 0; lane < block.lanes; ++lane) {
    const float low = at[lane] > 0 ? at[lane] : 0;  // also of what is no number
    out[lane] = source.plane[static_cast<std::uint32_t>(low < last ? low : last)];
  }
}

/// Every mask of up to three arguments but the one where all are uniform (that is a signal). Of more those that the
/// peepholes make: a place and a radius, waves, hashes, hues.
constexpr bool has_kernel(unsigned arity, unsigned uniform_mask) {
  if (uniform_mask == 0) return true;
  if (arity == 4) return uniform_mask == 0b1100 || uniform_mask == 0b1110 || uniform_mask == 0b1101;
  if (arity == 5) return uniform_mask == 0b01101 || uniform_mask == 0b11101;
  if (arity == 6) return uniform_mask == 0b011101;
  return uniform_mask < (1u << arity) - 1;
}

template <Isa isa, Op op, unsigned uniform_mask>
constexpr BlockKernel block_kernel_or_null() {
  constexpr unsigned arity = kOpArity[static_cast<unsigned>(op)];
  if constexpr (op == Op::Index) {
    return uniform_mask == 0 ? &run_index<isa> : nullptr;
  } else if constexpr (op == Op::IndexDivide) {
    return uniform_mask == 0 ? &run_index_divide<isa, true> : nullptr;
  } else if constexpr (op == Op::Gather) {
    return uniform_mask == 0 ? &run_gather<isa> : nullptr;
  } else if constexpr (has_kernel(arity, uniform_mask)) {
    return &run_block<isa, op, uniform_mask>;
  } else {
    return nullptr;
  }
}

using BlockKernelRow = std::array<BlockKernel, kUniformMasks>;

template <Isa isa, Op op, unsigned... masks>
constexpr BlockKernelRow block_kernel_row(std::integer_sequence<unsigned, masks...>) {
  return {block_kernel_or_null<isa, op, masks>()...};
}

template <Isa isa>
constexpr KernelSet kernel_set() {
  return {{
#define OSCILLA_OP(id, ...) block_kernel_row<isa, Op::id>(std::make_integer_sequence<unsigned, kUniformMasks>()),
#include "kernels/op_table.def"
#undef OSCILLA_OP
          },
          frame_kernels_of<isa>(),
          reduce_kernels_of<isa>()};
}

}  // namespace oscilla::kernels
