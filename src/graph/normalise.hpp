// Patch to graph: before, a syntax tree; after, nodes with full names and every input with a source. Names are
// resolved, positional arguments find their ports, defaults become nodes, lenses become calls, composites become what
// stands in them. Types are not looked at.
//
// Full names come from the text alone (docs/language.md, section 4): the place, the Kind, and ~2, ~3 for further ones
// of that Kind at that place in text order. Nothing is numbered across the patch.
#pragma once

#include <optional>

#include "graph/findings.hpp"
#include "graph/graph.hpp"
#include "patch/patch.hpp"

namespace oscilla::graph {

/// `seed` beats the patch's own; the composites of `library` are Kinds too, after those of the catalogue. The graph's
/// words point into both, which must outlive it.
Graph normalise(const patch::Patch& patch, std::optional<std::uint32_t> seed, Findings& findings,
                const patch::Patch* library = nullptr);

/// The value at `path`: a definition ("pos"), an output ("dots.t"), the value at a port ("pos.radius"), components
/// ("pos.x"), or "pos.out" for the value of any definition. Components make a Swizzle node. Nothing if the path names
/// nothing; then `nearest` is what might have been meant.
/// `places` are those of the graph.
std::optional<Source> find_value(Graph& graph, const Places& places, std::string_view path, std::string& nearest);

}  // namespace oscilla::graph
