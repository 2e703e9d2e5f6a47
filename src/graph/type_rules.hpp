// How types go through one node, as pure functions: the op table's and the catalogue's rules applied to what arrives. A
// result of payload Unknown means "not known yet" while a loop is being solved, and a mistake afterwards.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "blocks/catalogue.hpp"
#include "graph/graph.hpp"
#include "ir/types.hpp"

namespace oscilla::graph {

/// What one node makes of what arrives.
struct NodeTypes {
  ir::Payload payload = ir::Payload::Unknown;  ///< the joined payload of its T inputs or operands
  ir::Unit unit = ir::Unit::Plain;             ///< their joined unit
  ir::Cardinality cardinality = ir::Cardinality::Zero;
  ir::InstanceIx instance;
  ir::InstanceIx other_instance;  ///< valid iff fields of two instances meet
  bool payloads_differ = false;
  bool units_differ = false;
};

/// int < float < vectors; nothing if they cannot meet. Unknown meets everything.
std::optional<ir::Payload> join(ir::Payload a, ir::Payload b);

/// Plain gives way to any unit; of two angles the left one stays; nothing if they cannot meet.
std::optional<ir::Unit> join(ir::Unit left, ir::Unit right);

/// Joins what arrives at a node. `arriving` is by input; absent inputs are Unknown. Fields over a Repeat (`parents`: of
/// Graph) and fields over what it repeats meet over the lanes of the Repeat. What a state begins with says its type
/// where nothing else does, and only if the patch says it.
NodeTypes join_inputs(const Node& node, std::span<const ir::Type> arriving, std::span<const ir::InstanceIx> parents);

/// The types of a node's outputs, given what it joined and what arrives.
void output_types(const Node& node, const NodeTypes& joined, std::span<const ir::Type> arriving,
                  std::span<ir::Type> outputs);

/// The unit of a * b or a / b; nothing if they may not be multiplied or divided.
std::optional<ir::Unit> product_unit(ir::Unit a, ir::Unit b);
std::optional<ir::Unit> product_unit(std::span<const ir::Type> factors);
std::optional<ir::Unit> quotient_unit(ir::Unit a, ir::Unit b);

/// True if input `i` of an op has the type of the operation as a whole (false: a select's condition, mix's t).
bool is_operand(kernels::Op op, std::size_t i);

/// True if an input of a row does not say what the row's T is, but takes what the others are: a setting, and what a
/// state begins with.
bool takes_the_others_type(const Node& node, std::size_t input);

/// True if input `port` of a row takes part in its T.
bool is_generic(blocks::PortType type);

}  // namespace oscilla::graph
