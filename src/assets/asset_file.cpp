#include "assets/asset_file.hpp"

#include <memory>
#include <utility>

#include "assets/file_ending.hpp"
#include "assets/mesh_file.hpp"
#include "assets/svg.hpp"
#include "assets/whole_file.hpp"

namespace oscilla::assets {

AssetFile read_asset_file(const std::string& path) {
  if (!ends_in(path, ".svg")) {
    auto mesh = read_mesh_file(path);
    if (!mesh) return {path, nullptr, std::move(mesh.error()), nullptr};
    return {path, std::make_shared<const Mesh>(std::move(*mesh)), {}, nullptr};
  }
  const auto bytes = whole_file(path, kMostSvgMegabytes);
  auto drawing = bytes ? read_svg(*bytes, path) : std::unexpected(bytes.error());
  if (!drawing) return {path, nullptr, std::move(drawing.error()), nullptr};
  return {path, nullptr, {}, std::make_shared<const Drawing>(std::move(*drawing))};
}

}  // namespace oscilla::assets
