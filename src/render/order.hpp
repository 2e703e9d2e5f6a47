// The order in which a pass's lanes are drawn: far to near, ties by lane, the invisible ones left out. In: sort keys.
// Out: lane numbers, or the statement that they are 0, 1, 2 ... Nothing is allocated here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/frame_kernels.hpp"

namespace oscilla::render {

struct DrawingOrder {
  std::uint32_t visible = 0;
  bool identity = false;  ///< lanes 0 .. visible - 1; then the list was not written
};

/// Keys and `order` are padded (kernels::kLanePadding); `scratch` has kernels::kSortScratchBytes a lane.
DrawingOrder find_order(const kernels::OrderKernels& kernels, std::span<const std::uint32_t> keys, std::uint32_t* order,
                        std::byte* scratch);

/// Of lanes that are equally far away: as they lie, all of them or, where the first is not drawn, none.
DrawingOrder order_of_level(std::span<const std::uint32_t> keys);

}  // namespace oscilla::render
