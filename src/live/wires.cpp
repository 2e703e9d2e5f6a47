// Who writes and who reads, from the normalised graph. Inline expressions and adapters are looked through: a wire leads
// from one definition's value to where another one reads it.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "graph/graph.hpp"
#include "graph/print.hpp"
#include "ir/types.hpp"
#include "live/workbench.hpp"
#include "oscilla/inspect.hpp"
#include "patch/target.hpp"

namespace oscilla {
namespace {

using graph::Graph;
using graph::Node;
using graph::NodeIx;
using graph::NodeKind;
using graph::Source;

/// Conversions, and what a state begins with, are part of a wire.
bool is_in_a_wire(const Node& node) { return node.kind == NodeKind::Adapter || node.kind == NodeKind::Birth; }

/// A wire's beginning, with the adapters behind it in the order of the flow.
struct Origin {
  Source source;
  std::vector<std::string> adapters;
};

Origin through_adapters(const Graph& graph, Source source) {
  Origin origin{source, {}};
  while (is_in_a_wire(graph[origin.source.node])) {
    const Node& adapter = graph[origin.source.node];
    if (adapter.kind == NodeKind::Adapter) origin.adapters.emplace(origin.adapters.begin(), graph::kind_name(adapter));
    origin.source = adapter.inputs[0].source;
  }
  return origin;
}

/// Where input `i` of a node stands: its port, or its place where an operand has none.
std::string reader_place(const Node& node, std::size_t i) {
  const bool has_ports = node.row != nullptr && node.row->category != blocks::Category::Function;
  return has_ports ? fmt::format("{}.{}", node.place, node.port_of(i).name) : std::string(node.place);
}

class Wires {
 public:
  explicit Wires(const Graph& graph) : graph_(graph) {}

  PortWires inputs_of(NodeIx node, std::size_t port) const {
    const graph::Input& input = graph_[node].inputs[port];
    PortWires wires{reader_place(graph_[node], port), {}, input.given, {}};
    if (!input.source.valid()) return wires;
    wires.type = ir::describe(graph_.type_of(input.source));
    std::set<Source> seen;
    producers(input.source, {}, graph_[node].definition, wires, seen);
    return wires;
  }

  /// Readers of an output; of all outputs if `output` is negative.
  std::vector<Wire> consumers(NodeIx node, int output) const {
    std::vector<Wire> wires;
    for (const Node& reader : graph_.nodes) {
      if (is_in_a_wire(reader)) continue;
      for (std::size_t i = 0; i < reader.inputs.size(); ++i) {
        if (!reader.inputs[i].source.valid()) continue;
        Origin origin = through_adapters(graph_, reader.inputs[i].source);
        if (origin.source.node != node || (output >= 0 && origin.source.output != output)) continue;
        Wire wire{graph::source_text(graph_, origin.source), reader_place(reader, i), std::move(origin.adapters)};
        const bool told = std::any_of(wires.begin(), wires.end(),
                                      [&](const Wire& w) { return w.from == wire.from && w.to == wire.to; });
        if (!told) wires.push_back(std::move(wire));
      }
    }
    return wires;
  }

 private:
  /// Follows what a definition computes by itself back to the values of others, and to numbers that stand alone.
  void producers(Source source, std::vector<std::string> adapters, std::uint32_t definition, PortWires& wires,
                 std::set<Source>& seen) const {
    const bool direct = seen.empty();
    Origin origin = through_adapters(graph_, source);
    adapters.insert(adapters.begin(), origin.adapters.begin(), origin.adapters.end());
    if (!seen.insert(origin.source).second) return;
    const Node& node = graph_[origin.source.node];
    const bool is_block = node.row != nullptr && node.row->category != blocks::Category::Function;
    const bool ends = node.definition != definition || is_block || node.inputs.empty();
    if (!ends) {
      for (const graph::Input& input : node.inputs)
        if (input.source.valid()) producers(input.source, adapters, definition, wires, seen);
    } else if (node.kind != NodeKind::Constant || direct) {
      wires.producers.push_back({graph::source_text(graph_, origin.source), wires.port, std::move(adapters)});
    }
  }

  const Graph& graph_;
};

/// The block or value that stands at a place, by its own name.
std::optional<Source> value_at(const Graph& graph, std::string_view place) {
  const graph::Places places = graph::places_of(graph);
  const auto found = places.find(place);
  if (found != places.end()) return found->second;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)  // a sink has no value
    if (graph.nodes[i].place == place && graph.nodes[i].row != nullptr) return Source{{i}, 0};
  return std::nullopt;
}

/// The row nodes of Kinds at a place.
std::vector<NodeIx> blocks_at(const Graph& graph, std::string_view place) {
  std::vector<NodeIx> found;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    if (node.place == place && node.row != nullptr && node.row->category != blocks::Category::Function)
      found.push_back({i});
  }
  return found;
}

std::unexpected<Diagnostic> no_place(const Graph& graph, std::string_view place) {
  const graph::Places places = graph::places_of(graph);
  std::vector<std::string_view> known;
  for (const auto& [name, source] : places) known.push_back(name);
  const std::string near = did_you_mean(place, known);
  return patch::refuse(
      Code::E_EDIT_TARGET, {}, fmt::format("nothing stands at `{}`", place),
      near.empty() ? "a place is a definition (draw), a port (draw.size) or an output (dots.t)" : near);
}

}  // namespace

std::expected<BlockWires, Diagnostic> wires_at(const Patch& patch, std::string_view place) {
  const compile::Compilation compilation = live::compilation_of(patch);
  const Graph& graph = compilation.graph;
  const Wires wires(graph);
  BlockWires result;
  const std::size_t dot = place.rfind('.');
  if (dot != std::string_view::npos) {
    const std::string_view last = place.substr(dot + 1);
    for (const NodeIx block : blocks_at(graph, place.substr(0, dot))) {
      for (std::size_t i = 0; i < graph[block].inputs.size(); ++i)
        if (graph[block].port_of(i).name == last) result.inputs.push_back(wires.inputs_of(block, i));
      if (!result.inputs.empty()) return result;
    }
    if (const auto value = value_at(graph, place.substr(0, dot))) {
      const Node& node = graph[value->node];
      for (std::size_t i = 0; node.row != nullptr && i < node.row->outputs.size(); ++i) {
        if (node.row->outputs[i].name != last) continue;
        result.consumers = wires.consumers(value->node, static_cast<int>(i));
        return result;
      }
    }
  }
  const auto value = value_at(graph, place);
  if (!value) return no_place(graph, place);
  for (const NodeIx block : blocks_at(graph, place)) {
    for (std::size_t i = 0; i < graph[block].inputs.size(); ++i)
      if (graph[block].inputs[i].source.valid()) result.inputs.push_back(wires.inputs_of(block, i));
  }
  result.consumers = wires.consumers(value->node, -1);
  return result;
}

}  // namespace oscilla
