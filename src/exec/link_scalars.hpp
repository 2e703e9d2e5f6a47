// Makes the scalar part of a Program executable: kernels and slot numbers. In: a valid Program. Out: code for
// exec/scalar.hpp, in the program's order.
#pragma once

#include <vector>

#include "exec/scalar.hpp"
#include "ir/program.hpp"

namespace oscilla::exec {

std::vector<ScalarCode> link_scalars(const ir::Program& program);

/// One entry per component of every signal's state.
std::vector<CommitCode> link_commits(const ir::Program& program);

}  // namespace oscilla::exec
