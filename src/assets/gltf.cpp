#include "assets/gltf.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <tiny_gltf.h>

#include "assets/mesh_builder.hpp"
#include "assets/mesh_file.hpp"
#include "assets/whole_file.hpp"

namespace oscilla::assets {
namespace {

constexpr std::size_t kDeepest = 64;  // nodes within nodes

/// Columns: what becomes of x, y, z, and what is added.
using Matrix = std::array<Vector, 4>;
constexpr Matrix kIdentity{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 0}}};

Vector turned(const Matrix& matrix, const Vector& v) {
  Vector result{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    result[axis] = matrix[0][axis] * v[0] + matrix[1][axis] * v[1] + matrix[2][axis] * v[2];
  return result;
}

Matrix operator*(const Matrix& outer, const Matrix& inner) {
  Matrix result{turned(outer, inner[0]), turned(outer, inner[1]), turned(outer, inner[2]), turned(outer, inner[3])};
  for (std::size_t axis = 0; axis < 3; ++axis) result[3][axis] += outer[3][axis];
  return result;
}

/// What normals take where points take `matrix`: right angles stay right, up to a length.
Matrix for_normals(const Matrix& matrix) {
  return {cross(matrix[1], matrix[2]), cross(matrix[2], matrix[0]), cross(matrix[0], matrix[1]), {}};
}

Matrix matrix_of(const tinygltf::Node& node) {
  Matrix result = kIdentity;
  if (node.matrix.size() == 16) {
    for (std::size_t column = 0; column < 4; ++column)
      for (std::size_t axis = 0; axis < 3; ++axis) result[column][axis] = node.matrix[column * 4 + axis];
    return result;
  }
  if (node.rotation.size() == 4) {
    const double x = node.rotation[0], y = node.rotation[1], z = node.rotation[2], w = node.rotation[3];
    result[0] = {1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)};
    result[1] = {2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)};
    result[2] = {2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)};
  }
  for (std::size_t column = 0; column < 3 && node.scale.size() == 3; ++column)
    for (double& number : result[column]) number *= node.scale[column];
  if (node.translation.size() == 3) std::copy(node.translation.begin(), node.translation.end(), result[3].begin());
  return result;
}

/// Buffers that are files of their own stand beside the file or below it, nowhere else.
bool may_be_read(const std::string& path, const std::string& folder) {
  return path.starts_with(folder + "/") &&
         fmt::format("{}/", path.substr(folder.size())).find("/../") == std::string::npos;
}

tinygltf::FsCallbacks file_access(std::string& folder) {
  return {[](const std::string& path, void* of) { return may_be_read(path, *static_cast<std::string*>(of)); },
          [](const std::string& path, void*) { return path; },
          [](std::vector<unsigned char>* out, std::string* problem, const std::string& path, void*) {
            const auto bytes = whole_file(path, kMostMeshMegabytes);
            if (!bytes) *problem += bytes.error().message;
            if (bytes) out->assign(bytes->begin(), bytes->end());
            return bytes.has_value();
          },
          [](std::string*, const std::string&, const std::vector<unsigned char>&, void*) { return false; }, &folder};
}

class GltfReader {
 public:
  GltfReader(const tinygltf::Model& model, std::string_view name) : model_(model), name_(name) {}

  std::expected<Mesh, AssetProblem> run() {
    if (const tinygltf::Scene* scene = find_scene()) {
      for (const int node : scene->nodes) visit(node, kIdentity, 0);
    } else {
      for (std::size_t mesh = 0; mesh < model_.meshes.size(); ++mesh) add_mesh(static_cast<int>(mesh), kIdentity);
    }
    if (problem_) return std::unexpected(std::move(*problem_));
    return finished(std::move(mesh_), name_);
  }

 private:
  template <class T>
  const T* find(const std::vector<T>& list, int index) const {
    return index < 0 || static_cast<std::size_t>(index) >= list.size() ? nullptr
                                                                       : &list[static_cast<std::size_t>(index)];
  }

  const tinygltf::Scene* find_scene() const { return find(model_.scenes, std::max(model_.defaultScene, 0)); }

  void visit(int index, const Matrix& outer, std::size_t depth) {
    const tinygltf::Node* node = find(model_.nodes, index);
    if (problem_ || node == nullptr) return;
    if (depth == kDeepest || ++visited_ > kMostVertices) return fail("its nodes lie too deep in each other");
    const Matrix matrix = outer * matrix_of(*node);
    if (node->mesh >= 0) add_mesh(node->mesh, matrix);
    for (const int child : node->children) visit(child, matrix, depth + 1);
  }

  /// Parts of a mesh share their vertices, as a rule: each list of them counts once.
  void add_mesh(int index, const Matrix& matrix) {
    const tinygltf::Mesh* mesh = find(model_.meshes, index);
    if (mesh == nullptr) return fail("a node has a mesh that does not exist");
    std::set<int> seen;  // asked only
    for (const tinygltf::Primitive& part : mesh->primitives) {
      const auto position = part.attributes.find("POSITION");
      if (position != part.attributes.end() && seen.insert(position->second).second && !problem_)
        add_vertices(part, position->second, matrix);
    }
  }

