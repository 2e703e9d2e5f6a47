// Proves that a program can run as it is: every index in range, values before their uses, every store complete, every
// slot with one writer at most, every instruction in exactly one step. In: any Program, however broken. Out: sentences,
// none if it is valid. What the executor takes for granted is checked here and nowhere else.
#pragma once

#include <string>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::ir {

std::vector<std::string> validate(const Program& program);

/// How many planes a field program may need at most when it is linked: its values, and two for each uniform, each state
/// that it reads and each state that it stores. kMostPlanes is the limit.
std::size_t planes_needed(const FieldProgram& program);

}  // namespace oscilla::ir
