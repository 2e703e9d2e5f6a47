// Many lanes -> one 64-bit number, in one fixed order: a unit of 4,096 lanes has 16 accumulators, lane i goes to
// accumulator i mod 16, these are joined pairwise, and units in order. Part of the engine version: any other order
// gives other bits.
#pragma once

#include <cstdint>

#include "kernels/isa.hpp"

namespace oscilla::kernels {

inline constexpr std::uint32_t kUnitLanes = 4096;

enum class Reduction : std::uint8_t { Sum, Minimum, Maximum };

/// What one unit has come to so far.
struct ReducePartial {
  alignas(64) double accumulators[16];
};

struct ReduceKernels {
  /// Adds a block's lanes (finite; the caller replaced what is not) to its unit. Blocks begin at multiples of 16 lanes.
  void (*accumulate)(Reduction reduction, const float* in, std::uint32_t lanes, ReducePartial* partial);
};

const ReduceKernels& reduce_kernels(Isa isa);

/// 0, +infinity or -infinity: what a reduction of no lanes is.
double reduce_identity(Reduction reduction);
void reduce_begin(Reduction reduction, ReducePartial* partial);
/// The unit's value: accumulators i and i + 8 joined, then i + 4, i + 2, i + 1.
double reduce_finish(Reduction reduction, const ReducePartial& partial);
/// Joins two units' values, the earlier unit first.
double reduce_join(Reduction reduction, double earlier, double later);

}  // namespace oscilla::kernels
