// What calls take, for rooms that know no catalogue: ports and words of Kinds and functions. Defines of a patch are the
// patch's own business.
#pragma once

#include "patch/signature.hpp"

namespace oscilla::live {

patch::Signature signature(std::string_view callee, std::size_t arguments);

}  // namespace oscilla::live
