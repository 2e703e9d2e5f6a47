// What it costs to compute a field's value in every lane, in additions; a load from memory counts as some of them. A
// rough measure, taken on one machine: it decides what is stored and what is computed again, and never shows.
#pragma once

#include <vector>

#include "ir/expr.hpp"

namespace oscilla::compile {

/// One lane read from memory that is in no cache near to it.
inline constexpr float kLoadCost = 6;

/// By expression: everything below it that is computed in the same program. What is in memory anyway counts as a load.
std::vector<float> costs_of(const ir::ExprTable& exprs);

}  // namespace oscilla::compile
