// What ties a snapshot to a patch.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "oscilla/program.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::live {

/// Equal iff the texts of the patch and all files that it reads, and the seed, are the same.
Hash128 hash_of(const Program& program);

/// By sink: roles that it can show though its program is without them, a bit each, as PreparedSwap::rooms.
std::vector<std::uint32_t> rooms_of(const runtime::ProgramState& state);

}  // namespace oscilla::live
