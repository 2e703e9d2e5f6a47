#include "compile/slots.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace oscilla::compile {
namespace {

using ir::Cardinality;
using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using ir::SlotIx;

bool is_scalar(const Expr& expr) { return expr.cardinality != Cardinality::Many; }

}  // namespace

SlotIx Slots::add(ir::Program& program, double start, ExprId origin) {
  program.slots.push_back(start);
  program.slot_origins.push_back(origin);
  return {static_cast<std::uint32_t>(program.slots.size() - 1)};
}

void Slots::add_constants(const Lowered& lowered, const Liveness& live, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  for (std::uint32_t i = 0; i < exprs.size(); ++i)
    if (live.exprs[i] && exprs.exprs[i].kind == ExprKind::Constant)
      of_expr_[i] = add(program, exprs.exprs[i].value, {i});
  program.constant_slots = static_cast<std::uint32_t>(program.slots.size());
}

void Slots::add_sources(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
                        ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    if (!live.exprs[i] || expr.kind != ExprKind::Time) continue;
    of_expr_[i] = add(program, 0, {i});
    program.time_slots.push_back({static_cast<ir::TimeValue>(expr.index), of_expr_[i]});
  }
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    if (!live.exprs[i] || expr.kind != ExprKind::Channel) continue;
    of_expr_[i] = add(program, program.channels[expr.index].initial[expr.result], {i});
    program.channels[expr.index].slots[expr.result] = of_expr_[i];
  }
  of_state_.resize(lowered.draft.states.size());
  for (std::size_t s = 0; s < lowered.draft.states.size(); ++s) {
    const ir::State& state = lowered.draft.states[s].state;
    for (std::uint8_t c = 0; c < state.components && !state.instance.valid(); ++c)
      of_state_[s][c] = add(program, state.initial[c], {});
  }
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    if (!live.exprs[i] || expr.kind != ExprKind::StateRead || !is_scalar(expr)) continue;
    of_expr_[i] = of_state_[state_numbers[expr.index]][expr.result];
    program.slot_origins[of_expr_[i].v] = {i};
  }
  for (std::uint32_t i = 0; i < exprs.size(); ++i)
    if (live.exprs[i] && exprs.exprs[i].kind == ExprKind::Reduce) of_expr_[i] = add(program, 0, {i});
}

namespace {

/// By live scalar or event instruction of `order`, in its phase: after whatever of its stage it needs.
std::vector<Phase> phases_of(const ir::ExprTable& exprs, const std::vector<std::uint32_t>& order) {
  std::vector<std::uint16_t> phase(exprs.size());
  std::vector<Phase> phases;
  for (const std::uint32_t i : order) {
    const Expr& expr = exprs.exprs[i];
    const std::uint16_t parity = expr.kind == ExprKind::Op ? 0 : 1;
    std::uint16_t first = parity;
    for (const ExprId arg : exprs.args_of(expr)) {
      if (when_of(exprs[arg]) != when_of(expr)) continue;
      const std::uint16_t needed = phase[arg.v];
      first = std::max<std::uint16_t>(first, needed % 2 == parity ? needed : needed + 1);
    }
    phase[i] = first;
    phases.push_back({when_of(expr), first});
  }
  return phases;
}

bool is_input(const Expr& expr) {
  return ir::is_list(expr) && expr.result == static_cast<std::uint8_t>(ir::EventOp::Input);
}

}  // namespace

void Slots::add_instructions(const Lowered& lowered, const Liveness& live, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    const bool number = expr.kind == ExprKind::Op && is_scalar(expr);
    if (live.exprs[i] && (number || expr.kind == ExprKind::EventRead || (ir::is_list(expr) && !is_input(expr))))
      order.push_back(i);
  }
  const std::vector<Phase> phases = phases_of(exprs, order);
  std::vector<std::size_t> sorted(order.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return phases[a] < phases[b]; });
  for (const std::size_t k : sorted) {
    if (exprs.exprs[order[k]].kind == ExprKind::Op)
      add_scalar(exprs, order[k], phases[k], program);
    else
      add_event(lowered, order[k], phases[k], program);
  }
}

void Slots::add_scalar(const ir::ExprTable& exprs, std::uint32_t i, Phase phase, ir::Program& program) {
  const Expr& expr = exprs.exprs[i];
  const std::span<const ExprId> args = exprs.args_of(expr);
  of_expr_[i] = add(program, 0, {i});
  const kernels::OpRow& row = kernels::row_of(expr.op);
  std::uint32_t at = static_cast<std::uint32_t>(program.scalars.size());
  if (row.results > 1) {
    const auto [found, added] = made_.try_emplace({expr.op, {args.begin(), args.end()}}, at);
    at = found->second;
  }
  if (at == program.scalars.size()) {
    ir::ScalarInstr instr{expr.op, row.results, row.arity, {}, {}};
    for (std::size_t k = 0; k < args.size(); ++k) instr.arg_slots[k] = of_expr_[args[k].v];
    program.scalars.push_back(instr);
    scalar_times_.push_back(phase);
  }
  program.scalars[at].result_slots[expr.result] = of_expr_[i];
}

Slots::Slots(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
             ir::Program& program) {
  of_expr_.resize(lowered.draft.build.table().size());
  add_constants(lowered, live, program);
  add_sources(lowered, live, state_numbers, program);
  add_lists(lowered, live, program);
  add_instructions(lowered, live, program);
}

}  // namespace oscilla::compile
