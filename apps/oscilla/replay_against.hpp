// A recording on two instruction sets at once, every frame compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "oscilla/exit_code.hpp"
#include "oscilla/replay.hpp"
#include "oscilla/trace.hpp"

namespace oscilla::cli {

/// Plays it with `options`, and with them but `isa`. What differs first is said: of the frame down to the lane, of all
/// that was computed for it the step and the slot.
ExitCode replay_against(const Recording& recording, const ReplayOptions& options, const std::string& isa,
                        std::optional<std::int64_t> to, bool quiet);

}  // namespace oscilla::cli
