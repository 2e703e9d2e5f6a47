#include <algorithm>
#include <utility>

#include "runtime/transition_parts.hpp"

namespace oscilla::runtime {
namespace {

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
  Deaths deaths{sink, next.ghosts.size(),
                std::vector<std::uint8_t>(from->instances[from->sinks[sink.v].instance.v].lanes)};
  if (heir != plan.sinks.end())
    for (const LaneRun& run : plan.runs_of(*heir)) std::fill_n(deaths.kept.begin() + run.from, run.count, 1);
  const auto gone = static_cast<std::uint32_t>(std::ranges::count(deaths.kept, 0));
  if (gone == 0) return;
  next.ghosts.push_back(make_ghost_pass(from, sink, std::min(gone, kMostGhosts)));
  transition.deaths.push_back(std::move(deaths));
}

/// How much of a sink is seen of the sheet that it is on, where there is no such sheet any more.
float level_of_sheet(const ProgramState& old, const ir::Program& next, std::int32_t number) {
  const auto is = [&](const ir::LayerOf<ir::SlotIx>& layer) { return layer.layer == number; };
  const auto found = std::ranges::find_if(old.program->layers, is);
  if (found == old.program->layers.end() || std::ranges::any_of(next.layers, is)) return 1;
  const std::size_t section = old.numbers.row.layer(static_cast<std::size_t>(found - old.program->layers.begin()));
  return static_cast<float>(old.numbers.now[old.numbers.row.sections[section].first]);
}

}  // namespace

void add_ghost_room(Transition& transition, const SwapPlan& plan, const std::shared_ptr<const ir::Program>& from,
                    ProgramState& next) {
  for (std::uint32_t s = 0; s < from->sinks.size(); ++s) add_deaths(transition, plan, from, {s}, next);
  if (plan.background_fades) {
    transition.background_ghosts = next.ghosts.size();
    next.ghosts.push_back(make_background_ghosts(from, next.numbers.row.sections[1].glide));
  }
  make_room_for_ghosts(next);
}

void carry_ghosts(const Transition& transition, ProgramState& old, ProgramState& next, const RenderFrame& last,
                  double running_ms) {
  for (const Deaths& deaths : transition.deaths) {
    GhostPass& ghosts = next.ghosts[deaths.ghosts];
    add_ghosts(ghosts, old.sinks[deaths.from.v].pass, running_ms,
               [&](std::uint32_t lane) { return deaths.kept[lane] == 0; });
    fade_ghosts(ghosts, level_of_sheet(old, *next.program, ghosts.layer));
    keep_shapes(ghosts, last, old.sinks[deaths.from.v].pass.style);
  }
  if (transition.background_ghosts != kNoGhosts)
    keep_background(next.ghosts[transition.background_ghosts], last, running_ms);
  std::size_t room = next.ghosts.size() - kOldGhostPasses;
  for (GhostPass& ghosts : old.ghosts) {
    if (ghosts.count == 0) continue;
    if (room == next.ghosts.size()) {
      next.ghosts.back().lost += ghosts.count;
      continue;
    }
    if (!ghosts.owns_shapes) keep_shapes(ghosts, last, old.sinks[ghosts.sink.v].pass.style);
    std::swap(ghosts, next.ghosts[room++]);
  }
}

void carry_glides(ProgramState& old, ProgramState& next, const SwapPlan& plan) {
  carry_sections(old.numbers, next.numbers, plan);
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
