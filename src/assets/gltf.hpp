// glTF 2.0, as text or binary: the vertices of every mesh where the nodes of its scene put it, in the file's order.
// Read by tinygltf; numbers of vertices are binary there, so they are exact.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

/// `folder` is where the buffers of the file are that are files of their own.
std::expected<Mesh, AssetProblem> read_gltf(std::string_view bytes, std::string folder, std::string_view name);

}  // namespace oscilla::assets
