// The JSON Schema (draft 2020-12) of a patch in JSON. In: the catalogue. Out: the schema, with what every Kind and
// function takes.
#pragma once

#include <vector>

#include "oscilla/catalogue.hpp"
#include "oscilla/json.hpp"

namespace oscilla::cli {

Json patch_schema(const std::vector<BlockInfo>& blocks);

}  // namespace oscilla::cli
