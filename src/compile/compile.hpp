// Patch to Program: the passes in their order. Pure; collects every diagnostic and goes on as far as it can.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "compile/explain.hpp"
#include "compile/storage.hpp"
#include "graph/graph.hpp"
#include "ir/program.hpp"
#include "patch/patch.hpp"

namespace oscilla::compile {

struct Options {
  std::optional<std::uint32_t> seed;
  std::vector<std::string> probes;
  bool optional_probes = false;  ///< those that are not there are left out
  bool explain = false;          ///< what the probes are made of is kept readable too
  Storage storage;
  const patch::Patch* library = nullptr;  ///< whose composites are Kinds too
};

struct Compilation {
  graph::Graph graph;                  ///< as far as it came; for dumps. Its words point into the patch
  std::optional<ir::Program> program;  ///< nothing if there are errors
  Diagnostics diagnostics;
  Attribution attribution;  ///< nothing unless Options::explain
};

Compilation compile(const patch::Patch& patch, const Options& options);

}  // namespace oscilla::compile
