// Edits of a patch, made on its text. In: a patch, edits, and what calls take. Out: the patch after all of them, or why
// they cannot be made; never something in between. Statements that no edit speaks of keep every byte; the others are
// laid out anew, with their comments.
#pragma once

#include <expected>
#include <span>
#include <vector>

#include "oscilla/edit.hpp"
#include "patch/patch.hpp"
#include "patch/signature.hpp"

namespace oscilla::lang {

std::expected<patch::Patch, std::vector<Diagnostic>> apply_edits(const patch::Patch& patch, std::span<const Edit> edits,
                                                                 const patch::Signatures& signatures);

}  // namespace oscilla::lang
