#include "fused_scenes.hpp"

namespace oscilla::bench {

constinit const FusedScenes kFusedAvx512 = all_fused<Isa::Avx512>();

}  // namespace oscilla::bench
