#include "assets/mesh_file.hpp"

#include <utility>

#include <fmt/format.h>

#include "assets/file_ending.hpp"
#include "assets/gltf.hpp"
#include "assets/obj.hpp"
#include "assets/whole_file.hpp"

namespace oscilla::assets {
std::expected<Mesh, AssetProblem> read_mesh_file(const std::string& path) {
  const bool obj = ends_in(path, ".obj");
  if (!obj && !ends_in(path, ".gltf") && !ends_in(path, ".glb"))
    return std::unexpected(AssetProblem{fmt::format("{} is neither a mesh nor a drawing by its name", path),
                                        "a mesh ends in .obj, .gltf or .glb, a drawing in .svg"});
  auto bytes = whole_file(path, kMostMeshMegabytes);
  if (!bytes) return std::unexpected(std::move(bytes.error()));
  if (obj) return read_obj(*bytes, path);
  const std::size_t slash = path.rfind('/');
  return read_gltf(*bytes, slash == std::string::npos ? "." : path.substr(0, slash), path);
}

}  // namespace oscilla::assets
