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

/// What carries a number: an offset, and where it is there a factor less 1; both with their slopes.
struct Carried {
  const float* offsets = nullptr;
  const float* slopes = nullptr;
  const float* factors = nullptr;  ///< null: 0 everywhere
  const float* factor_slopes = nullptr;
};

/// An offset's share in this tick: offset * level + slope * rise.
struct GlideWeights {
  float level = 0;
  float rise = 0;
};

/// offsets[i] = what base[i] lacks to be from[i]; 0 where from[i] is not a number, or the difference is not finite.
/// `offsets` may be one of the others.
void measure_offsets(Gauge gauge, const float* from, const float* base, float* offsets, std::uint32_t lanes);

/// The same as factors: factors[i] = from[i] / base[i] - 1, and offsets[i] = 0; where base[i] is next to 0, or the two
/// have different signs, the offset is there and the factor 0. `offsets` may be null.
void measure_factors(const float* from, const float* base, float* factors, float* offsets, std::uint32_t lanes);

/// The same where factors are there already: offsets[i] = what base[i] * (1 + factors[i]) lacks to be from[i]; where
/// from[i] is not a number both are 0.
void measure_beyond(float* factors, const float* from, const float* base, float* offsets, std::uint32_t lanes);

/// The factor less 1 that makes the range of `base` as wide as that of `from`, over lanes where both are numbers; 0
/// where there is none.
float fit_range(const float* from, const float* base, std::uint32_t lanes);

/// out[i] = base[i] as it is carried; base[i] to the bit where nothing does. `out` may be `base`.
void carry(Gauge gauge, const float* base, const Carried& carried, GlideWeights weights, float* out,
           std::uint32_t lanes);

/// What carry() comes to where offsets begin: from[i] to the bit, base[i] where that is not a number.
void begin_offsets(const float* from, const float* base, float* out, std::uint32_t lanes);

/// How an offset was found in three ticks, and the times between them.
struct OffsetHistory {
  const float* now;
  const float* before;
  float* earlier;  ///< takes the slopes
  double step;
  double earlier_step;
};

/// The slopes, per millisecond, of lanes whose offsets went smoothly; 0 for those that jumped. Returns how many did.
std::uint32_t find_slopes(Gauge gauge, const OffsetHistory& history, std::uint32_t lanes);

struct OffsetExtent {
  bool any = false;    ///< some lane has an offset or a slope
  float greatest = 0;  ///< magnitude of an offset
};
OffsetExtent extent_of(const float* offsets, const float* slopes, std::uint32_t lanes);

}  // namespace oscilla::kernels