  void add_vertices(const tinygltf::Primitive& part, int positions_at, const Matrix& matrix) {
    const auto positions = numbers_of<3>(positions_at);
    const auto normals = attribute<3>(part, "NORMAL", positions.size());
    const auto uvs = attribute<2>(part, "TEXCOORD_0", positions.size());
    const Matrix normal_matrix = for_normals(matrix);
    if (positions.size() > kMostVertices - mesh_.vertices) problem_ = too_many_vertices(name_);
    for (std::size_t v = 0; v < positions.size() && !problem_; ++v) {
      Vector position = turned(matrix, positions[v]);
      for (std::size_t axis = 0; axis < 3; ++axis) position[axis] += matrix[3][axis];
      const Vector normal = normals.empty() ? Vector{} : normalised(turned(normal_matrix, normals[v]));
      // Its textures begin at the top, as pictures do.
      const std::array<double, 2> uv = uvs.empty() ? std::array<double, 2>{} : std::array{uvs[v][0], 1 - uvs[v][1]};
      add_vertex(mesh_, position, normal, uv);
    }
  }

  template <std::size_t N>
  std::vector<std::array<double, N>> attribute(const tinygltf::Primitive& part, const char* what, std::size_t size) {
    const auto found = part.attributes.find(what);
    if (found == part.attributes.end() || problem_) return {};
    auto numbers = numbers_of<N>(found->second);
    if (!problem_ && numbers.size() != size)
      fail(fmt::format("it has {} vertices, but {} x {}", size, numbers.size(), what));
    return numbers;
  }

  /// All numbers of an accessor, N at a time.
  template <std::size_t N>
  std::vector<std::array<double, N>> numbers_of(int index) {
    const tinygltf::Accessor* accessor = find(model_.accessors, index);
    const tinygltf::BufferView* view = accessor == nullptr ? nullptr : find(model_.bufferViews, accessor->bufferView);
    const tinygltf::Buffer* buffer = view == nullptr ? nullptr : find(model_.buffers, view->buffer);
    if (buffer == nullptr || accessor->sparse.isSparse) {
      fail("its vertices are compressed, or not there");
      return {};
    }
    const int size = tinygltf::GetComponentSizeInBytes(static_cast<std::uint32_t>(accessor->componentType));
    const int stride = accessor->ByteStride(*view);
    const bool fits = tinygltf::GetNumComponentsInType(static_cast<std::uint32_t>(accessor->type)) == int{N} &&
                      size > 0 && stride >= size * int{N} &&
                      lies_within(*accessor, *view, *buffer, stride, size * int{N});
    if (!fits) {
      fail("a list of numbers does not fit its buffer");
      return {};
    }
    if (accessor->count > kMostVertices) {
      problem_ = too_many_vertices(name_);
      return {};
    }
    std::vector<std::array<double, N>> numbers(accessor->count);
    const unsigned char* from = buffer->data.data() + view->byteOffset + accessor->byteOffset;
    for (std::array<double, N>& vertex : numbers) {
      for (std::size_t c = 0; c < N; ++c) vertex[c] = number_at(from + c * static_cast<std::size_t>(size), *accessor);
      from += stride;
    }
    return numbers;
  }

  static bool lies_within(const tinygltf::Accessor& accessor, const tinygltf::BufferView& view,
                          const tinygltf::Buffer& buffer, int stride, int element) {
    const std::size_t size = buffer.data.size();
    if (view.byteOffset > size || accessor.byteOffset > size - view.byteOffset) return false;
    const std::size_t left = size - view.byteOffset - accessor.byteOffset;
    const auto bytes = static_cast<std::size_t>(element);
    return accessor.count == 0 ||
           (left >= bytes && accessor.count - 1 <= (left - bytes) / static_cast<std::size_t>(stride));
  }

  double number_at(const unsigned char* bytes, const tinygltf::Accessor& accessor) {
    const auto as = [bytes]<class T>(T value) {
      std::memcpy(&value, bytes, sizeof value);
      return static_cast<double>(value);
    };
    switch (accessor.componentType) {
      case TINYGLTF_COMPONENT_TYPE_FLOAT: return as(float{});
      case TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE: return as(std::uint8_t{}) / (accessor.normalized ? 255 : 1);
      case TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT: return as(std::uint16_t{}) / (accessor.normalized ? 65535 : 1);
      default: fail("its numbers are of an unknown kind"); return 0;
    }
  }

  void fail(std::string_view message) {
    if (!problem_) problem_ = broken(fmt::format("{} cannot be read: {}", name_, message));
  }

  const tinygltf::Model& model_;
  const std::string_view name_;
  std::size_t visited_ = 0;
  std::optional<AssetProblem> problem_;
  Mesh mesh_;
};

/// The first line of what a library says, without its full stop.
std::string first_line(std::string text) {
  text.resize(std::min(text.find('\n'), text.size()));
  while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
  return text.empty() ? "it is no glTF" : text;
}

}  // namespace

std::expected<Mesh, AssetProblem> read_gltf(std::string_view bytes, std::string folder, std::string_view name) {
  tinygltf::TinyGLTF loader;
  loader.SetFsCallbacks(file_access(folder));
  // Pictures are of no use here.
  loader.SetImageLoader([](tinygltf::Image*, const int, std::string*, std::string*, int, int, const unsigned char*, int,
                           void*) { return true; },
                        nullptr);
  tinygltf::Model model;
  std::string problem, warning;
  const bool binary = bytes.starts_with("glTF");
  const auto size = static_cast<unsigned int>(bytes.size());
  const bool read =
      binary ? loader.LoadBinaryFromMemory(&model, &problem, &warning,
                                           reinterpret_cast<const unsigned char*>(bytes.data()), size, folder)
             : loader.LoadASCIIFromString(&model, &problem, &warning, bytes.data(), size, folder);
  if (!read) return std::unexpected(broken(fmt::format("{} cannot be read: {}", name, first_line(problem))));
  return GltfReader(model, name).run();
}

}  // namespace oscilla::assets
