// The order in which a pass's lanes are drawn: far to near, ties by lane, the invisible ones left out. In: sort keys.
// Out: lane numbers, or the statement that they are 0, 1, 2 ... Nothing is allocated here.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/frame_kernels.hpp"

namespace oscilla::render {

struct DrawingOrder {
  std::uint32_t visible = 0;
  bool identity = false;  ///< lanes 0 .. visible - 1; then the list was not written
};

/// `order` has room for as many numbers as there are keys, `scratch` for twice as many entries.
DrawingOrder find_order(const kernels::FrameKernels& frame, std::span<const std::uint32_t> keys, std::uint32_t* order,
                        kernels::SortEntry* scratch);

}  // namespace oscilla::render
