// Files that a patch reads besides its text. The engine opens none itself: whoever loads a patch gives it a reader.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla {

/// The numbers that a vertex has.
enum class MeshStream : std::uint8_t { X, Y, Z, NormalX, NormalY, NormalZ, U, V };
inline constexpr std::size_t kMeshStreams = 8;

/// The vertices of a mesh file. Every stream has one finite number a vertex; what the file does not say is 0.
struct Mesh {
  std::uint32_t vertices = 0;
  std::array<std::vector<float>, kMeshStreams> streams;
  std::array<std::uint64_t, 2> content{};  ///< hash of all that: equal for equal numbers

  const std::vector<float>& operator[](MeshStream stream) const { return streams[static_cast<std::size_t>(stream)]; }
};

/// Why there is no mesh: a sentence without its full stop, and what to do.
struct AssetProblem {
  std::string message;
  std::string hint;
};

/// What became of a file: its name, as an operating system has it, and the mesh in it, or why there is none.
struct MeshFile {
  std::string name;
  std::shared_ptr<const Mesh> mesh;  ///< null: see `problem`
  AssetProblem problem;
};

/// The mesh in the file that `path`, as a patch says it, means in the patch file called `user`.
using ReadMesh = std::function<MeshFile(std::string_view path, std::string_view user)>;

}  // namespace oscilla
