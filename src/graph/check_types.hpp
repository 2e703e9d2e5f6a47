// The second half of solve_types: every wire is checked once against what its end wants, conversions become Adapter
// nodes.
#pragma once

#include <vector>

#include "graph/components.hpp"
#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::graph {

/// What arrives at each input; absent inputs are of payload Unknown.
void arriving_types(const Graph& graph, const Node& node, std::vector<ir::Type>& types);

/// `order`: all nodes in components, inputs first.
void check_types(Graph& graph, const Components& order, Findings& findings);

}  // namespace oscilla::graph
