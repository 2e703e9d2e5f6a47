#include "render/order.hpp"

namespace oscilla::render {

DrawingOrder find_order(const kernels::OrderKernels& kernels, std::span<const std::uint32_t> keys, std::uint32_t* order,
                        std::byte* scratch) {
  const auto lanes = static_cast<std::uint32_t>(keys.size());
  DrawingOrder found;
  if (!kernels.is_ordered(keys.data(), lanes, &found.visible)) {
    found.visible = kernels::sort_by_key(kernels, keys.data(), lanes, order, scratch);
    return found;
  }
  found.identity = found.visible == lanes;
  if (!found.identity) kernels.list_visible(keys.data(), lanes, order);
  return found;
}

DrawingOrder order_of_level(std::span<const std::uint32_t> keys) {
  const bool drawn = !keys.empty() && keys.front() != kernels::kInvisibleKey;
  return {.visible = drawn ? static_cast<std::uint32_t>(keys.size()) : 0, .identity = true};
}

}  // namespace oscilla::render
