// Files that blocks name: what the name ends in says what is in them.
#pragma once

#include <string>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

/// The drawing in a file whose name ends in .svg, else the mesh in it.
AssetFile read_asset_file(const std::string& path);

}  // namespace oscilla::assets
