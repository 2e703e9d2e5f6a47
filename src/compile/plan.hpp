// Expressions to Program: before, one hash-consed table with its roots (sinks, states, probes); after, scalar
// instructions in slots, field programs with their stores, and the steps of a tick, stage by stage. Only what a root
// needs, directly or through a state that is read, is planned. Order is that of the expression table, so equal patches
// give equal programs.
#pragma once

#include "compile/lower.hpp"
#include "compile/storage.hpp"
#include "graph/graph.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

ir::Program plan(Lowered lowered, const ir::Canvas& canvas, const Storage& storage);

}  // namespace oscilla::compile
