#include "kernels/block_kernels.hpp"

namespace oscilla::kernels {

constinit const KernelSet kScalarKernels = kernel_set<Isa::Scalar>();

}  // namespace oscilla::kernels
