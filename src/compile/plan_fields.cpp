#include "compile/plan_fields.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "compile/body_builder.hpp"
#include "compile/cost.hpp"
#include "compile/placement.hpp"

namespace oscilla::compile {
namespace {

using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using ir::PlaneIx;

/// Decides for every program what it computes and what it loads.
class BodyPlanner {
 public:
  BodyPlanner(const ir::ExprTable& exprs, const Storage& storage, Placement& placement)
      : exprs_(exprs), storage_(storage), placement_(placement), costs_(costs_of(exprs)) {}

  /// Programs of a tick first, in the order in which they run: they ask for caches and for spills by earlier ones.
  void plan() {
    std::vector<Place> places;
    for (const auto& [place, roots] : placement_.roots())
      if (place.when.in_tick) places.push_back(place);
    for (const Place& place : places) plan_body(place);
    for (const auto& [place, roots] : placement_.roots())
      if (!place.when.in_tick) plan_body(place);
  }

  const Body& body(const Place& place) const { return bodies_.at(place); }

 private:
  void plan_body(const Place& place) {
    Body& body = bodies_[place];
    std::vector<bool> seen(exprs_.size());
    std::vector<ExprId> open;
    const auto need = [&](ExprId id) {
      const Expr& expr = exprs_[id];
      if (seen[id.v] || expr.cardinality != ir::Cardinality::Many || expr.kind == ExprKind::StateRead) return;
      seen[id.v] = true;
      if (const PlaneIx plane = plane_for(id, place); plane.valid()) {
        body.loaded.emplace(id.v, plane);
        return;
      }
      body.computed.push_back(id.v);
      open.push_back(id);
    };
    const std::vector<Root> roots = placement_.roots().at(place);  // storing for others adds to them
    for (const Root& root : roots) need(root.value);
    while (!open.empty()) {
      const Expr& expr = exprs_[open.back()];
      open.pop_back();
      const std::size_t first = expr.kind == ExprKind::Gather ? 1 : 0;
      for (const ExprId arg : exprs_.args_of(expr).subspan(first)) need(arg);
    }
    std::sort(body.computed.begin(), body.computed.end());
  }

  /// The plane that the program at `place` loads instead of computing the value; invalid if it computes.
  PlaneIx plane_for(ExprId id, const Place& place) {
    const Expr& expr = exprs_[id];
    const PlaneIx plane = placement_.plane_of(id);
    if (expr.kind == ExprKind::Scan || expr.kind == ExprKind::Asset || expr.kind == ExprKind::Voice) return plane;
    if (costs_[id.v] <= kLoadCost) return {};
    if (ir::is_stable(expr) && place.when.in_tick) {
      if (plane.valid() || !storage_.caches) return plane;
      return placement_.store(id, placement_.place_of(id));
    }
    if (plane.valid()) return stored_before(id, plane, place) ? plane : PlaneIx{};
    return storage_.spills && place.when.in_tick ? spill(id, place) : PlaneIx{};
  }

  /// True if the program that stores the plane has run by then. What was stored on demand is stored by an earlier one.
  bool stored_before(ExprId id, PlaneIx plane, const Place& place) const {
    const auto spilled = spilled_by_.find(plane.v);
    const When when = spilled != spilled_by_.end() ? spilled->second.when : placement_.place_of(id).when;
    return when < place.when;
  }

  /// Has the first program of the instance that computes the value store it.
  PlaneIx spill(ExprId id, const Place& place) {
    for (std::uint16_t stage = 0; stage < place.when.stage; ++stage) {
      const Place earlier{{true, stage}, place.instance};
      const auto body = bodies_.find(earlier);
      if (body == bodies_.end()) continue;
      const std::vector<std::uint32_t>& computed = body->second.computed;
      if (!std::binary_search(computed.begin(), computed.end(), id.v)) continue;
      const PlaneIx plane = placement_.store(id, earlier);
      spilled_by_.emplace(plane.v, earlier);
      return plane;
    }
    return {};
  }

