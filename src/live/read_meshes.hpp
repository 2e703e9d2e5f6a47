// The mesh files that a patch names. In: a patch as it was read, with what it uses, and its reader of meshes. Out:
// Patch::meshes holds what is in every file that a block of it, or of a file that it uses, names.
#pragma once

#include "patch/patch.hpp"

namespace oscilla::live {

/// What `before` (null: nothing) has read is not read again.
void read_meshes(patch::Patch& patch, const patch::Patch* before);

}  // namespace oscilla::live
