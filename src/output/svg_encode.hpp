// A frame as an SVG document: one <defs> entry per shape, one <use> per drawn lane. Positions have four decimals of a
// pixel; colours are 8-bit sRGB, as in the rasters. Blend modes are set on every <use>, not on its group: instances
// blend with those under them, of their own pass too. Gradients are written before the first lane that has them.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"
#include "output/outcome.hpp"
#include "output/rasteriser.hpp"

namespace oscilla::output {

/// Replaces `bytes`. What is not valid in a pass costs that pass only: a mark stands in its place. Ground::Opaque is
/// drawn as Background. Fails if the frame asks for what SVG lacks (output/capabilities.hpp).
Outcome encode_svg(const RenderFrame& frame, const RasterOptions& options, std::vector<std::uint8_t>& bytes);

}  // namespace oscilla::output
