// A raster as a PNG file's bytes: 8-bit sRGB, straight alpha; without an alpha channel where the raster is opaque.
#pragma once

#include <cstdint>
#include <vector>

#include "output/outcome.hpp"
#include "output/raster.hpp"

namespace oscilla::output {

/// Replaces `bytes`. The same raster gives the same bytes.
Outcome encode_png(const Raster& raster, std::vector<std::uint8_t>& bytes);

}  // namespace oscilla::output
