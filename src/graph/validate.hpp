// What every pass after the graph relies on. In: a graph without errors in what is needed. Out: each broken rule as a
// sentence; empty if it is sound.
#pragma once

#include <string>
#include <vector>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// The axes keep their laws: constants are of cardinality zero, only floats have units, what is computed per element
/// has the lanes of what it is computed from. Names are unique; every input has a source that exists, or its port does
/// without; every needed output has a type, whose instance exists iff it is a field; no loop is left that is not cut.
std::vector<std::string> validate(const Graph& graph);

}  // namespace oscilla::graph
