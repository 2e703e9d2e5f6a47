// Whether a picture goes on at an edit. In: what two programs show of the same tick, the one without the edit, the
// other in its first. Out: the first number that jumps though it glides: by more than rounding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ir/program.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::live {

/// Relative to numbers above 1.
inline constexpr double kGlideBound = 1e-5;

/// `checks` grows by the numbers that were compared.
std::optional<std::string> jump_beyond_bound(const RenderFrame& old, const RenderFrame& now, const ir::Program& before,
                                             const ir::Program& after, std::uint64_t& checks);

/// The pass of a sink itself: neither of its trail nor of what is left of it.
const Pass* find_pass(const RenderFrame& frame, std::string_view sink);

}  // namespace oscilla::live
