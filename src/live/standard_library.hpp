// Composites that come with the program, written in the language itself: Kinds of every patch, after those of the
// catalogue.
#pragma once

#include "patch/patch.hpp"

namespace oscilla::live {

const patch::Patch& standard_library();

}  // namespace oscilla::live
