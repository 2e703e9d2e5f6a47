// What an edit has left alone. In: two patches. Out: the parts of passes whose whole making, definition by definition,
// is the same text in both, so that the new program must go on with the very bits of the old one. Knows nothing of
// graphs, programs and plans: it is what those are checked against.
#pragma once

#include <string>
#include <vector>

#include "patch/patch.hpp"

namespace oscilla::live {

/// A part of a lane in the frame.
enum class PassPart : std::uint8_t { Position, Size, Colour, Rotation };

struct UntouchedPart {
  std::string sink;  ///< the definition that draws
  PassPart part = PassPart::Position;
};

std::vector<UntouchedPart> untouched_parts(const patch::Patch& before, const patch::Patch& after);

}  // namespace oscilla::live
