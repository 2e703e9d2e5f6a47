// Whose value an expression is: the places of the patch, as its graph knows them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compile/explain.hpp"
#include "graph/graph.hpp"
#include "oscilla/why.hpp"

namespace oscilla::live {

/// What an expression is in the lane that is explained.
using ValueOfExpression = std::function<double(ir::ExprId)>;

/// All places whose value the expression is, in the order of the graph. Nodes that only hand a value on are none.
std::vector<CausePlace> places_of_cause(const graph::Graph& graph, const compile::Attribution& attribution,
                                        ir::ExprId expr, const ValueOfExpression& value);

/// The sinks that a value gets to, by name.
std::vector<std::string> sinks_of(const graph::Graph& graph, graph::Source source);

}  // namespace oscilla::live
