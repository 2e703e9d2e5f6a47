// SVG files: what is drawn in them, as path data with transforms. Paths, rectangles, circles, ellipses, lines,
// polygons, groups, `use`, and the viewBox; texts, pictures and style sheets are not read. Read by pugixml; numbers
// stay text here, or are read exactly rounded and written so that they read the same.
#pragma once

#include <cstddef>
#include <expected>
#include <string_view>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

inline constexpr std::size_t kMostSvgMegabytes = 16;  ///< a larger file is refused unread
inline constexpr std::size_t kMostSvgParts = 65536;

std::expected<Drawing, AssetProblem> read_svg(std::string_view bytes, std::string_view name);

}  // namespace oscilla::assets
