// Numbers on their way from an old course to a new one, by sink and role. In: offsets that a swap has measured, model
// time. Out: what the executor adds in this tick. An offset d with slope v is (d + (v + w d) s) e^(-w s), s since the
// swap, w = 1 / the role's time: value and slope go on where they were, and after 12 of these times it is 0 to the
// bit. At rest nothing is added and nothing runs. Nothing is allocated here.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/archive.hpp"
#include "base/buffer.hpp"
#include "exec/run_fields.hpp"
#include "ir/program.hpp"

namespace oscilla::runtime {

/// Offsets end after so many times of theirs.
inline constexpr double kGlideTimes = 12;

struct RoleGlide {
  AlignedBuffer<float> offsets;  ///< by lane; empty until a swap needs them
  AlignedBuffer<float> slopes;
  AlignedBuffer<float> factors;  ///< likewise, less 1; empty where nothing but offsets carries the role
  AlignedBuffer<float> factor_slopes;
  double start_ms = 0;  ///< in time that runs without jumps
  bool active = false;
};

/// Lanes that a pool has taken in, by the moment: they fade in.
struct LaneFade {
  struct Group {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    double start_ms = 0;
  };
  AlignedBuffer<float> levels;  ///< by lane, what opacity is multiplied by; empty where lanes never come
  std::vector<Group> groups;    ///< never more than there is room for
  bool active = false;
};

struct SinkGlides {
  std::array<RoleGlide, ir::kRoles> roles;
  exec::SinkGlide now{};  ///< of this tick
  LaneFade fade;
  exec::SinkTap taps{};     ///< who wants to see the roles
  bool tapped = false;      ///< somebody does
  bool active = false;      ///< a role glides in this tick
  bool was_active = false;  ///< one did in the last tick: the lanes are drawn once more without
  bool runs() const { return tapped || active || was_active; }
};

/// What a sink has where its program has no such role.
float neutral_of(ir::Role role);
kernels::Gauge gauge_of(ir::Role role);

/// What is left of an offset after `age` ms; false when it is over.
bool glide_weights(const ir::GlideSetting& setting, double age, kernels::GlideWeights& weights);

/// How much is left of something that goes, `age` ms after it began to; false when nothing is.
bool fade_weights(const ir::GlideSetting& setting, double age, kernels::GlideWeights& weights);

LaneFade make_lane_fade(std::uint32_t lanes);
/// A pool that had `before` lanes has `lanes` in this tick.
void enter_lanes(LaneFade& fade, std::uint32_t before, std::uint32_t lanes, double running_ms);

/// Of a sink with so many lanes: what glides and fades. The weights, and whether there are any, follow from the moment.
void visit(Archive& archive, SinkGlides& glides, std::uint32_t lanes);

/// The weights of this moment. A tick, other than an evaluation, also ends what is over.
void weigh_glides(const ir::Program& program, std::vector<SinkGlides>& glides, double running_ms, exec::Mode mode);

}  // namespace oscilla::runtime
