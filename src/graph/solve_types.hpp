// Types: before, only constants have one; after, every output has its payload, unit and cardinality, instances are
// known, and every conversion is an Adapter node. Types are the least solution over payload (unknown < int < float <
// vectors), unit (plain < the others) and cardinality (zero < one < many): inputs first, loops repeated until nothing
// changes. What does not fit is reported with its place; consequences of a mistake are not.
#pragma once

#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::graph {

void solve_types(Graph& graph, Findings& findings);

}  // namespace oscilla::graph
