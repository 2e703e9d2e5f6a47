// Offsets that carry a number from an old course to a new one, lane by lane. In: planes. Out: planes. Plain loops of
// additions and products, the same bits on every machine; nothing is allocated.
#pragma once

#include <cstdint>

namespace oscilla::kernels {

/// What an offset is added to.
enum class Gauge : std::uint8_t {
  Add,   ///< any number
  Unit,  ///< a part of a colour: the sum stays in [0, 1]
  Turn,  ///< an angle in radians: the offset goes the shorter way round
};

/// An offset's share in this tick: offset * level + slope * rise.
struct GlideWeights {
  float level = 0;
  float rise = 0;
};

/// offsets[i] = what base[i] lacks to be from[i]; 0 where from[i] is not a number, or the difference is not finite.
/// `offsets` may be one of the others.
void measure_offsets(Gauge gauge, const float* from, const float* base, float* offsets, std::uint32_t lanes);

/// out[i] = base[i] with its offset; base[i] to the bit where that is 0. `out` may be `base`.
void add_offsets(Gauge gauge, const float* base, const float* offsets, const float* slopes, GlideWeights weights,
                 float* out, std::uint32_t lanes);

/// What add_offsets comes to where offsets begin: from[i] to the bit, base[i] where that is not a number.
void begin_offsets(const float* from, const float* base, float* out, std::uint32_t lanes);

/// How an offset was found in three ticks, and the times between them.
struct OffsetHistory {
  const float* now;
  const float* before;
  float* earlier;  ///< takes the slopes
  double step;
  double earlier_step;
};

/// The slopes, per millisecond, of lanes whose offsets went smoothly; 0 for those that jumped.
void find_slopes(Gauge gauge, const OffsetHistory& history, std::uint32_t lanes);

struct OffsetExtent {
  bool any = false;    ///< some lane has an offset or a slope
  float greatest = 0;  ///< magnitude of an offset
};
OffsetExtent extent_of(const float* offsets, const float* slopes, std::uint32_t lanes);

}  // namespace oscilla::kernels
