// What this machine can run: one table of kernels per ISA level, chosen once, all giving the same bits. A kernel is a
// branch-free loop over one block of lanes. It touches indices and arrays only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "kernels/isa.hpp"
#include "kernels/op_table.hpp"

namespace oscilla::kernels {

/// Lanes a block holds when nothing else is asked for: what keeps the registers in the first cache.
inline constexpr std::uint32_t kBlockLanes = 256;

/// A whole field in memory, for Op::Gather.
struct GatherSource {
  const float* plane = nullptr;
  std::uint32_t lanes = 0;
};

/// Everything that changes from block to block. `planes[k]` is operand k's first float of this block: a register of the
/// thread's scratch memory, or a place inside a plane in memory. `uniforms[k]` is one value for all lanes (float, or
/// raw Bits).
struct BlockContext {
  float* const* planes;
  const std::uint32_t* uniforms;
  std::uint32_t first_lane;
  std::uint32_t lanes;  ///< lanes that count, 1 .. block size; the rest up to the padding is computed and ignored
  std::uint32_t* zero_divisor;  ///< set to 1 if a lane that counts divided by zero; never cleared by a kernel
  const GatherSource* sources = nullptr;
};

/// One instruction of a block program. An argument is an index into planes, or, where its bit in the mask that chose
/// the kernel is set, into uniforms. Results are indices into planes and may be the same as an argument. Of Gather
/// args[1] is an index into sources.
struct BlockInstr;
using BlockKernel = void (*)(const BlockInstr&, const BlockContext&);
struct BlockInstr {
  BlockKernel run = nullptr;
  std::uint16_t results[kMaximumResults] = {};
  std::uint16_t args[kMaximumArity] = {};
};

/// The same op on one 64-bit value per argument. Sets *zero_divisor as above.
using ScalarKernel = void (*)(const double* args, double* results, std::uint32_t* zero_divisor);

/// The best level that this processor has.
Isa best_isa();
/// All levels that this processor has and this build contains, worst first.
std::span<const Isa> available_isas();
std::string_view name_of(Isa isa);
std::optional<Isa> isa_of_name(std::string_view name);

/// The kernel of `op` where bit k of `uniform_mask` says that argument k is uniform; null where the table has no such
/// form (then the caller broadcasts the uniform into a register first). Mask 0 always exists.
BlockKernel block_kernel(Isa isa, Op op, std::uint32_t uniform_mask);
ScalarKernel scalar_kernel(Op op);

}  // namespace oscilla::kernels
