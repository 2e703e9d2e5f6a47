#include "fused_scenes.hpp"

namespace oscilla::bench {

constinit const FusedScenes kFusedAvx2 = all_fused<Isa::Avx2>();

}  // namespace oscilla::bench
