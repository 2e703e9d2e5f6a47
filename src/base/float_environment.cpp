#include "base/float_environment.hpp"

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace oscilla {

#if defined(__SSE2__)

namespace {
// All exceptions masked, rounding to nearest, flush-to-zero and denormals-are-zero off, no sticky flags.
constexpr std::uint32_t kDefaultControl = 0x1f80;
}  // namespace

FloatEnvironment::FloatEnvironment() : saved_(_mm_getcsr()) { _mm_setcsr(kDefaultControl); }
FloatEnvironment::~FloatEnvironment() { _mm_setcsr(saved_); }

#else

// WebAssembly has one environment, which is the wanted one.
FloatEnvironment::FloatEnvironment() = default;
FloatEnvironment::~FloatEnvironment() = default;

#endif

}  // namespace oscilla
