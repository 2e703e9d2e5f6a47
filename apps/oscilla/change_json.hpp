// A change between two patches as an object of JSON (`oscilla diff --help` says which).
#pragma once

#include "oscilla/diff.hpp"
#include "oscilla/json.hpp"

namespace oscilla::cli {

Json change_json(const Change& change);

}  // namespace oscilla::cli
