// The places of a graph with their values, one after the other: what a compiler looks at once needs no table of them.
#pragma once

#include <string_view>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// Calls visit(place, port, source): for definitions, inputs and rails, which have no port, then for the ports of
/// blocks. Of what comes twice the first counts.
template <class Visit>
void each_place(const Graph& graph, Visit visit) {
  for (const auto& [name, source] : graph.named) visit(name, std::string_view(), source);
  for (const Node& node : graph.nodes) {
    if (node.row == nullptr || node.row->category == blocks::Category::Function) continue;
    for (std::size_t port = 0; port < node.inputs.size(); ++port)
      if (node.inputs[port].source.valid()) visit(node.place, node.port_of(port).name, node.inputs[port].source);
  }
}

}  // namespace oscilla::graph
