#include "kernels/kernel_table.hpp"

#include "kernels/kernel_set.hpp"

namespace oscilla::kernels {
namespace {

constexpr std::string_view kNames[] = {"scalar", "sse2", "avx2", "avx512", "wasm"};

#if defined(__x86_64__)
constexpr Isa kLevels[] = {Isa::Scalar, Isa::Sse2, Isa::Avx2, Isa::Avx512};

/// How many of kLevels this processor, and its operating system, can run.
std::size_t usable_levels() {
  if (!__builtin_cpu_supports("avx2")) return 2;
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  return avx512 ? 4 : 3;
}
#elif defined(__wasm_simd128__)
constexpr Isa kLevels[] = {Isa::Scalar, Isa::Wasm};
std::size_t usable_levels() { return 2; }
#else
constexpr Isa kLevels[] = {Isa::Scalar};
std::size_t usable_levels() { return 1; }
#endif

}  // namespace

std::span<const Isa> available_isas() { return std::span(kLevels).first(usable_levels()); }

Isa best_isa() { return available_isas().back(); }

std::string_view name_of(Isa isa) { return kNames[static_cast<std::size_t>(isa)]; }

std::optional<Isa> isa_of_name(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<Isa>(i);
  }
  return std::nullopt;
}

const KernelSet& kernels_of(Isa isa) {
  switch (isa) {
#if defined(__x86_64__)
    case Isa::Sse2: return kSse2Kernels;
    case Isa::Avx2: return kAvx2Kernels;
    case Isa::Avx512: return kAvx512Kernels;
#elif defined(__wasm_simd128__)
    case Isa::Wasm: return kWasmKernels;
#endif
    default: return kScalarKernels;
  }
}

BlockKernel block_kernel(Isa isa, Op op, std::uint32_t uniform_mask) {
  if (uniform_mask >= kUniformMasks) return nullptr;
  return kernels_of(isa).block[static_cast<std::size_t>(op)][uniform_mask];
}

const FrameKernels& frame_kernels(Isa isa) { return kernels_of(isa).frame; }

const ReduceKernels& reduce_kernels(Isa isa) { return kernels_of(isa).reduce; }

}  // namespace oscilla::kernels
