// The generated loops of every scene for one instruction set; fused_<isa>.cpp instantiates them with the kernels'
// flags.
#pragma once

#include "fused.hpp"

namespace oscilla::bench {

#include "thirty.inc"
#include "thirty_depth.inc"
#include "three_hundred.inc"

template <Isa isa>
constexpr FusedScenes all_fused() {
  return {fused_code<Thirty, isa>(), fused_code<ThirtyDepth, isa>(), fused_code<ThreeHundred, isa>(),
          &run_index_divide<isa, false>};
}

extern const FusedScenes kFusedSse2;
extern const FusedScenes kFusedAvx2;
extern const FusedScenes kFusedAvx512;

}  // namespace oscilla::bench
