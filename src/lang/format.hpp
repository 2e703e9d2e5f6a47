// Patch to canonical text (docs/language.md, section 6). Works on syntax alone: order, brackets, comments and unknown
// Kinds stay; a statement that could not be read stays byte for byte. format(parse(format(p))) == format(p).
#pragma once

#include <string>

#include "patch/patch.hpp"

namespace oscilla::lang {

std::string format(const patch::Patch& patch);

}  // namespace oscilla::lang
