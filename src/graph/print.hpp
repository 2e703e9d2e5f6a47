// The normalised graph as text made to be read and compared: one node a line, by place.
#pragma once

#include <string>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// `name = Kind(port: source, ...)`, with defaults in brackets.
std::string print_graph(const Graph& graph);
/// `name.output : type`, with the instance's name.
std::string print_types(const Graph& graph);
/// A value as the patch names it: "dots.t"; of a number its text.
std::string source_text(const Graph& graph, Source source);

}  // namespace oscilla::graph
