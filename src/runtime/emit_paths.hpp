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

/// What of a path was not finite, and is 0: a signal, or lanes of a plane.
struct PathFaults {
  bool signal = false;
  ir::PlaneIx plane;  ///< invalid: none
};

/// `points` are all points of the frame.
PathFaults emit_path(const ProgramState& state, const ir::ShapeEntry& entry, std::span<float> points);

}  // namespace oscilla::runtime
