// How numbers of the picture get from an old course to a new one when an edit changes what they are made of.
#pragma once

#include <cstddef>
#include <cstdint>

namespace oscilla::ir {

/// How a number that an edit changes gets from its old course to its new one. All but None add an offset to the new
/// value, at first old minus new.
enum class GlidePolicy : std::uint8_t {
  Slew,       // the offset goes to 0, without a corner at either end
  None,       // it jumps
  Preserve,   // the offset stays
  Crossfade,  // the offset fades over the time given
  Project,    // as Slew; of a position: lanes that are other elements go on from the nearest old ones
};

/// What an offset is to the new value.
enum class GlideGauge : std::uint8_t {
  Add,     // new + d
  Mul,     // new * (1 + d), so that what is 0 stays 0; Add where the new value is next to 0
  Affine,  // new * a + d: a fits the range of all new values to that of the old ones, d is what a lane lacks then
};

struct GlideSetting {
  GlidePolicy policy = GlidePolicy::Slew;
  double time_ms = 120;
  GlideGauge gauge = GlideGauge::Add;
  bool operator==(const GlideSetting&) const = default;
};

/// Ports of a sink whose numbers glide.
enum class GlidePort : std::uint8_t { Position, Color, Size, Opacity, Rotation, Z, Scale };
inline constexpr std::size_t kGlidePorts = 7;

}  // namespace oscilla::ir
