// Graph to expressions: before, typed nodes; after, hash-consed expressions (folded as they are made), states with
// their next values, sinks, shapes and instances. Only what a sink or probe needs is lowered. Blocks are lowered inputs
// first; one that cuts a loop gives its readers the state before this tick.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
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

/// A component of a node's output, as an expression.
struct Origin {
  ir::ExprId expr;
  graph::Source source;
  std::uint8_t component = 0;
  auto operator<=>(const Origin&) const = default;
};

struct Lowered {
  explicit Lowered(ir::Folder folder) : draft(folder) {}
  blocks::Draft draft;
  std::vector<ProbeDraft> probes;
  std::vector<ir::PortBinding> ports;
  std::vector<Origin> origins;  ///< ascending; none unless they are asked for
};

/// Whether it is kept which nodes an expression is the value of.
enum class Origins : std::uint8_t { Forget, Keep };

/// `probe_names` are the names of graph.probes. `graph` has no error in what is needed.
Lowered lower(const graph::Graph& graph, const std::vector<std::string>& probe_names, graph::Findings& findings,
              Origins origins = Origins::Forget);

}  // namespace oscilla::compile
