// The files that blocks of a patch name: meshes and drawings. In: a patch as it was read, with what it uses, and its
// reader of such files. Out: Patch::assets holds what is in every file that a block of it, or of a file that it uses,
// names.
#pragma once

#include "patch/patch.hpp"

namespace oscilla::live {

/// What `before` (null: nothing) has read is not read again.
void read_assets(patch::Patch& patch, const patch::Patch* before);

}  // namespace oscilla::live
