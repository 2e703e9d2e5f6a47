#include "compile/slots.hpp"

#include <algorithm>
#include <map>
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
  of_state_.resize(lowered.states.size());
  for (std::size_t s = 0; s < lowered.states.size(); ++s) {
    const ir::State& state = lowered.states[s].state;
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

void Slots::add_instructions(const Lowered& lowered, const Liveness& live, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < exprs.size(); ++i)
    if (live.exprs[i] && exprs.exprs[i].kind == ExprKind::Op && is_scalar(exprs.exprs[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return exprs.exprs[a].stage < exprs.exprs[b].stage; });
  std::map<std::pair<kernels::Op, std::vector<ExprId>>, std::uint32_t>
      made;  // an op with several results is one instruction
  for (const std::uint32_t i : order) {
    const Expr& expr = exprs.exprs[i];
    const std::span<const ExprId> args = exprs.args_of(expr);
    of_expr_[i] = add(program, 0, {i});
    const kernels::OpRow& row = kernels::row_of(expr.op);
    std::uint32_t at = static_cast<std::uint32_t>(program.scalars.size());
    if (row.results > 1) {
      const auto [found, added] = made.try_emplace({expr.op, {args.begin(), args.end()}}, at);
      at = found->second;
    }
    if (at == program.scalars.size()) {
      ir::ScalarInstr instr{expr.op, row.results, row.arity, {}, {}};
      for (std::size_t k = 0; k < args.size(); ++k) instr.arg_slots[k] = of_expr_[args[k].v];
      program.scalars.push_back(instr);
      scalar_stages_.push_back(expr.stage);
    }
    program.scalars[at].result_slots[expr.result] = of_expr_[i];
  }
}

Slots::Slots(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
             ir::Program& program) {
  of_expr_.resize(lowered.draft.build.table().size());
  add_constants(lowered, live, program);
  add_sources(lowered, live, state_numbers, program);
  add_instructions(lowered, live, program);
}

}  // namespace oscilla::compile
