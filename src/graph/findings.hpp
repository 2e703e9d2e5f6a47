// What the graph passes find, each finding with the node that it is about. An error in a node that no sink needs is a
// warning: in -> findings and the graph, out -> diagnostics. Passes report everything and go on.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "graph/graph.hpp"
#include "patch/patch.hpp"

namespace oscilla::graph {

struct Finding {
  NodeIx node;  ///< invalid: about no node in particular
  Code code{};
  Span span;
  std::string message;
  std::string hint;
  std::uint32_t definition = kNoDefinition;  ///< where there is no node; none: about the patch as a whole
};

class Findings {
 public:
  void report(NodeIx node, Code code, Span span, std::string message, std::string hint = {}) {
    list_.push_back({node, code, span, std::move(message), std::move(hint), kNoDefinition});
  }
  /// About something in a definition.
  void report_in(std::uint32_t definition, NodeIx node, Code code, Span span, std::string message,
                 std::string hint = {}) {
    list_.push_back({node, code, span, std::move(message), std::move(hint), definition});
  }
  const std::vector<Finding>& list() const { return list_; }

 private:
  std::vector<Finding> list_;
};

/// Which nodes some sink needs, by node.
std::vector<bool> needed_nodes(const Graph& graph);

/// The diagnostics of a patch: what reading it found and what the passes found. Errors about what no sink needs become
/// W_BLOCK_UNREACHABLE_ERROR, unless nothing draws at all.
Diagnostics diagnose(const patch::Patch& patch, const Graph& graph, const Findings& findings);

}  // namespace oscilla::graph
