// An expression on one line, as its canonical form would be if nothing broke it; comments and `was:` left out. In: a
// node of a patch in canonical form. Out: text that is equal for two expressions iff they say the same.
#pragma once

#include <map>
#include <string>

#include "patch/patch.hpp"

namespace oscilla::patch {

/// Names that are read as others, so that what only follows a rename is no change.
using NameMap = std::map<std::string, std::string, std::less<>>;

std::string expression_text(const Patch& patch, NodeIx value, const NameMap& names = {});

}  // namespace oscilla::patch
