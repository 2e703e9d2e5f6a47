// What readers of mesh files have in common: limits, and a mesh that grows vertex by vertex.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

/// The problem with a file that is not what it says: "a.obj, line 7: ...".
AssetProblem broken(std::string message);
AssetProblem too_many_vertices(std::string_view name);

using Vector = std::array<double, 3>;

Vector cross(const Vector& a, const Vector& b);
/// Of length 1; (0, 0, 0) where there is no direction.
Vector normalised(const Vector& vector);

/// Adds a vertex; numbers become floats here.
void add_vertex(Mesh& mesh, const Vector& position, const Vector& normal, const std::array<double, 2>& uv);

/// A mesh with all of its vertices: refuses one that has none, or numbers that are not finite; else hashes it.
std::expected<Mesh, AssetProblem> finished(Mesh mesh, std::string_view name);

}  // namespace oscilla::assets
