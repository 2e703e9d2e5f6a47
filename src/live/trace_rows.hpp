// Rows of a trace by what they are of: an expression, a block's memory, a number of a sink's lanes; with block, port,
// operation, instance and place in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.hpp"
#include "live/compiled_patch.hpp"
#include "oscilla/trace.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::live {

class TraceRows {
 public:
  /// All three outlive it.
  TraceRows(const CompiledPatch& compiled, const graph::Places& places, const runtime::ProgramState& state)
      : compiled_(compiled),
        program_(*compiled.program),
        places_(places),
        owners_(state.faults.ports),
        blocks_(state.faults.blocks) {}

  /// Of an expression, which may be invalid; called as its port is.
  TraceRow of(TraceKind kind, ir::ExprId id) const;
  /// Of a block's own memory or work. Its port is the first that has it in its name.
  TraceRow of_block(TraceKind kind, std::string_view name, ir::InstanceIx instance) const;
  /// Of what a sink draws.
  TraceRow of_role(TraceKind kind, const ir::Sink& sink, ir::Role role) const;
  /// It belongs to that port.
  void name_port(TraceRow& row, std::uint32_t port) const;

  /// "pos.radius", "pos.x"; what is only a part of it: "pos.radius: sin".
  std::string name_of(ir::ExprId id) const;
  /// "", ".x", ".r", ".fired".
  static std::string component(const ir::Type& type, std::size_t components, std::size_t c);
  /// The port that an expression belongs to; ~0u: none.
  std::uint32_t owner_of(std::uint32_t expression) const { return expression == ~0u ? ~0u : owners_[expression]; }
  /// The expression that reads a component of a state; ~0u: none.
  std::uint32_t read_of(std::uint32_t state, std::uint8_t component) const;

 private:
  const CompiledPatch& compiled_;
  const ir::Program& program_;
  const graph::Places& places_;
  const std::vector<std::uint32_t>& owners_;  // by expression
  const std::vector<std::string_view>& blocks_;
};

}  // namespace oscilla::live
