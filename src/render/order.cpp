#include "render/order.hpp"

namespace oscilla::render {
namespace {

void list_visible(std::span<const std::uint32_t> keys, std::uint32_t* order) {
  std::uint32_t* next = order;
  for (std::uint32_t lane = 0; lane < keys.size(); ++lane) {
    if (keys[lane] != kernels::kInvisibleKey) *next++ = lane;
  }
}

}  // namespace

DrawingOrder find_order(const kernels::FrameKernels& frame, std::span<const std::uint32_t> keys, std::uint32_t* order,
                        kernels::SortEntry* scratch) {
  const auto lanes = static_cast<std::uint32_t>(keys.size());
  DrawingOrder found;
  if (!frame.is_ordered(keys.data(), lanes, &found.visible)) {
    found.visible = kernels::sort_by_key(keys.data(), lanes, order, scratch);
    return found;
  }
  found.identity = found.visible == lanes;
  if (!found.identity) list_visible(keys, order);
  return found;
}

}  // namespace oscilla::render
