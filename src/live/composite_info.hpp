// Pages of the composites in the program's library. In: its text, where comments say what things are. Out: rows of the
// catalogue.
#pragma once

#include <vector>

#include "oscilla/catalogue.hpp"

namespace oscilla::live {

std::vector<BlockInfo> composite_infos();

}  // namespace oscilla::live
