#include "render/batches.hpp"

namespace oscilla::render {

std::size_t batch_uniform(std::uint32_t visible, std::uint32_t shape, std::span<Batch> batches) {
  if (visible == 0) return 0;
  batches[0] = {.first = 0, .count = visible, .shape = shape};
  return 1;
}

std::size_t batch_by_shape(std::uint32_t visible, std::span<const std::uint32_t> order,
                           std::span<const std::uint32_t> shape_of_lane, std::span<Batch> batches) {
  std::size_t made = 0;
  for (std::uint32_t position = 0; position < visible; ++position) {
    const std::uint32_t shape = shape_of_lane[order.empty() ? position : order[position]];
    if (made > 0 && batches[made - 1].shape == shape)
      ++batches[made - 1].count;
    else
      batches[made++] = {.first = position, .count = 1, .shape = shape};
  }
  return made;
}

}  // namespace oscilla::render
