// Which values of a program a trace asks for: by the names of blocks, ports, outputs and pictures of sinks.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "graph/graph.hpp"
#include "ir/program.hpp"
#include "live/compiled_patch.hpp"
#include "oscilla/trace.hpp"

namespace oscilla::live {

/// Whether a name is that of a place, or of something below it.
bool is_under(std::string_view name, std::string_view place);

class TracedPlaces {
 public:
  /// All three outlive it.
  TracedPlaces(const CompiledPatch& compiled, const graph::Places& places, const TraceOptions& options);

  bool wants(TraceKind kind) const;
  /// `owner`: the port that its expression belongs to; ~0u: none.
  bool wants(const TraceRow& row, std::uint32_t owner) const;
  /// What the value at a port is called where it is asked for by name; else empty.
  std::string_view name_of(std::uint32_t port) const;

 private:
  const ir::Program& program_;
  const TraceOptions& options_;
  /// By port the output that is named and whose value it is ("dots.t"), which may have no port of its name; else empty.
  std::vector<std::string_view> outputs_;
};

}  // namespace oscilla::live
