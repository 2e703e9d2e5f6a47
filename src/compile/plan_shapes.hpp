// The figures of a program: those that sinks draw, in painter's order, so that no frame depends on anything else.
// Before: drafts in the order of the text; after: entries with their measures' slots, the points of paths in memory,
// and one topology for all paths that are joined alike.
#pragma once

#include "compile/lower.hpp"
#include "compile/slots.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// Drops the shapes that no sink draws and numbers the others anew.
void keep_used_shapes(Lowered& lowered);

/// Adds the entries and their topologies. The points of paths are found by place_points().
void plan_shapes(const Lowered& lowered, const Slots& slots, ir::Program& program);

}  // namespace oscilla::compile
