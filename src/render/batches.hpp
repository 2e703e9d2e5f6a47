// Runs of drawn lanes that share a figure. In: how many lanes a pass draws and with which shapes. Out: batches that
// cover them in drawing order, so that batching never changes the picture.
#pragma once

#include <cstdint>
#include <span>

#include "oscilla/frame.hpp"

namespace oscilla::render {

/// One shape for the whole pass. Returns how many batches were written: none if nothing is drawn.
std::size_t batch_uniform(std::uint32_t visible, std::uint32_t shape, std::span<Batch> batches);

/// A shape for each lane. `order` is empty where the lanes 0 .. visible - 1 are drawn in their order; there is room for
/// `visible` batches.
std::size_t batch_by_shape(std::uint32_t visible, std::span<const std::uint32_t> order,
                           std::span<const std::uint32_t> shape_of_lane, std::span<Batch> batches);

}  // namespace oscilla::render
