// What a Program handle holds: the patch, the graph that was made of it, and the program.
#pragma once

#include <memory>

#include "graph/graph.hpp"
#include "ir/program.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {

struct CompiledPatch {
  std::shared_ptr<const patch::Patch> patch;  ///< the graph's words point into it
  graph::Graph graph;
  std::shared_ptr<const ir::Program> program;
};

}  // namespace oscilla::live
