// Which blocks of an order are the first of some loop: those are the ones that are cut, if of every loop that remains
// the first is cut, one after the other. In: a graph whose loops all pass such a block. Out: the first ones, in order.
#pragma once

#include <vector>

#include "graph/graph.hpp"

namespace oscilla::graph {

std::vector<NodeIx> first_on_some_loop(const Graph& graph, const std::vector<NodeIx>& order);

}  // namespace oscilla::graph
