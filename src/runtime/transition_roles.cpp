// How the roles of a sink's lanes are measured.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "runtime/transition_parts.hpp"

namespace oscilla::runtime {
namespace {

using exec::padded_lanes;

bool fades(ir::Role role) { return role == ir::Role::Alpha || role == ir::Role::StrokeAlpha; }

/// What a lane has that was not there: nothing to start from, but it fades in.
float missing(ir::Role role) { return fades(role) ? 0.0f : std::numeric_limits<float>::quiet_NaN(); }

RoleGlide& glide_of(ProgramState& next, const RoleMeasure& measure) {
  return next.glides[measure.sink.v].roles[static_cast<std::size_t>(measure.role)];
}

const ir::GlideSetting& setting_of(const ProgramState& next, const RoleMeasure& measure) {
  const ir::Sink& sink = next.program->sinks[measure.sink.v];
  return sink.glides[static_cast<std::size_t>(*ir::glide_port(measure.role))];
}

/// That of an angle is the angle itself.
ir::GlideGauge gauge_setting(const ProgramState& next, const RoleMeasure& measure) {
  return measure.role == ir::Role::Rotation ? ir::GlideGauge::Add : setting_of(next, measure).gauge;
}

PositionMatch* match_of(Transition& transition, ir::SinkIx sink) {
  const auto found = std::ranges::find(transition.matches, sink, &PositionMatch::sink);
  return found == transition.matches.end() ? nullptr : &*found;
}

/// How many lanes of the old sink there is something to go on from: those that live. One that comes in this very tick
/// begins its fade here, unless the new program sees to it (note_entering() in schedule.cpp).
std::uint32_t lanes_to_go_on_from(const RoleMeasure& measure, const ProgramState& old, const ProgramState& next) {
  const std::uint32_t live = live_lanes(old, old.program->sinks[measure.from.v].instance);
  const Pass& drawn = old.sinks[measure.from.v].pass;
  const bool seen_to = !next.sinks[measure.sink.v].pass.name.empty();
  return !fades(measure.role) || drawn.name.empty() || seen_to ? live : std::min(live, drawn.instances.count);
}

/// The old numbers by new lanes.
const float* map_old(Transition& transition, RoleMeasure& measure, const ProgramState& old, const ProgramState& next,
                     const SwapPlan& plan) {
  const float nothing = missing(measure.role);
  if (!measure.from.valid()) {
    std::ranges::fill(measure.mapped.span(), nothing);
    return measure.mapped.data();
  }
  std::fill(measure.old.data() + lanes_to_go_on_from(measure, old, next), measure.old.data() + measure.old.size(),
            nothing);
  const SinkPlan& sink = plan.sinks[measure.sink.v];
  if (sink.same_lanes) return measure.old.data();
  std::ranges::fill(measure.mapped.span(), nothing);
  for (const LaneRun& run : plan.runs_of(sink))
    std::copy_n(measure.old.data() + run.from, run.count, measure.mapped.data() + run.to);
  if (const PositionMatch* match = match_of(transition, measure.sink))
    for (std::size_t lane = 0; lane < match->old_of.size(); ++lane)
      if (match->old_of[lane] != PositionMatch::kNone)
        measure.mapped.data()[lane] = measure.old.data()[match->old_of[lane]];
  return measure.mapped.data();
}

/// The largest difference between what was and what would be.
float greatest_jump(const RoleGlide& glide, const float* from, std::uint32_t lanes) {
  float greatest = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const float base = (from[lane] - glide.offsets.data()[lane]) / (1 + glide.factors.data()[lane]);
    const float jump = from[lane] > base ? from[lane] - base : base - from[lane];
    if (jump > greatest && jump - jump == 0) greatest = jump;
  }
  return greatest;
}

}  // namespace

std::uint32_t lanes_of(const ir::Program& program, ir::SinkIx sink) {
  return program.instances[program.sinks[sink.v].instance.v].lanes;
}

float* rehearsed(const Transition& transition, ProgramState& next, RoleMeasure& measure) {
  RoleGlide& glide = glide_of(next, measure);
  if (transition.rehearsals > 0) return measure.before.data();
  return (gauge_setting(next, measure) == ir::GlideGauge::Mul ? glide.factor_slopes : glide.slopes).data();
}

void make_room(ProgramState& next, ir::SinkIx ix, ir::Role role) {
  const std::uint32_t lanes = lanes_of(*next.program, ix);
  SinkState& sink = next.sinks[ix.v];
  const std::size_t padded = padded_lanes(lanes);
  for (SinkBuffer& buffer : sink.buffers) {
    if (role == ir::Role::Rotation && buffer.rotation.size() == 0) buffer.rotation = AlignedBuffer<float>(padded);
    if (role == ir::Role::ScaleX && buffer.scale.empty()) buffer.scale.resize(std::size_t{2} * lanes);
  }
  if (role != ir::Role::ScaleX) return;
  if (sink.more.size() == 0) {
    sink.more = AlignedBuffer<float>(padded * 3);
    sink.stride = padded;
  }
  if (!next.program->sinks[ix.v].has_scale) std::fill_n(sink.more.data(), 2 * padded, 1.0f);
}

