// Lowering of the nodes that are no catalogue rows: ops, constants, swizzles, combines, adapters.
#pragma once

#include <span>

#include "blocks/lowering.hpp"
#include "graph/graph.hpp"

namespace oscilla::compile {

/// The value of such a node; its type is already in node.outputs[0].
blocks::Value lower_simple(blocks::Draft& draft, const graph::Node& node, std::span<const blocks::Value> inputs);

}  // namespace oscilla::compile
