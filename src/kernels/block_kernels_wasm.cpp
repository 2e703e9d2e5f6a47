#include "kernels/block_kernels.hpp"

#if defined(__wasm_simd128__)

namespace oscilla::kernels {

constinit const KernelSet kWasmKernels = kernel_set<Isa::Wasm>();

}  // namespace oscilla::kernels

#endif
