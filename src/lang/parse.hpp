// Text to Patch (docs/language.md). Reads every input, whatever it is: what cannot be read is reported in
// Patch::diagnostics with its place, and reading goes on as section 6 says. Never throws, never recurses deeper than
// the limits of the language allow.
#pragma once

#include <string>

#include "patch/patch.hpp"

namespace oscilla::lang {

patch::Patch parse(std::string text, std::string file_name = "patch.oscilla");

}  // namespace oscilla::lang
