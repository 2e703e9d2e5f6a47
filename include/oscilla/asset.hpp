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

/// What an SVG file says of its figures, as text: geometry is computed where every machine has the same bits.
struct Drawing {
  /// One element that is drawn.
  struct Part {
    std::string data;       ///< path data, y down
    std::string transform;  ///< transforms of SVG, of the outermost group first
    std::uint32_t line = 0;
    bool shown = true;      ///< false: only whoever names it sees it (in `defs`, or neither filled nor stroked)
    bool even_odd = false;  ///< its fill rule
  };
  /// An element that has a name: so many parts are in it.
  struct Name {
    std::string id;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  std::vector<Part> parts;  ///< in the file's order
  std::vector<Name> names;
  bool has_page = false;
  std::array<double, 4> page{};            ///< x, y, width and height of the viewBox
  std::array<std::uint64_t, 2> content{};  ///< hash of all that
};

/// Why a file cannot be had: a sentence without its full stop, and what to do.
struct AssetProblem {
  std::string message;
  std::string hint;
};

/// What became of a file: its name, as an operating system has it, and the mesh or the drawing in it, or why there is
/// neither.
struct AssetFile {
  std::string name;
  std::shared_ptr<const Mesh> mesh{};
  AssetProblem problem{};
  std::shared_ptr<const Drawing> drawing{};

  bool read() const { return mesh != nullptr || drawing != nullptr; }
};

/// What is in the file that `path`, as a patch says it, means in the patch file called `user`.
using ReadAsset = std::function<AssetFile(std::string_view path, std::string_view user)>;

}  // namespace oscilla
