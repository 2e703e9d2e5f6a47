#include "fused_scenes.hpp"

namespace oscilla::bench {

constinit const FusedScenes kFusedSse2 = all_fused<Isa::Sse2>();

}  // namespace oscilla::bench
