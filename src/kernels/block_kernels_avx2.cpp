#include "kernels/block_kernels.hpp"

#if defined(__x86_64__)

namespace oscilla::kernels {

constinit const KernelSet kAvx2Kernels = kernel_set<Isa::Avx2>();

}  // namespace oscilla::kernels

#endif
