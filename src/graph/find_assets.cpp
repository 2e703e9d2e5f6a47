#include "graph/find_assets.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "patch/patch.hpp"

namespace oscilla::graph {
namespace {

/// The port of a node that names a file; ~0 if it has none.
std::size_t file_port_of(const Node& node) {
  for (std::size_t port = 0; node.row != nullptr && port < node.row->ports.size(); ++port)
    if (node.row->ports[port].file != blocks::FileKind::None) return port;
  return ~std::size_t{0};
}

/// The name of the text that a node stands in: paths lead from there.
std::string_view user_of(const Graph& graph, const Node& node) {
  const bool inside = node.definition != kNoDefinition;
  return graph.files[inside ? graph.definitions[node.definition].file : 0]->file_name;
}

}  // namespace

void find_assets(Graph& graph, Findings& findings) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    const std::size_t port = file_port_of(node);
    const std::string_view path = port < node.words.size() ? node.words[port] : std::string_view();
    if (path.empty()) continue;
    const Span span = node.inputs[port].span;
    const AssetFile* file = graph.files[0]->find_asset(path, user_of(graph, node));
    if (file == nullptr) {
      findings.report({i}, Code::E_ASSET, span, fmt::format("nobody read \"{}\"", path),
                      "give whoever loads the patch a reader of such files");
    } else if (!file->read()) {
      findings.report({i}, Code::E_ASSET, span, file->problem.message, file->problem.hint);
    } else if (node.row->ports[port].file == blocks::FileKind::Mesh && file->mesh == nullptr) {
      findings.report({i}, Code::E_ASSET, span, fmt::format("{} is a drawing and no mesh", path),
                      "a mesh file ends in .obj, .gltf or .glb; `SvgFile` takes drawings");
    } else if (node.row->ports[port].file == blocks::FileKind::Drawing && file->drawing == nullptr) {
      findings.report({i}, Code::E_ASSET, span, fmt::format("{} is a mesh and no drawing", path),
                      "a drawing is a file that ends in .svg; `Mesh` takes meshes");
    } else {
      graph.assets.resize(i + std::size_t{1});
      graph.assets[i] = file;
    }
  }
}

}  // namespace oscilla::graph
