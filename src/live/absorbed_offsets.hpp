// What continuity adds to a value that is explained: where it is drawn, and as what.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/why.hpp"

namespace oscilla::live {

/// Of the roots of an explanation, after a tick.
std::vector<AbsorbedOffset> absorbed_offsets(const Session& session, const Explanation& explanation,
                                             std::uint32_t lane);

}  // namespace oscilla::live
