// While one of these lives, this thread computes as IEEE 754 says by default: round to nearest, subnormals kept, no
// traps. A host (audio software above all) may have set something else; what it had comes back at the end.
#pragma once

#include <cstdint>

namespace oscilla {

class FloatEnvironment {
 public:
  FloatEnvironment();
  ~FloatEnvironment();
  FloatEnvironment(const FloatEnvironment&) = delete;
  FloatEnvironment& operator=(const FloatEnvironment&) = delete;

 private:
  [[maybe_unused]] std::uint32_t saved_ = 0;
};

}  // namespace oscilla
