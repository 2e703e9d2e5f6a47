// Graph to expressions: before, typed nodes; after, hash-consed expressions (folded as they are made), states with
// their next values, sinks, shapes and instances. Only what a sink or probe needs is lowered. Blocks are lowered inputs
// first; one that cuts a loop gives its readers the state before this tick.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "blocks/lowering.hpp"
#include "graph/findings.hpp"
#include "graph/graph.hpp"

namespace oscilla::compile {

using blocks::StateDraft;

struct ProbeDraft {
  ir::Probe probe;
  std::array<ir::ExprId, 4> values;
  ir::ExprId list = {};  ///< of an event that is a signal
};

struct Lowered {
  explicit Lowered(ir::Folder folder) : draft(folder) {}
  blocks::Draft draft;
  std::vector<ProbeDraft> probes;
  std::vector<ir::PortBinding> ports;
};

/// `probe_names` are the names of graph.probes. `graph` has no error in what is needed.
Lowered lower(const graph::Graph& graph, const std::vector<std::string>& probe_names, graph::Findings& findings);

}  // namespace oscilla::compile
