// The part of Slots that is about lists of events: how much room each needs, and what makes it.
#include <algorithm>

#include "compile/slots.hpp"

namespace oscilla::compile {
namespace {

using ir::EventOp;
using ir::Expr;
using ir::ExprId;
using ir::ExprKind;

/// So many events a list can have at most, as far as there is memory for them.
std::uint32_t capacity_of(const Lowered& lowered, const Expr& list, const std::vector<ir::EventIx>& lists,
                          const ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  std::uint32_t of_lists = 0;
  for (const ExprId arg : exprs.args_of(list))
    if (ir::is_list(exprs[arg])) of_lists += program.event_lists[lists[arg.v].v].capacity;
  switch (static_cast<EventOp>(list.result)) {
    case EventOp::Input: return ir::kChannelEvents;
    case EventOp::Emit: return 1;
    case EventOp::Delay: return std::min(of_lists + ir::kQueueEvents, ir::kMostEvents);
    case EventOp::Collect: return std::min(lowered.draft.instances[list.index].instance.lanes, ir::kMostEvents);
    default: return std::min(of_lists, ir::kMostEvents);
  }
}

}  // namespace

void Slots::add_lists(const Lowered& lowered, const Liveness& live, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  program.event_keys = lowered.draft.event_keys;
  lists_.resize(exprs.size());
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    if (!live.exprs[i] || !ir::is_list(expr)) continue;
    const auto place = lowered.draft.event_places.find(i);
    const std::string name = place == lowered.draft.event_places.end() ? "events" : place->second;
    lists_[i] = {static_cast<std::uint32_t>(program.event_lists.size())};
    program.event_lists.push_back({capacity_of(lowered, expr, lists_, program), name, {i}});
    if (static_cast<EventOp>(expr.result) == EventOp::Input) program.channels[expr.index].events = lists_[i];
  }
  queue_numbers_.assign(lowered.draft.queues.size(), ~0u);
  for (std::size_t q = 0; q < lowered.draft.queues.size(); ++q) {
    if (!live.queues[q]) continue;
    queue_numbers_[q] = static_cast<std::uint32_t>(program.queues.size());
    program.queues.push_back(lowered.draft.queues[q].queue);
  }
}

void Slots::add_event(const Lowered& lowered, std::uint32_t i, Phase phase, ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  const Expr& expr = exprs.exprs[i];
  ir::EventInstr instr;
  std::size_t numbers = 0;
  for (const ExprId arg : exprs.args_of(expr)) {
    if (ir::is_list(exprs[arg]))
      instr.lists.push_back(lists_[arg.v]);
    else if (exprs[arg].cardinality == ir::Cardinality::Many)
      ++numbers;  // its plane is not known yet
    else
      instr.args[numbers++] = of_expr_[arg.v];
  }
  if (expr.kind == ExprKind::EventRead) {
    instr.reads = true;
    instr.part = static_cast<ir::EventPart>(expr.result);
    instr.result_slot = of_expr_[i] = add(program, 0, {i});
  } else {
    instr.op = static_cast<EventOp>(expr.result);
    instr.result = lists_[i];
    if (instr.op == EventOp::Emit || instr.op == EventOp::Key) instr.key = {expr.index};
    if (instr.op == EventOp::Collect) instr.instance = {expr.index};
    if (instr.op == EventOp::Delay) {
      instr.queue = {queue_numbers_[expr.index]};
      ir::Queue& queue = program.queues[instr.queue.v];
      queue.input = instr.lists[0];
      queue.delay = instr.args[0];
      queue.time = instr.args[1];
    }
  }
  program.events.push_back(std::move(instr));
  event_times_.push_back(phase);
}

}  // namespace oscilla::compile
