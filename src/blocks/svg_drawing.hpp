// The figure that parts of an SVG file are together. In: a drawing, and which of its parts. Out: verbs and points where
// their transforms put them, y down; or what is wrong with them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "blocks/svg_path.hpp"
#include "oscilla/asset.hpp"

namespace oscilla::blocks {

/// A figure has so many points at most.
inline constexpr std::size_t kMostFigurePoints = 16384;

/// `file` is what problems call it; `named`: parts that are not shown count as well.
SvgPathData read_svg_parts(std::span<const Drawing::Part> parts, bool named, std::string_view file,
                           const SvgMaths& maths);

}  // namespace oscilla::blocks