  const ir::ExprTable& exprs_;
  const Storage& storage_;
  Placement& placement_;
  std::vector<float> costs_;
  std::map<Place, Body> bodies_;
  std::map<std::uint32_t, Place> spilled_by_;  // by plane
};

void add_planes(const ir::ExprTable& exprs, const Placement& placement, ir::Program& program) {
  for (const ExprId id : placement.planes()) {
    const Expr& expr = exprs[id];
    ir::Plane plane{{}, expr.instance, ir::is_stable(expr), id};
    if (plane.stable) plane.key = cache_key(ir::kEngineVersion, expr.hash, program, expr.instance);
    program.planes.push_back(plane);
  }
}

void add_fields(const BodyContext& context, const BodyPlanner& planner, ir::Program& program) {
  for (auto [place, roots] : context.placement.roots()) {
    std::stable_sort(roots.begin(), roots.end(), [](const Root& a, const Root& b) {
      return std::pair(a.kind, a.destination) < std::pair(b.kind, b.destination);
    });
    ir::FieldProgram field;
    field.instance = {place.instance};
    field.stable = !place.when.in_tick;
    field.stage = place.when.stage;
    field.id = stable_id(fmt::format("{}#{}{}", program.instances[place.instance].name, field.stable ? "prepare" : "",
                                     place.when.stage));
    build_body(context, planner.body(place), roots, field);
    program.fields.push_back(std::move(field));
  }
}

void add_assets(const Lowered& lowered, const BodyContext& context, ir::Program& program) {
  for (const ExprId id : context.placement.assets()) {
    const Expr& expr = context.exprs[id];
    program.assets.push_back({context.placement.plane_of(id), lowered.draft.instances[expr.instance.v].mesh,
                              static_cast<MeshStream>(expr.index)});
  }
}

/// One entry for all parts of the voices of an instance; ascending in time.
void add_voices(const Lowered& lowered, const BodyContext& context, ir::Program& program) {
  std::map<std::uint32_t, std::size_t> of_instance;
  for (const ExprId id : context.placement.voices()) {
    const Expr& expr = context.exprs[id];
    const auto [found, added] = of_instance.emplace(expr.instance.v, program.voices.size());
    if (added) {
      const blocks::VoicesDraft& draft = *lowered.draft.instances[expr.instance.v].voices;
      ir::Voices& voices = program.voices.emplace_back(draft.voices);
      voices.stage = expr.stage;
      voices.input = context.slots.list_of(draft.list);
      voices.release = context.slots.of(draft.release);
      voices.time = context.slots.of(draft.time);
    }
    program.voices[found->second].planes[expr.result] = context.placement.plane_of(id);
  }
}

JoinTimes add_joins(const BodyContext& context, ir::Program& program) {
  JoinTimes times;
  const auto field_of = [&](ExprId id) { return context.exprs.args_of(context.exprs[id])[0]; };
  for (const ExprId id : context.placement.reductions()) {
    const Expr& field = context.exprs[field_of(id)];
    const auto mode = static_cast<ir::Reduction>(context.exprs[id].index);
    program.reduces.push_back({mode, field.instance, context.slots.of(id)});
    times.reductions.push_back(before_join(context.exprs[id]));
  }
  for (const ExprId id : context.placement.scans()) {
    const Expr& field = context.exprs[field_of(id)];
    const auto mode = static_cast<ir::Reduction>(context.exprs[id].index);
    const ir::Operand source = memory_operand(context, field_of(id));
    program.scans.push_back({mode, field.instance, source, context.placement.plane_of(id)});
    times.scans.push_back(before_join(context.exprs[id]));
  }
  return times;
}

/// Where the lanes are whose events become a list.
void find_collected(const BodyContext& context, ir::Program& program) {
  for (ir::EventInstr& instr : program.events) {
    if (instr.reads || instr.op != ir::EventOp::Collect) continue;
    const Expr& expr = context.exprs[program.event_lists[instr.result.v].origin];
    for (std::size_t i = 0; i < instr.planes.size(); ++i)
      instr.planes[i] = context.placement.plane_of(context.exprs.args_of(expr)[i]);
  }
}

/// Where the corners of figures are.
void find_points(const Lowered& lowered, const BodyContext& context, ir::Program& program) {
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    if (program.shapes[s].kind != ShapeKind::Path || !program.shapes[s].instance.valid()) continue;
    for (std::size_t c = 0; c < 2; ++c) {
      const ExprId point = lowered.draft.shapes[s].points[c];
      const Expr& expr = context.exprs[point];
      program.shapes[s].points[c] =
          expr.cardinality == ir::Cardinality::Many
              ? ir::Operand{ir::Source::Plane, expr.base, 0, context.placement.plane_of(point).v}
              : ir::Operand{ir::Source::Uniform, expr.base, 0, context.slots.of(point).v};
    }
  }
}

/// A state is stored in place unless another lane may read its old value in the stage that stores it, or later.
void find_buffers(const JoinTimes& times, ir::Program& program) {
  std::vector<std::uint16_t> stored(program.states.size(), 0);
  for (const ir::FieldProgram& field : program.fields)
    for (const ir::Store& store : field.stores)
      if (store.kind == ir::StoreKind::State) stored[store.destination] = field.stage;
  const auto note = [&](const ir::Operand& from, std::uint16_t stage) {
    if (from.source != ir::Source::State) return;
    program.states[from.index].double_buffered |= stage >= stored[from.index];
  };
  for (const ir::FieldProgram& field : program.fields)
    for (const ir::FieldInstr& instr : field.body)
      if (instr.op == kernels::Op::Gather) note(instr.from, field.stage);
  for (std::size_t s = 0; s < program.scans.size(); ++s) note(program.scans[s].source, times.scans[s].stage);
}

}  // namespace

Hash128 cache_key(std::uint32_t engine, Hash128 value, const ir::Program& program, ir::InstanceIx instance) {
  const ir::Instance& of = program.instances[instance.v];
  return HashBuilder().add(engine).add(value).add(of.id).add(of.lanes).add(program.prepared_lanes(instance)).finish();
}

JoinTimes plan_fields(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
                      const Slots& slots, const Storage& storage, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  Placement placement(lowered, live);
  BodyPlanner planner(exprs, storage, placement);
  planner.plan();
  std::vector<std::uint32_t> values(exprs.size());
  const BodyContext context{exprs, placement, state_numbers, slots, values};
  add_planes(exprs, placement, program);
  add_assets(lowered, context, program);
  add_voices(lowered, context, program);
  add_fields(context, planner, program);
  const JoinTimes times = add_joins(context, program);
  find_buffers(times, program);
  find_points(lowered, context, program);
  find_collected(context, program);
  return times;
}

}  // namespace oscilla::compile
