#include "runtime/transition.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "runtime/migration.hpp"
#include "runtime/schedule.hpp"

namespace oscilla::runtime {
namespace {

using exec::padded_lanes;

/// What a lane has that was not there: nothing to start from, but it fades in.
float missing(ir::Role role) {
  const bool fades = role == ir::Role::Alpha || role == ir::Role::StrokeAlpha;
  return fades ? 0.0f : std::numeric_limits<float>::quiet_NaN();
}

std::uint32_t lanes_of(const ir::Program& program, ir::SinkIx sink) {
  return program.instances[program.sinks[sink.v].instance.v].lanes;
}

RoleGlide& glide_of(ProgramState& next, const RoleMeasure& measure) {
  return next.glides[measure.sink.v].roles[static_cast<std::size_t>(measure.role)];
}

/// Where a sink that is without a role shows one that glides.
void make_room(ProgramState& next, const RoleMeasure& measure, std::uint32_t lanes) {
  SinkState& sink = next.sinks[measure.sink.v];
  const std::size_t padded = padded_lanes(lanes);
  for (SinkBuffer& buffer : sink.buffers) {
    if (measure.role == ir::Role::Rotation && buffer.rotation.size() == 0)
      buffer.rotation = AlignedBuffer<float>(padded);
    if (measure.role == ir::Role::ScaleX && buffer.scale.empty()) buffer.scale.resize(std::size_t{2} * lanes);
  }
  if (measure.role != ir::Role::ScaleX) return;
  if (sink.more.size() == 0) {
    sink.more = AlignedBuffer<float>(padded * 3);
    sink.stride = padded;
  }
  if (!next.program->sinks[measure.sink.v].has_scale) std::fill_n(sink.more.data(), 2 * padded, 1.0f);
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
  make_room(next, measure, lanes);
}

/// The old numbers by new lanes.
const float* map_old(RoleMeasure& measure, const ProgramState& old, const SwapPlan& plan) {
  const float nothing = missing(measure.role);
  if (!measure.from.valid()) {
    std::ranges::fill(measure.mapped.span(), nothing);
    return measure.mapped.data();
  }
  const std::uint32_t live = live_lanes(old, old.program->sinks[measure.from.v].instance);
  std::fill(measure.old.data() + live, measure.old.data() + measure.old.size(), nothing);
  const SinkPlan& sink = plan.sinks[measure.sink.v];
  if (sink.same_lanes) return measure.old.data();
  std::ranges::fill(measure.mapped.span(), nothing);
  for (const LaneRun& run : plan.runs_of(sink))
    std::copy_n(measure.old.data() + run.from, run.count, measure.mapped.data() + run.to);
  return measure.mapped.data();
}

void tap(ProgramState& state, ir::SinkIx sink, ir::Role role, float* to) {
  if (!sink.valid()) return;
  state.glides[sink.v].taps[static_cast<std::size_t>(role)] = to;
  state.glides[sink.v].tapped |= to != nullptr;
}

void tap_old(Transition& transition, ProgramState& old) {
  for (RoleMeasure& measure : transition.roles) {
    tap(old, measure.from, measure.role, measure.old.data());
    const bool written = measure.from.valid() && ir::has_role(old.program->sinks[measure.from.v], measure.role);
    if (!written) std::ranges::fill(measure.old.span(), neutral_of(measure.role));
  }
}

void stop_taps(ProgramState& state) {
  for (SinkGlides& glides : state.glides) {
    glides.taps = {};
    glides.tapped = false;
  }
}

/// Signals as they are, fields through pointers, and by runs where lanes are other ones.
void show_state(const ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  for (std::uint32_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    if (state.fate == Fate::Born || state.fate == Fate::Reset) continue;
    const ir::State& description = next.program->states[s];
    if (!description.instance.valid())
      carry_signal(old, old.program->states[state.from.v], next, description);
    else if (state.fate == Fate::Remapped)
      carry_lanes(old, state.from.v, next, s, plan.runs_of(state));
    else
      next.state_planes[s] = old.state_planes[state.from.v];
    next.versions.state_moved(s);
  }
  carry_queues(old, next, plan);
  carry_voices(old, next, plan);
  carry_live_lanes(old, next, plan);
}

void hide_state(ProgramState& state) {
  for (std::size_t s = 0; s < state.states.size(); ++s) {
    state.state_planes[s] = state.states[s].data();
    state.versions.state_moved(static_cast<std::uint32_t>(s));
  }
}

/// Fields whose lanes have moved to the new program are read there.
void show_state_back(ProgramState& old, const ProgramState& next, const SwapPlan& plan) {
  for (std::uint32_t s = 0; s < plan.states.size(); ++s) {
    const StatePlan& state = plan.states[s];
    if (state.fate != Fate::Kept && state.fate != Fate::Renamed) continue;
    if (!next.program->states[s].instance.valid()) continue;
    old.state_planes[state.from.v] = next.state_planes[s];
    old.versions.state_moved(state.from.v);
  }
}

/// Where the new program's numbers of this rehearsal go, and are made offsets.
float* rehearsed(const Transition& transition, ProgramState& next, RoleMeasure& measure) {
  return transition.rehearsals == 0 ? glide_of(next, measure).slopes.data() : measure.before.data();
}

/// Whether a sink has memory to show a role that glides.
bool has_room(const ProgramState& state, std::size_t sink, ir::Role role) {
  const SinkBuffer& buffer = state.sinks[sink].buffers.front();
  switch (role) {
    case ir::Role::Rotation: return buffer.rotation.size() > 0;
    case ir::Role::ScaleX:
    case ir::Role::ScaleY: return !buffer.scale.empty() && state.sinks[sink].stride > 0;
    default: return ir::has_role(state.program->sinks[sink], role);
  }
}

/// Whether lanes of the one can be drawn as lanes of the other.
bool draw_alike(const ir::Sink& a, const ir::Sink& b) {
  return a.shape == b.shape && a.shapes == b.shapes && a.has_stroke == b.has_stroke;
}

/// What of an old sink's lanes is not in the new program.
void add_deaths(Transition& transition, const SwapPlan& plan, const std::shared_ptr<const ir::Program>& from,
                ir::SinkIx sink, ProgramState& next) {
  const auto heir = std::ranges::find(plan.sinks, sink, &SinkPlan::from);
  if (heir != plan.sinks.end() && heir->same_lanes) return;
  Deaths deaths{sink, next.ghosts.size(), std::vector<std::uint8_t>(lanes_of(*from, sink))};
  if (heir != plan.sinks.end())
    for (const LaneRun& run : plan.runs_of(*heir)) std::fill_n(deaths.kept.begin() + run.from, run.count, 1);
  const auto gone = static_cast<std::uint32_t>(std::ranges::count(deaths.kept, 0));
  if (gone == 0) return;
  next.ghosts.push_back(make_ghost_pass(from, sink, std::min(gone, kMostGhosts)));
  transition.deaths.push_back(std::move(deaths));
}

}  // namespace

Transition make_transition(const SwapPlan& plan, std::shared_ptr<const ir::Program> old, ProgramState& next) {
  Transition transition;
  const ir::Program& from = *old;
  for (std::uint32_t s = 0; s < from.sinks.size(); ++s) add_deaths(transition, plan, old, {s}, next);
  make_room_for_ghosts(next);
  for (std::uint32_t s = 0; s < plan.sinks.size(); ++s)
    for (std::size_t r = 0; r < ir::kRoles; ++r)
      if ((plan.sinks[s].measured >> r & 1u) != 0)
        add_measure(transition, plan.sinks[s], from, next, {s}, static_cast<ir::Role>(r));
  return transition;
}

void rehearse(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
              Channels& next_channels, const SwapPlan& plan, const Clock& clock) {
  next_channels.carry(old_channels, plan.channels);
  next_channels.show(*next.program, next.slots, next.event_lists);
  show_state(old, next, plan);
  for (RoleMeasure& measure : transition.roles)
    tap(next, measure.sink, measure.role, rehearsed(transition, next, measure));
  evaluate_schedule(next, clock);
  stop_taps(next);
  hide_state(next);
  transition.rehearsed_ms[transition.rehearsals] = value_of(clock, ir::TimeValue::Running);
  tap_old(transition, old);
}

void note_rehearsal(Transition& transition, ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  stop_taps(old);
  for (RoleMeasure& measure : transition.roles) {
    float* const offsets = rehearsed(transition, next, measure);
    const float* const from = map_old(measure, old, plan);
    kernels::measure_offsets(gauge_of(measure.role), from, offsets, offsets, lanes_of(*next.program, measure.sink));
  }
  ++transition.rehearsals;
}

void begin_glides(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
                  const SwapPlan& plan, const Clock& old_clock) {
  old_channels.show(*old.program, old.slots, old.event_lists);
  show_state_back(old, next, plan);
  tap_old(transition, old);
  evaluate_schedule(old, old_clock);
  stop_taps(old);
  hide_state(old);
  for (RoleMeasure& measure : transition.roles) {
    RoleGlide& glide = glide_of(next, measure);
    glide.active = true;
    glide.start_ms = value_of(old_clock, ir::TimeValue::Running);
    next.glides[measure.sink.v].now[static_cast<std::size_t>(measure.role)].from = map_old(measure, old, plan);
    // What the rehearsals left there is no slope yet.
    if (transition.rehearsals < 2) std::ranges::fill(glide.slopes.span(), 0.0f);
  }
}

void settle_glides(Transition& transition, ProgramState& next, double running_ms) {
  const double step = running_ms - transition.rehearsed_ms[1];
  const double earlier_step = transition.rehearsed_ms[1] - transition.rehearsed_ms[0];
  const bool has_slopes = transition.rehearsals == 2 && step > 0 && earlier_step > 0;
  for (RoleMeasure& measure : transition.roles) {
    RoleGlide& glide = glide_of(next, measure);
    next.glides[measure.sink.v].now[static_cast<std::size_t>(measure.role)].from = nullptr;
    const std::uint32_t lanes = live_lanes(next, next.program->sinks[measure.sink.v].instance);
    const bool preserved =
        next.program->sinks[measure.sink.v].glides[static_cast<std::size_t>(*ir::glide_port(measure.role))].policy ==
        ir::GlidePolicy::Preserve;
    if (has_slopes && !preserved) {
      kernels::find_slopes(gauge_of(measure.role),
                           {glide.offsets.data(), measure.before.data(), glide.slopes.data(), step, earlier_step},
                           lanes);
    }
    std::fill(glide.slopes.data() + (has_slopes && !preserved ? lanes : 0), glide.slopes.data() + glide.slopes.size(),
              0.0f);
    std::fill(glide.offsets.data() + lanes, glide.offsets.data() + glide.offsets.size(), 0.0f);
    const kernels::OffsetExtent extent = kernels::extent_of(glide.offsets.data(), glide.slopes.data(), lanes);
    glide.active = extent.any;
    measure.greatest = extent.greatest;
  }
}

void carry_ghosts(const Transition& transition, ProgramState& old, ProgramState& next, const RenderFrame& last,
                  double running_ms) {
  for (const Deaths& deaths : transition.deaths) {
    GhostPass& ghosts = next.ghosts[deaths.ghosts];
    add_ghosts(ghosts, old.sinks[deaths.from.v].pass, running_ms,
               [&](std::uint32_t lane) { return deaths.kept[lane] == 0; });
    keep_shapes(ghosts, last, old.sinks[deaths.from.v].pass.style);
  }
  std::size_t room = next.ghosts.size() - kOldGhostPasses;
  for (GhostPass& ghosts : old.ghosts) {
    if (ghosts.count == 0 || room == next.ghosts.size()) continue;
    if (!ghosts.owns_shapes) keep_shapes(ghosts, last, old.sinks[ghosts.sink.v].pass.style);
    std::swap(ghosts, next.ghosts[room++]);
  }
}

void carry_glides(ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  for (std::size_t s = 0; s < plan.sinks.size(); ++s) {
    const SinkPlan& sink = plan.sinks[s];
    if (!sink.from.valid() || !sink.same_lanes) continue;
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      const auto port = ir::glide_port(static_cast<ir::Role>(r));
      const bool measured = (sink.measured >> r & 1u) != 0;
      if (measured || !port || !has_room(next, s, static_cast<ir::Role>(r))) continue;
      RoleGlide& from = old.glides[sink.from.v].roles[r];
      if (from.active) std::swap(from, next.glides[s].roles[r]);
    }
    // So that lanes of a pool which come or go in the very tick of the switch are seen to.
    if (draw_alike(old.program->sinks[sink.from.v], next.program->sinks[s]))
      next.sinks[s].pass = old.sinks[sink.from.v].pass;
    const bool alpha = (sink.measured >> static_cast<std::size_t>(ir::Role::Alpha) & 1u) != 0;
    LaneFade& fade = old.glides[sink.from.v].fade;
    if (!alpha && fade.active && next.glides[s].fade.levels.size() == fade.levels.size())
      std::swap(fade, next.glides[s].fade);
  }
}

}  // namespace oscilla::runtime
