// Everything that one ISA level offers, as constant data; kernel_table.cpp chooses among the sets.
#pragma once

#include <array>

#include "kernels/frame_kernels.hpp"
#include "kernels/kernel_table.hpp"
#include "kernels/reduce.hpp"

namespace oscilla::kernels {

/// Masks of up to six arguments, of which the last is uniform only if there are not more than five.
inline constexpr std::uint32_t kUniformMasks = 32;

struct KernelSet {
  std::array<std::array<BlockKernel, kUniformMasks>, kOpCount> block;
  FrameKernels frame;
  ReduceKernels reduce;
};

extern const KernelSet kScalarKernels;
#if defined(__x86_64__)
extern const KernelSet kSse2Kernels;
extern const KernelSet kAvx2Kernels;
extern const KernelSet kAvx512Kernels;
#elif defined(__wasm_simd128__)
extern const KernelSet kWasmKernels;
#endif

const KernelSet& kernels_of(Isa isa);

}  // namespace oscilla::kernels
