#include "render/batches.hpp"

namespace oscilla::render {

std::size_t batch_uniform(std::uint32_t visible, std::uint32_t shape, std::span<Batch> batches) {
  if (visible == 0) return 0;
  batches[0] = {.first = 0, .count = visible, .shape = shape};
  return 1;
}

}  // namespace oscilla::render
