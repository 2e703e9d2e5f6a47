// The difference of two patches, definition by definition. In: two patches in canonical form, and what calls take. Out:
// changes; a definition that went and one that came are one that was renamed if `was:` says so or if they alone have
// the same value.
#pragma once

#include <vector>

#include "oscilla/diff.hpp"
#include "patch/patch.hpp"
#include "patch/signature.hpp"

namespace oscilla::patch {

std::vector<Change> diff(const Patch& before, const Patch& after, const Signatures& signatures);

}  // namespace oscilla::patch
