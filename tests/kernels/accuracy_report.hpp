// What both accuracy tests share: whether every value is wanted, and a line about what was measured.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace oscilla::kernels {

inline bool full() { return std::getenv("OSCILLA_FULL") != nullptr; }

inline void report(std::string_view name, const char* bits, double low, double high, double ulps, double absolute,
                   double at) {
  if (!full()) return;
  std::printf("%-12s %s  %.4g .. %.4g: %.3f ulp, absolute %.3g, at %a\n", std::string(name).c_str(), bits, low, high,
              ulps, absolute, at);
}

}  // namespace oscilla::kernels
