// Adapters: the conversions between units, one row each. solve_types puts them into wires as nodes, so that every dump
// shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "blocks/catalogue.hpp"
#include "ir/types.hpp"

namespace oscilla::graph {

/// What is done after scaling.
enum class Finish : std::uint8_t { None, Wrap, Clamp, OfParent };

/// value * factor, then the finish. `factor` 1 multiplies nothing. OfParent keeps the unit and has a second input, the
/// lane of the parent: the value there.
struct AdapterRow {
  std::string_view name;
  ir::Unit from;
  ir::Unit to;
  double factor = 1;
  Finish finish = Finish::None;
};

std::span<const AdapterRow> adapter_rows();

/// The adapter that gives every lane of a Repeat the value of its parent's lane.
std::uint8_t of_parent_adapter();

/// The adapter between two units of an operation, whose results are not wrapped: angles into each other, plain into any
/// unit but a time, a turn into a plain number. Nothing if there is none; the units must differ.
std::optional<std::uint8_t> operand_adapter(ir::Unit from, ir::Unit to);

/// The adapter at a port: as above, but a phase port wraps, a norm port clamps, and plain never becomes a time.
/// `needed` is false where the value fits as it is.
struct PortAdapter {
  bool possible = true;
  std::optional<std::uint8_t> row;
};
PortAdapter port_adapter(ir::Unit from, blocks::PortType port);

}  // namespace oscilla::graph