void add_measure(Transition& transition, const SinkPlan& plan, const ir::Program& from, ProgramState& next,
                 ir::SinkIx sink, ir::Role role) {
  RoleMeasure& measure = transition.roles.emplace_back();
  measure.sink = sink;
  measure.role = role;
  measure.from = plan.from;
  const std::uint32_t lanes = lanes_of(*next.program, sink), padded = padded_lanes(lanes);
  if (plan.from.valid()) {
    measure.old = AlignedBuffer<float>(padded_lanes(lanes_of(from, plan.from)));
    std::ranges::fill(measure.old.span(), neutral_of(role));
  }
  if (!plan.same_lanes) measure.mapped = AlignedBuffer<float>(padded);
  measure.before = AlignedBuffer<float>(padded);
  std::ranges::fill(measure.before.span(), neutral_of(role));
  RoleGlide& glide = glide_of(next, measure);
  glide.offsets = AlignedBuffer<float>(padded);
  glide.slopes = AlignedBuffer<float>(padded);
  std::ranges::fill(glide.slopes.span(), neutral_of(role));
  if (gauge_setting(next, measure) != ir::GlideGauge::Add) {
    glide.factors = AlignedBuffer<float>(padded);
    glide.factor_slopes = AlignedBuffer<float>(padded);
  }
  make_room(next, sink, role);
}

void find_match(Transition& transition, PositionMatch& match, const ProgramState& old, ProgramState& next) {
  std::array<RoleMeasure*, 2> axes{};
  for (RoleMeasure& measure : transition.roles)
    if (measure.sink == match.sink && measure.role <= ir::Role::Y)
      axes[static_cast<std::size_t>(measure.role)] = &measure;
  if (axes[0] == nullptr || axes[1] == nullptr) return;
  const ir::SinkIx from = axes[0]->from;
  const auto now = [&](RoleMeasure& axis) { return rehearsed(transition, next, axis); };
  match_positions(match,
                  {axes[0]->old.data(), axes[1]->old.data(), live_lanes(old, old.program->sinks[from.v].instance)},
                  {now(*axes[0]), now(*axes[1]), live_lanes(next, next.program->sinks[match.sink.v].instance)});
  for (Deaths& deaths : transition.deaths) {
    if (deaths.from != from) continue;
    for (const std::uint32_t lane : match.old_of)
      if (lane != PositionMatch::kNone) deaths.kept[lane] = 1;
  }
}

void note_role(Transition& transition, RoleMeasure& measure, const ProgramState& old, ProgramState& next,
               const SwapPlan& plan) {
  float* const now = rehearsed(transition, next, measure);
  const float* const from = map_old(transition, measure, old, next, plan);
  const std::uint32_t lanes = lanes_of(*next.program, measure.sink);
  RoleGlide& glide = glide_of(next, measure);
  switch (gauge_setting(next, measure)) {
    case ir::GlideGauge::Add: kernels::measure_offsets(gauge_of(measure.role), from, now, now, lanes); break;
    case ir::GlideGauge::Mul: kernels::measure_factors(from, now, now, nullptr, lanes); break;
    case ir::GlideGauge::Affine:
      if (transition.rehearsals == 0) std::fill_n(glide.factors.data(), lanes, kernels::fit_range(from, now, lanes));
      kernels::measure_beyond(glide.factors.data(), from, now, now, lanes);
      break;
  }
}

void begin_role(Transition& transition, RoleMeasure& measure, const ProgramState& old, ProgramState& next,
                const SwapPlan& plan, double running_ms) {
  RoleGlide& glide = glide_of(next, measure);
  glide.active = true;
  glide.start_ms = running_ms;
  exec::RoleGlide& now = next.glides[measure.sink.v].now[static_cast<std::size_t>(measure.role)];
  now.from = map_old(transition, measure, old, next, plan);
  now.measures_factors = gauge_setting(next, measure) == ir::GlideGauge::Mul;
  // What the rehearsals left there is no slope yet.
  if (transition.rehearsals < 2)
    for (AlignedBuffer<float>* slopes : {&glide.slopes, &glide.factor_slopes}) std::ranges::fill(slopes->span(), 0.0f);
}

void settle_role(RoleMeasure& measure, ProgramState& next, const Steps& steps) {
  RoleGlide& glide = glide_of(next, measure);
  exec::RoleGlide& now = next.glides[measure.sink.v].now[static_cast<std::size_t>(measure.role)];
  const float* const from = std::exchange(now.from, nullptr);
  const std::uint32_t lanes = live_lanes(next, next.program->sinks[measure.sink.v].instance);
  const bool goes_on = steps.known && setting_of(next, measure).policy != ir::GlidePolicy::Preserve;
  const bool by_factor = now.measures_factors;
  AlignedBuffer<float>& slopes = by_factor ? glide.factor_slopes : glide.slopes;
  if (goes_on) {
    const AlignedBuffer<float>& carried = by_factor ? glide.factors : glide.offsets;
    const kernels::Gauge gauge = by_factor ? kernels::Gauge::Add : gauge_of(measure.role);
    measure.abrupt = kernels::find_slopes(
        gauge, {carried.data(), measure.before.data(), slopes.data(), steps.last, steps.earlier}, lanes);
  }
  for (AlignedBuffer<float>* list : {&slopes, &glide.offsets, &glide.factors})
    if (list->size() > 0) {
      const bool whole = list == &slopes && !goes_on;
      std::fill(list->data() + (whole ? 0 : lanes), list->data() + list->size(), 0.0f);
    }
  if (by_factor) {
    std::ranges::fill(glide.slopes.span(), 0.0f);
    for (std::uint32_t lane = 0; lane < lanes; ++lane)  // where an offset carries it, after all
      if (glide.offsets.data()[lane] != 0) slopes.data()[lane] = 0;
  }
  const kernels::OffsetExtent extent = kernels::extent_of(glide.offsets.data(), slopes.data(), lanes);
  glide.active = extent.any;
  measure.greatest = extent.greatest;
  if (glide.factors.size() == 0) return;
  glide.active |= kernels::extent_of(glide.factors.data(), slopes.data(), lanes).any;
  measure.greatest = greatest_jump(glide, from, lanes);
}

}  // namespace oscilla::runtime
