// A patch as JSON for tools, and back: what the text says, comments and line breaks included, as a tree. In: a patch.
// Out: JSON whose text is the canonical text of the patch, byte for byte; statements that cannot be read are in it as
// they stand. (JSON is UTF-8: bytes that are not become U+FFFD.) docs/language.md, section 8, is the form's
// description.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "patch/patch.hpp"

namespace oscilla::lang {

/// Indented by two spaces, with a final line end.
std::string to_json(const patch::Patch& patch);

/// The canonical text of a patch in JSON. The error is a sentence that says where in the JSON something is wrong.
std::expected<std::string, std::string> text_of_json(std::string_view json);

}  // namespace oscilla::lang
