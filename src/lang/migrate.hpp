// Older versions of the language to the newest, one version at a time: a table of what each step renames. In: a text.
// Out: the text in the newest version, its lines and comments where they were; a text that is not older stays as it is.
//
// Version 0 is what patches were written in before the first release: the grammar of version 1 with the names of blocks
// that the catalogue no longer has (docs/language.md, section 9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace oscilla::lang {

/// The version that `text` was in, if it was older than the newest; then `text` is in the newest.
std::optional<std::uint32_t> migrate(std::string& text);

}  // namespace oscilla::lang
