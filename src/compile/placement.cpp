#include "compile/placement.hpp"

#include <algorithm>

namespace oscilla::compile {

using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using ir::PlaneIx;
using ir::StoreKind;

Placement::Placement(const Lowered& lowered, const Liveness& live)
    : lowered_(lowered), exprs_(lowered.draft.build.table()) {
  for (std::uint32_t i = 0; i < lowered.draft.sinks.size(); ++i) add_sink(i);
  for (std::uint32_t i = 0; i < lowered.probes.size(); ++i) add_probe(i);
  add_reductions(live);
  add_assets(live);
  add_voices(live);
  add_scans(live);
  add_gathers(live);
  add_collected(live);
  add_paths();
  add_states();
}

PlaneIx Placement::plane_of(ExprId value) const {
  const auto found = plane_of_.find(value.v);
  return found == plane_of_.end() ? PlaneIx{} : found->second;
}

PlaneIx Placement::add_plane(ExprId value) {
  const PlaneIx plane{static_cast<std::uint32_t>(planes_.size())};
  planes_.push_back(value);
  plane_of_.emplace(value.v, plane);
  return plane;
}

PlaneIx Placement::store(ExprId value, Place place) {
  const PlaneIx plane = add_plane(value);
  add(place, {place.when.in_tick ? StoreKind::Spill : StoreKind::Cache, 0, plane.v, value});
  return plane;
}

Place Placement::place_of(ExprId value) const {
  const Expr& expr = exprs_[value];
  if (ir::is_stable(expr)) return {when_of(expr), expr.instance.v};
  return {{true, stage_of(expr.instance, {&value, 1})}, expr.instance.v};
}

/// The first stage of a tick in which all values and the lanes of the instance are known.
std::uint16_t Placement::stage_of(ir::InstanceIx instance, std::span<const ExprId> values) const {
  std::uint16_t stage = lowered_.draft.build.stage_of(instance);
  for (const ExprId value : values)
    if (value.valid() && !ir::is_stable(exprs_[value])) stage = std::max(stage, exprs_[value].stage);
  return stage;
}

void Placement::add_sink(std::uint32_t i) {
  const blocks::SinkDraft& draft = lowered_.draft.sinks[i];
  std::uint16_t stage = stage_of(draft.sink.instance, draft.roles);
  if (lowered_.draft.camera) stage = std::max(stage, stage_of(draft.sink.instance, lowered_.draft.camera->values));
  const Place place{{true, stage}, draft.sink.instance.v};
  for (std::uint8_t role = 0; role < ir::kRoles; ++role)
    if (ir::has_role(draft.sink, static_cast<ir::Role>(role)))
      add(place, {StoreKind::Target, role, i, draft.roles[role]});
}

/// The corners of figures are read when the frame is made, states as they were in this tick.
void Placement::add_paths() {
  for (const blocks::ShapeDraft& shape : lowered_.draft.shapes)
    for (const ExprId point : shape.points)
      if (point.valid() && exprs_[point].cardinality == ir::Cardinality::Many && !plane_of(point).valid())
        store(point, place_of(point));
}

void Placement::add_probe(std::uint32_t i) {
  const ProbeDraft& draft = lowered_.probes[i];
  if (!draft.probe.instance.valid()) return;
  const Place place{{true, stage_of(draft.probe.instance, draft.values)}, draft.probe.instance.v};
  for (std::uint8_t c = 0; c < draft.probe.components; ++c) add(place, {StoreKind::Tap, c, i, draft.values[c]});
}

namespace {

/// The live expressions of a kind, ascending in time.
std::vector<ExprId> live_of(ExprKind kind, const ir::ExprTable& exprs, const Liveness& live) {
  std::vector<ExprId> found;
  for (std::uint32_t i = 0; i < exprs.size(); ++i)
    if (live.exprs[i] && exprs.exprs[i].kind == kind) found.push_back({i});
  std::stable_sort(found.begin(), found.end(),
                   [&](ExprId a, ExprId b) { return when_of(exprs[a]) < when_of(exprs[b]); });
  return found;
}

}  // namespace

void Placement::add_reductions(const Liveness& live) {
  for (const ExprId id : live_of(ExprKind::Reduce, exprs_, live)) {
    const ExprId field = exprs_.args_of(exprs_[id])[0];
    add({before_join(exprs_[id]), exprs_[field].instance.v},
        {StoreKind::Partial, 0, static_cast<std::uint32_t>(reductions_.size()), field});
    reductions_.push_back(id);
  }
}

/// State is in memory, what was scanned as well; anything else is stored by the program that computes it.
void Placement::bring_to_memory(ExprId value) {
  if (exprs_[value].kind == ExprKind::StateRead || plane_of(value).valid()) return;
  store(value, place_of(value));
}

void Placement::add_scans(const Liveness& live) {
  scans_ = live_of(ExprKind::Scan, exprs_, live);
  for (const ExprId id : scans_) {
    bring_to_memory(exprs_.args_of(exprs_[id])[0]);
    add_plane(id);
  }
}

/// Planes of files are filled before anything is computed.
void Placement::add_assets(const Liveness& live) {
  assets_ = live_of(ExprKind::Asset, exprs_, live);
  for (const ExprId id : assets_) add_plane(id);
}

/// Planes of voices are filled before the programs of their stage run.
void Placement::add_voices(const Liveness& live) {
  voices_ = live_of(ExprKind::Voice, exprs_, live);
  for (const ExprId id : voices_) add_plane(id);
}

void Placement::add_gathers(const Liveness& live) {
  for (const ExprId id : live_of(ExprKind::Gather, exprs_, live)) bring_to_memory(exprs_.args_of(exprs_[id])[0]);
}

/// Lanes whose events are collected are in memory, states as well: what is collected is of this tick.
void Placement::add_collected(const Liveness& live) {
  for (const ExprId id : live_of(ExprKind::Event, exprs_, live)) {
    if (exprs_[id].result != static_cast<std::uint8_t>(ir::EventOp::Collect)) continue;
    for (const ExprId field : exprs_.args_of(exprs_[id]))
      if (exprs_[field].cardinality == ir::Cardinality::Many && !plane_of(field).valid()) store(field, place_of(field));
  }
}

/// By instance, the last stage in which anything is computed in a tick, the next values of all of its states included.
std::map<std::uint32_t, std::uint16_t> Placement::last_stages() const {
  std::map<std::uint32_t, std::uint16_t> last;
  for (const auto& [place, roots] : roots_)
    if (place.when.in_tick) last[place.instance] = std::max(last[place.instance], place.when.stage);
  for (const StateDraft& draft : lowered_.draft.states)
    if (draft.state.instance.valid()) {
      std::uint16_t& stage = last[draft.state.instance.v];
      stage = std::max(stage, stage_of(draft.state.instance, draft.next));
    }
  return last;
}

/// An instance's states are stored in its last program, behind every reader of the old values in that instance.
void Placement::add_states() {
  const std::map<std::uint32_t, std::uint16_t> last = last_stages();
  for (std::uint32_t i = 0; i < lowered_.draft.states.size(); ++i) {
    const StateDraft& draft = lowered_.draft.states[i];
    if (!draft.state.instance.valid()) continue;
    const Place place{{true, last.at(draft.state.instance.v)}, draft.state.instance.v};
    for (std::uint8_t c = 0; c < draft.state.components; ++c) add(place, {StoreKind::State, c, i, draft.next[c]});
  }
}

}  // namespace oscilla::compile
