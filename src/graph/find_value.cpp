#include <algorithm>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "graph/normalise.hpp"
#include "graph/places.hpp"
#include "graph/swizzle.hpp"
#include "graph/type_rules.hpp"

namespace oscilla::graph {
namespace {

/// No name of a value is deeper than an expression may be nested.
constexpr std::ptrdiff_t kMaximumDots = 64;

/// `name` of the value at `source`: an output, components, or "out" for the value itself.
std::optional<Source> member_value(Graph& graph, Source source, std::string_view name) {
  const Node& node = graph[source.node];
  const NodeIx maker = node.kind == NodeKind::Birth ? node.inputs[0].source.node : source.node;
  if (const blocks::Row* row = graph[maker].row; row != nullptr && source.output == 0)
    for (std::uint16_t i = 0; i < row->outputs.size(); ++i)
      if (row->outputs[i].name == name) return i == 0 ? source : Source{maker, i};
  if (name == "out") return source;
  Node components;
  const ir::Type type = graph.type_of(source);
  if (!read_swizzle(name, components) || !ir::is_vector(type.payload)) return std::nullopt;
  for (std::size_t i = 0; i < components.component_count; ++i)
    if (components.components[i] >= ir::planes_of(type.payload)) return std::nullopt;
  components.place = components.name = components.identity = graph.names.keep({node.place, ".", name});
  components.inputs = {{source, node.span, true}};
  components.outputs[0] = type;
  components.outputs[0].payload = payload_of_components(components.component_count);
  components.instance = type.instance;
  graph.nodes.push_back(std::move(components));
  return Source{{static_cast<std::uint32_t>(graph.nodes.size() - 1)}, 0};
}

}  // namespace

Places places_of(const Graph& graph) {
  Places places;
  each_place(graph, [&](std::string_view place, std::string_view port, Source source) {
    places.emplace(port.empty() ? std::string(place) : fmt::format("{}.{}", place, port), source);
  });
  return places;
}

std::optional<Source> find_value(Graph& graph, const Places& places, std::string_view path, std::string& nearest) {
  if (std::count(path.begin(), path.end(), '.') > kMaximumDots) return std::nullopt;
  if (const auto found = places.find(path); found != places.end() && !graph[found->second.node].outputs.empty())
    return found->second;
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) {
    std::string ignored;
    if (const std::optional<Source> whole = find_value(graph, places, path.substr(0, dot), ignored))
      if (const std::optional<Source> member = member_value(graph, *whole, path.substr(dot + 1))) return member;
  }
  std::vector<std::string> names;
  for (const auto& [place, source] : places) {
    if (!graph[source.node].outputs.empty()) names.push_back(place);
    if (const Node& node = graph[source.node]; node.row != nullptr && source.output == 0)
      for (const blocks::Output& output : node.row->outputs) names.push_back(fmt::format("{}.{}", place, output.name));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  nearest = std::string(nearest_name(path, candidates));
  return std::nullopt;
}

}  // namespace oscilla::graph
