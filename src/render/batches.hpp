// Runs of drawn lanes that share a figure. In: how many lanes a pass draws and with which shape. Out: batches that
// cover them in drawing order, so that batching never changes the picture.
#pragma once

#include <cstdint>
#include <span>

#include "oscilla/frame.hpp"

namespace oscilla::render {

/// One shape for the whole pass. Returns how many batches were written: none if nothing is drawn.
std::size_t batch_uniform(std::uint32_t visible, std::uint32_t shape, std::span<Batch> batches);

}  // namespace oscilla::render
