// Fields that somebody wants to see while their program runs, though it was compiled without: the field programs that
// compute them are linked anew with one more store each. No frame is another one.
#pragma once

#include <cstdint>
#include <span>

#include "ir/program.hpp"

namespace oscilla::runtime {

struct ProgramState;

/// A field in a tap behind those of the probes.
struct TappedField {
  ir::ExprId expr;
  std::uint32_t field = 0;  ///< the field program that computes it
};

/// Between ticks: taps these fields and no others (ProgramState::tapped), as far as they are computed in a tick.
/// Allocates, unless there were none and are none.
void tap_fields(ProgramState& state, std::span<const ir::ExprId> wanted);

}  // namespace oscilla::runtime
