// A block program as text: the very instructions that run, with their registers. Stable and made to be diffed.
#pragma once

#include <string>

#include "exec/block_program.hpp"

namespace oscilla::exec {

std::string print(const BlockProgram& block, const ir::Program& program);

}  // namespace oscilla::exec
