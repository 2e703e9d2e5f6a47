// Feedback: before, wires may form loops; after, every loop passes through a node with `is_cut`, whose readers see the
// state before this tick, and what is left is acyclic. A UnitDelay is always a cut. While a loop remains, the stateful
// block of it that comes first by identity is cut (I_CYCLE_CUT); a loop without one is an error that shows the shortest
// way round.
#pragma once

#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::graph {

void cut_cycles(Graph& graph, Findings& findings);

}  // namespace oscilla::graph
