// Meshes: the vertices of a file as the lanes of an instance.
#include <algorithm>
#include <array>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;

enum MeshPort : std::size_t { kFile, kElement, kSize, kFit };

constexpr std::string_view kFits[] = {"middle", "keep"};
enum Fit : std::size_t { kMiddle, kKeep };

constexpr Port kMeshPorts[] = {
    {.name = "file",
     .type = PortType::Text,
     .fallback = kRequired,
     .doc = "an OBJ, glTF or GLB file, beside the patch or below it",
     .file = FileKind::Mesh},
    {"element", PortType::AnyT, kAbsent, kElementDoc, Lanes::Signal},
    {"size", PortType::Float, number(0.8), "of `fit: middle`, how long the longest side is", Lanes::Signal},
    {"fit", PortType::Int, number(0),
     "middle: moved to (0.5, 0.5, 0) and made as large as `size` says; keep: the numbers of the file", Lanes::Setting,
     0, 1, kFits},
};

constexpr Output kMeshOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a vertex"},
    {"index", PortType::Int, "the vertex's number, from 0, as in the file"},
    {"t", PortType::Float, "0 at the first vertex, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / how many vertices there are"},
    {"active", PortType::Bool, "whether the lane is in use"},
    {"position", PortType::Vec3, "where it is"},
    {"normal", PortType::Vec3, "the direction away from the surface, of length 1; 0 where nothing says it"},
    {"uv", PortType::Vec2, "its place on the texture; 0 where nothing says it"},
};

ExprId stream(Lowering& lower, MeshStream which) {
  const auto& content = lower.file->mesh->content;
  const StableId id = lower.draft.instances[lower.instance.v].instance.id;
  return lower.build.asset(which, {content[0], content[1]}, lower.instance, id);
}

/// The middle of a stream's range, and its length.
struct Range {
  double middle = 0;
  double length = 0;
};

Range range_of(const std::vector<float>& numbers) {
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  return {(double{*least} + double{*most}) / 2, double{*most} - double{*least}};
}

void lower_position(Lowering& lower) {
  constexpr std::array kAxes{MeshStream::X, MeshStream::Y, MeshStream::Z};
  std::array<Range, 3> ranges;
  double longest = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    ranges[axis] = range_of((*lower.file->mesh)[kAxes[axis]]);
    longest = std::max(longest, ranges[axis].length);
  }
  const ExprId scale = lower.multiply(lower.in(kSize), lower.number(longest > 0 ? 1 / longest : 0));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    ExprId& place = lower.outputs[5].planes[axis];
    place = stream(lower, kAxes[axis]);
    if (lower.word(kFit) == kKeep) continue;
    place = lower.multiply(lower.subtract(place, lower.number(ranges[axis].middle)), scale);
    place = lower.add(place, lower.number(axis == 2 ? 0 : 0.5));
  }
}

void lower_mesh(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  draft.instance.lanes = lower.file->mesh->vertices;
  draft.mesh = lower.file->mesh;
  lower_elements(lower, element_of(lower, kElement));
  lower_position(lower);
  lower.out(
      6, {stream(lower, MeshStream::NormalX), stream(lower, MeshStream::NormalY), stream(lower, MeshStream::NormalZ)});
  lower.out(7, {stream(lower, MeshStream::U), stream(lower, MeshStream::V)});
}

constexpr Row kRows[] = {
    {"Mesh", Category::Instance, Form::Instance,
     "Makes one for each vertex of a mesh file. An element is known by its vertex's number.", kMeshPorts, kMeshOutputs,
     lower_mesh},
};

}  // namespace

std::span<const Row> mesh_rows() { return kRows; }

}  // namespace oscilla::blocks
