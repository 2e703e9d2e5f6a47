// Wavefront OBJ: vertices `v` with what faces say of their normals `vn` and places on the texture `vt`. One vertex a
// `v`, in the file's order; its normal is the mean of those at its corners, or of the faces that meet there if the file
// has none. Numbers are read exactly rounded and in no locale, which is why no library reads them.
#pragma once

#include <expected>
#include <string_view>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

std::expected<Mesh, AssetProblem> read_obj(std::string_view text, std::string_view name);

}  // namespace oscilla::assets
