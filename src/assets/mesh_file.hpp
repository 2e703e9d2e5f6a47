// Mesh files. In: a file's name. Out: its vertices, or a sentence about what is wrong with it. The same file gives the
// same bits on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

inline constexpr std::size_t kMostMeshMegabytes = 256;  ///< a larger file is refused unread
inline constexpr std::uint32_t kMostVertices = 4194304;

/// The mesh in the file: what its name ends in (.obj, .gltf, .glb) says how to read it.
std::expected<Mesh, AssetProblem> read_mesh_file(const std::string& path);

}  // namespace oscilla::assets
