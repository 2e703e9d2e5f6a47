// What tools do with a patch again and again: read a changed text in its place, and compile it as far as it goes.
#pragma once

#include <string>
#include <vector>

#include "compile/compile.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::live {

/// As compile_patch() does, with the graph as far as it came whether there are errors or not. It points into `patch`.
compile::Compilation compilation_of(const Patch& patch);

/// Those of `after` that `before` has not. Places do not count: lines move.
std::vector<Diagnostic> introduced(std::vector<Diagnostic> before, const std::vector<Diagnostic>& after);

}  // namespace oscilla::live
