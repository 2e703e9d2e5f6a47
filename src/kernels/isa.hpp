// The instruction sets that kernels are built for. Which of them run here is asked in kernel_table.hpp.
#pragma once

#include <cstdint>

namespace oscilla::kernels {

enum class Isa : std::uint8_t { Scalar, Sse2, Avx2, Avx512, Wasm };

/// Planes are padded to this many lanes; kernels may compute and store up to the next multiple of it.
inline constexpr std::uint32_t kLanePadding = 16;

}  // namespace oscilla::kernels
