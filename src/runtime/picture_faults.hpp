// What of a tick's picture had to be mended. In: a program after its frame was made. Out: records in its error log.
// Nothing is allocated here.
#pragma once

#include <cstdint>

namespace oscilla::runtime {

struct ProgramState;

/// Points that are not finite, numbers beyond their limits, and lanes that should fade and have no room.
void check_picture(ProgramState& state, std::uint32_t step, std::int64_t tick);

}  // namespace oscilla::runtime
