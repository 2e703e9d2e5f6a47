// The points of a figure, as the verbs of its topology want them. In: corners in memory or slots. Out: floats of the
// frame.
#pragma once

#include <span>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// A signal that goes straight into the frame: what is not finite is 0.
inline float narrowed(double value) {
  const auto narrow = static_cast<float>(value);
  return narrow - narrow == 0 ? narrow : 0;
}

/// `points` are all points of the frame.
void emit_path(const ProgramState& state, const ir::ShapeEntry& entry, std::span<float> points);

}  // namespace oscilla::runtime
