// What is in a mesh or a drawing as JSON of a recording, and back.
#pragma once

#include <cstdint>
#include <memory>

#include "base/ids.hpp"
#include "live/recording_json.hpp"
#include "oscilla/asset.hpp"

namespace oscilla::live {

/// Its streams as base64 of little-endian 32-bit floats; those that are 0 everywhere are left out.
Json mesh_json(const Mesh& mesh);
Json drawing_json(const Drawing& drawing);

/// Null if it is none, or not the one with this hash.
std::shared_ptr<const Mesh> read_mesh(const Json& json, std::uint64_t vertices, Hash128 content);
std::shared_ptr<const Drawing> read_drawing(const Json& json, Hash128 content);

}  // namespace oscilla::live
