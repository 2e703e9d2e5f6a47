// What a Program handle holds: the patch, the graph that was made of it, the program, and what it was compiled with, so
// that an edit of the patch is compiled alike.
#pragma once

#include <memory>

#include "compile/explain.hpp"
#include "graph/graph.hpp"
#include "ir/program.hpp"
#include "oscilla/program.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {

struct CompiledPatch {
  std::shared_ptr<const patch::Patch> patch;  ///< the graph's words point into it
  graph::Graph graph;
  std::shared_ptr<const ir::Program> program;
  CompileOptions options;
  compile::Attribution attribution;  ///< of options.explain
};

}  // namespace oscilla::live
