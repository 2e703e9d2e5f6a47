#include "kernels/block_kernels.hpp"

#if defined(__x86_64__)

namespace oscilla::kernels {

constinit const KernelSet kSse2Kernels = kernel_set<Isa::Sse2>();

}  // namespace oscilla::kernels

#endif
