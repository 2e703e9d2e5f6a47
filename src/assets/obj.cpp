#include "assets/obj.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "assets/mesh_builder.hpp"
#include "assets/mesh_file.hpp"
#include "base/number_text.hpp"

namespace oscilla::assets {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr std::size_t kMostCorners = std::size_t{1} << 26;

/// The next word of a line, which loses it; empty at its end.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

/// What a face says of one of its corners, as places in the lists of the file.
struct Corner {
  static constexpr std::uint32_t kNone = ~0u;
  std::uint32_t position = kNone, uv = kNone, normal = kNone;
};

class ObjReader {
 public:
  ObjReader(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  std::expected<Mesh, AssetProblem> run() {
    const char line_end = text_.contains('\n') ? '\n' : '\r';  // as old systems have it
    for (std::string_view rest = text_; !rest.empty() && !problem_;) {
      const std::size_t end = std::min(rest.find(line_end), rest.size());
      ++line_;
      read_line(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (problem_) return std::unexpected(std::move(*problem_));
    return finished(assemble(), name_);
  }

 private:
  void read_line(std::string_view line) {
    const std::string_view what = take_word(line);
    if (what == "v") return read_numbers(line, what, positions_, 3);
    if (what == "vn") return read_numbers(line, what, normals_, 3);
    if (what == "vt") return read_numbers(line, what, uvs_, 2);
    if (what == "f") return read_face(line);
  }

  /// `needed` numbers; more may follow (a weight, a colour), and are left alone. A texture may have one number only.
  void read_numbers(std::string_view line, std::string_view what, std::vector<Vector>& list, std::size_t needed) {
    Vector numbers{};
    for (std::size_t i = 0; i < needed; ++i) {
      std::string_view word = take_word(line);
      if (word.empty() && what == "vt" && i == 1) break;
      if (word.starts_with('+')) word.remove_prefix(1);
      const std::optional<double> number = parse_number(word);
      if (!number || !std::isfinite(*number)) return fail(fmt::format("`{}` takes {} numbers", what, needed));
      numbers[i] = *number;
    }
    list.push_back(numbers);
    if (list.size() > kMostVertices) problem_ = too_many_vertices(name_);
  }

  void read_face(std::string_view line) {
    const std::size_t first = corners_.size();
    for (std::string_view word = take_word(line); !word.empty() && !problem_; word = take_word(line)) {
      Corner corner;
      corner.position = index_of(take_index(word), positions_.size());
      if (const std::string_view uv = take_index(word); !uv.empty()) corner.uv = index_of(uv, uvs_.size());
      if (!word.empty()) corner.normal = index_of(word, normals_.size());
      corners_.push_back(corner);
    }
    if (corners_.size() > kMostCorners) fail("there are too many faces");
    face_ends_.push_back(corners_.size());
    if (corners_.size() - first < 3) fail("a face has three corners or more");
  }

  /// What stands before the next `/` of a corner, which loses both.
  static std::string_view take_index(std::string_view& word) {
    const std::string_view index = word.substr(0, word.find('/'));
    word.remove_prefix(std::min(index.size() + 1, word.size()));
    return index;
  }

  /// From 1, or from -1 backwards; of what stands before the face.
  std::uint32_t index_of(std::string_view word, std::size_t size) {
    const std::optional<double> number = parse_number(word);
    const double count = static_cast<double>(size);
    const double index = number.value_or(0) < 0 ? count + *number : number.value_or(0) - 1;
    if (index >= 0 && index < count && index == std::floor(index)) return static_cast<std::uint32_t>(index);
    fail(fmt::format("`f` speaks of `{}`, there are {} by then", word, size));
    return 0;
  }

  void fail(std::string_view message) {
    if (!problem_) problem_ = broken(fmt::format("{}, line {}: {}", name_, line_, message));
  }

  Mesh assemble() const {
    std::vector<Vector> normals(positions_.size());
    std::vector<std::array<double, 2>> uvs(positions_.size());
    std::vector<bool> has_uv(positions_.size());
    for (std::size_t face = 0, first = 0; face < face_ends_.size(); first = face_ends_[face++]) {
      const Vector of_face = normals_.empty() ? face_normal(first, face_ends_[face]) : Vector{};
      for (std::size_t c = first; c < face_ends_[face]; ++c) {
        const Corner& corner = corners_[c];
        const Vector& normal = corner.normal == Corner::kNone ? of_face : normals_[corner.normal];
        for (std::size_t axis = 0; axis < 3; ++axis) normals[corner.position][axis] += normal[axis];
        if (corner.uv == Corner::kNone || has_uv[corner.position]) continue;
        has_uv[corner.position] = true;
        uvs[corner.position] = {uvs_[corner.uv][0], uvs_[corner.uv][1]};
      }
    }
    Mesh mesh;
    for (std::size_t v = 0; v < positions_.size(); ++v) add_vertex(mesh, positions_[v], normalised(normals[v]), uvs[v]);
    return mesh;
  }

  /// As long as the face is large: of the triangles round its first corner.
  Vector face_normal(std::size_t first, std::size_t end) const {
    Vector sum{};
    const Vector& origin = positions_[corners_[first].position];
    for (std::size_t c = first + 1; c + 1 < end; ++c) {
      Vector a{}, b{};
      for (std::size_t axis = 0; axis < 3; ++axis) {
        a[axis] = positions_[corners_[c].position][axis] - origin[axis];
        b[axis] = positions_[corners_[c + 1].position][axis] - origin[axis];
      }
      const Vector normal = cross(a, b);
      for (std::size_t axis = 0; axis < 3; ++axis) sum[axis] += normal[axis];
    }
    return sum;
  }

  const std::string_view text_;
  const std::string_view name_;
  std::size_t line_ = 0;
  std::optional<AssetProblem> problem_;
  std::vector<Vector> positions_, normals_, uvs_;
  std::vector<Corner> corners_;
  std::vector<std::size_t> face_ends_;  // by face: behind its last corner
};

}  // namespace

std::expected<Mesh, AssetProblem> read_obj(std::string_view text, std::string_view name) {
  return ObjReader(text, name).run();
}

}  // namespace oscilla::assets
