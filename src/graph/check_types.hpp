// The second half of solve_types: every wire is checked once against what its end wants, conversions become Adapter
// nodes.
#pragma once

#include <vector>

#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::graph {

/// What arrives at each input; absent inputs are of payload Unknown.
std::vector<ir::Type> arriving_types(const Graph& graph, const Node& node);

/// `order`: all nodes in components, inputs first.
void check_types(Graph& graph, const std::vector<std::vector<NodeIx>>& order, Findings& findings);

}  // namespace oscilla::graph
