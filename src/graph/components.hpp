// Strongly connected components of a graph's wires, inputs first.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// Whether wires out of nodes with `is_cut` count: types go through a cut, this tick's values do not.
enum class Cuts : std::uint8_t { Respect, Ignore };

/// Whether a field's reader counts as reading the block that makes the field's instance: it does where it matters how
/// many elements there are, even behind a cut. Types must be solved for that.
enum class Domains : std::uint8_t { Ignore, Respect };

/// Every node once, in components; a component comes after all that it reads. Within a component nodes are ascending.
std::vector<std::vector<NodeIx>> components(const Graph& graph, Cuts cuts = Cuts::Respect,
                                            Domains domains = Domains::Ignore);

/// True if the component is a loop: several nodes, or one that reads itself.
bool is_loop(const Graph& graph, const std::vector<NodeIx>& component, Cuts cuts = Cuts::Respect);

}  // namespace oscilla::graph
