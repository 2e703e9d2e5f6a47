// A diagnostic as an object of JSON (`oscilla check --help` says which).
#pragma once

#include <string_view>

#include "oscilla/diagnostic.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::cli {

std::string_view word(Severity severity);
Json diagnostic_json(const Diagnostic& diagnostic, const Patch& patch);

}  // namespace oscilla::cli
