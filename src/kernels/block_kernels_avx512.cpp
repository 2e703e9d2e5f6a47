#include "kernels/block_kernels.hpp"

#if defined(__x86_64__)

namespace oscilla::kernels {

constinit const KernelSet kAvx512Kernels = kernel_set<Isa::Avx512>();

}  // namespace oscilla::kernels

#endif
