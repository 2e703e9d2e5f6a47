#include "runtime/changes.hpp"

#include <algorithm>

namespace oscilla::runtime {
namespace {

Hash128 hash_of(const ir::Program& program, ir::SlotIx slot) {
  const ir::ExprId origin = program.slot_origins[slot.v];
  return origin.valid() ? program.exprs[origin].hash : Hash128{};
}

}  // namespace

Changes::Changes(const ir::Program& from, const ir::Program& to, const SwapPlan& plan)
    : from_(from), to_(to), plan_(plan) {
  for (std::size_t i = 0; i < to.instances.size(); ++i)
    moved_instances_.push_back(!plan.instances[i].valid() ||
                               !same_elements(from, from.instances[plan.instances[i].v], to, to.instances[i]));
  for (const ir::Expr& expr : to.exprs.exprs) changed_.push_back(is_changed(expr));
}

bool Changes::changed(ir::ExprId before, ir::ExprId now) const {
  return from_.exprs[before].hash != to_.exprs[now].hash || changed_[now.v];
}

bool Changes::changed(ir::SlotIx before, ir::SlotIx now) const {
  if (before.valid() != now.valid()) return true;
  if (!now.valid()) return false;
  const ir::ExprId old_origin = from_.slot_origins[before.v], origin = to_.slot_origins[now.v];
  return !old_origin.valid() || !origin.valid() || changed(old_origin, origin);
}

bool Changes::changed(const ir::Operand& before, const ir::Operand& now) const {
  if (before.source != now.source) return true;
  if (now.source == ir::Source::Uniform) return changed(ir::SlotIx{before.index}, ir::SlotIx{now.index});
  if (now.source != ir::Source::Plane) return true;
  return changed(from_.planes[before.index].origin, to_.planes[now.index].origin);
}

bool Changes::is_changed(const ir::Expr& expr) const {
  if (expr.instance.valid() && moved(expr.instance)) return true;
  if (expr.kind == ir::ExprKind::StateRead && !goes_on({expr.index})) return true;
  if (expr.kind == ir::ExprKind::Time && !same_pace(static_cast<ir::TimeValue>(expr.index))) return true;
  if (expr.kind == ir::ExprKind::Voice && !voices_go_on(expr.instance)) return true;
  if (expr.kind == ir::ExprKind::Channel && !plan_.channels[expr.index].valid()) return true;
  if (expr.kind == ir::ExprKind::Event && !goes_on(expr)) return true;
  const auto args = to_.exprs.args_of(expr);
  return std::any_of(args.begin(), args.end(), [&](ir::ExprId arg) { return changed_[arg.v]; });
}

/// A phase goes on where it is, but from there with its new period.
bool Changes::same_pace(ir::TimeValue value) const {
  if (value == ir::TimeValue::PhaseA) return from_.period_a_ms == to_.period_a_ms;
  return value != ir::TimeValue::PhaseB || from_.period_b_ms == to_.period_b_ms;
}

bool Changes::goes_on(ir::StateIx state) const {
  if (state.v >= plan_.states.size()) return false;  // nobody reads it
  const Fate fate = plan_.states[state.v].fate;
  return fate == Fate::Kept || fate == Fate::Renamed;
}

bool Changes::voices_go_on(ir::InstanceIx instance) const {
  for (std::size_t v = 0; v < to_.voices.size(); ++v)
    if (to_.voices[v].instance == instance) return plan_.voices[v] != ~0u;
  return true;  // nobody reads them
}

/// A list of events: what waits for it, outside or in a queue, does. A delay names no queue of the program, only that
/// it has one.
bool Changes::goes_on(const ir::Expr& list) const {
  switch (static_cast<ir::EventOp>(list.result)) {
    case ir::EventOp::Input: return plan_.channels[list.index].valid();
    case ir::EventOp::Delay: return std::ranges::all_of(plan_.queues, &ir::QueueIx::valid);
    default: return true;
  }
}

bool same_elements(const ir::Program& from, const ir::Instance& old, const ir::Program& to,
                   const ir::Instance& instance) {
  if (old.lanes != instance.lanes || old.inner != instance.inner) return false;
  if (old.count.valid() != instance.count.valid()) return false;
  return !instance.count.valid() || hash_of(from, old.count) == hash_of(to, instance.count);
}

}  // namespace oscilla::runtime
