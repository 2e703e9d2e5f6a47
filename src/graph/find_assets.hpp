// The files that blocks name, found among those that were read with the patch; a file that is not what the block takes
// is reported where it is named.
#pragma once

#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::graph {

void find_assets(Graph& graph, Findings& findings);

}  // namespace oscilla::graph
