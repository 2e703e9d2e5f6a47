// The files that a patch uses, for reading an edited version of it without its files.
#pragma once

#include "oscilla/patch.hpp"

namespace oscilla::live {

/// Reads what `patch` has read before; nothing else is there.
ReadSource used_files(const Patch& patch);

}  // namespace oscilla::live
