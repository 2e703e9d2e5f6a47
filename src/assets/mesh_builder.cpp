#include "assets/mesh_builder.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "assets/mesh_file.hpp"
#include "base/hash.hpp"

namespace oscilla::assets {

AssetProblem broken(std::string message) {
  return {std::move(message), "export the mesh again, as OBJ or as glTF without compression"};
}

AssetProblem too_many_vertices(std::string_view name) {
  return {fmt::format("{} has more than {} vertices", name, kMostVertices), "make the mesh simpler"};
}

Vector cross(const Vector& a, const Vector& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

// The largest component becomes 1 first: squares neither overflow nor vanish.
Vector normalised(const Vector& vector) {
  const double largest = std::max({std::abs(vector[0]), std::abs(vector[1]), std::abs(vector[2])});
  if (!(largest > 0) || !std::isfinite(largest)) return {};
  const Vector scaled{vector[0] / largest, vector[1] / largest, vector[2] / largest};
  const double length = std::sqrt(scaled[0] * scaled[0] + scaled[1] * scaled[1] + scaled[2] * scaled[2]);
  return {scaled[0] / length, scaled[1] / length, scaled[2] / length};
}

void add_vertex(Mesh& mesh, const Vector& position, const Vector& normal, const std::array<double, 2>& uv) {
  const std::array<double, kMeshStreams> numbers{position[0], position[1], position[2], normal[0],
                                                 normal[1],   normal[2],   uv[0],       uv[1]};
  for (std::size_t s = 0; s < kMeshStreams; ++s) mesh.streams[s].push_back(static_cast<float>(numbers[s]) + 0.0f);
  ++mesh.vertices;
}

std::expected<Mesh, AssetProblem> finished(Mesh mesh, std::string_view name) {
  if (mesh.vertices == 0)
    return std::unexpected(AssetProblem{fmt::format("{} has no vertices", name), "it needs at least one"});
  HashBuilder hash;
  for (const std::vector<float>& stream : mesh.streams) {
    if (!std::all_of(stream.begin(), stream.end(), [](float x) { return std::isfinite(x); }))
      return std::unexpected(broken(fmt::format("{} has numbers that are not finite", name)));
    hash.add(hash128(std::as_bytes(std::span(stream))));
  }
  const Hash128 content = hash.add(mesh.vertices).finish();
  mesh.content = {content.low, content.high};
  return mesh;
}

}  // namespace oscilla::assets
