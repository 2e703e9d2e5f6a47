#include "compile/plan_fields.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"

namespace oscilla::compile {
namespace {

using ir::Cardinality;
using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using ir::Operand;
using ir::Source;
using ir::StoreKind;

/// A value that a program must store.
struct Root {
  StoreKind kind;
  std::uint8_t part;
  std::uint32_t destination;
  ExprId value;
};

using Key = std::pair<std::uint16_t, std::uint32_t>;  // (stage, instance)

/// Makes the body of one field program and the operands of its stores.
class BodyBuilder {
 public:
  BodyBuilder(const ir::ExprTable& exprs, const std::vector<std::uint32_t>& state_numbers, const Slots& slots,
              ir::FieldProgram& program)
      : exprs_(exprs), state_numbers_(state_numbers), slots_(slots), program_(program) {}

  void build(const std::vector<Root>& roots) {
    for (const std::uint32_t i : needed(roots)) add(i);
    for (const Root& root : roots)
      program_.stores.push_back({root.kind, root.part, root.destination, operand(root.value)});
  }

 private:
  /// The ops over lanes that the roots need, ascending: operands come first.
  std::vector<std::uint32_t> needed(const std::vector<Root>& roots) const {
    std::vector<std::uint32_t> result;
    std::vector<bool> seen(exprs_.size());
    std::vector<ExprId> open;
    const auto need = [&](ExprId id) {
      const Expr& expr = exprs_[id];
      if (seen[id.v] || expr.cardinality != Cardinality::Many || expr.kind != ExprKind::Op) return;
      seen[id.v] = true;
      result.push_back(id.v);
      open.push_back(id);
    };
    for (const Root& root : roots) need(root.value);
    while (!open.empty()) {
      const ExprId id = open.back();
      open.pop_back();
      for (const ExprId arg : exprs_.args_of(exprs_[id])) need(arg);
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  void add(std::uint32_t i) {
    const Expr& expr = exprs_.exprs[i];
    const kernels::OpRow& row = kernels::row_of(expr.op);
    const std::span<const ExprId> args = exprs_.args_of(expr);
    if (row.results > 1) {
      const auto [found, added] = made_.try_emplace({expr.op, {args.begin(), args.end()}}, program_.values);
      if (!added) {
        values_.emplace(i, found->second + expr.result);
        return;
      }
    }
    ir::FieldInstr instr{expr.op, row.results, row.arity, {program_.values}, {}, {i}};
    for (std::size_t k = 0; k < args.size(); ++k) instr.args[k] = operand(args[k]);
    program_.body.push_back(instr);
    values_.emplace(i, program_.values + expr.result);
    program_.values += row.results;
  }

  Operand operand(ExprId id) const {
    const Expr& expr = exprs_[id];
    if (expr.cardinality != Cardinality::Many) return {Source::Uniform, expr.base, 0, slots_.of(id).v};
    if (expr.kind == ExprKind::StateRead) return {Source::State, expr.base, expr.result, state_numbers_[expr.index]};
    return {Source::Value, expr.base, 0, values_.at(id.v)};
  }

  const ir::ExprTable& exprs_;
  const std::vector<std::uint32_t>& state_numbers_;
  const Slots& slots_;
  ir::FieldProgram& program_;
  std::map<std::uint32_t, std::uint32_t> values_;  // expression -> SSA value
  std::map<std::pair<kernels::Op, std::vector<ExprId>>, std::uint32_t> made_;
};

/// Finds in which (stage, instance) every root is stored.
class Placement {
 public:
  Placement(const Lowered& lowered, const Liveness& live) : lowered_(lowered), exprs_(lowered.draft.build.table()) {
    for (std::uint32_t i = 0; i < lowered.draft.sinks.size(); ++i) add_sink(i);
    for (std::uint32_t i = 0; i < lowered.probes.size(); ++i) add_probe(i);
    for (std::uint32_t i = 0; i < exprs_.size(); ++i)
      if (live.exprs[i] && exprs_.exprs[i].kind == ExprKind::Reduce) add_reduction(i);
    add_states();
  }

  const std::map<Key, std::vector<Root>>& roots() const { return roots_; }
  const std::vector<ExprId>& reductions() const { return reductions_; }

 private:
  /// The first stage in which all values and the lanes of the instance are known.
  std::uint16_t stage_of(ir::InstanceIx instance, std::span<const ExprId> values) const {
    std::uint16_t stage = lowered_.draft.build.stage_of(instance);
    for (const ExprId value : values)
      if (value.valid()) stage = std::max(stage, exprs_[value].stage);
    return stage;
  }

  void add(std::uint16_t stage, ir::InstanceIx instance, Root root) { roots_[{stage, instance.v}].push_back(root); }

  void add_sink(std::uint32_t i) {
    const blocks::SinkDraft& draft = lowered_.draft.sinks[i];
    const std::uint16_t stage = stage_of(draft.sink.instance, draft.roles);
    for (std::uint8_t role = 0; role < ir::kRoles; ++role)
      if (static_cast<ir::Role>(role) != ir::Role::Rotation || draft.sink.has_rotation)
        add(stage, draft.sink.instance, {StoreKind::Target, role, i, draft.roles[role]});
  }

  void add_probe(std::uint32_t i) {
    const ProbeDraft& draft = lowered_.probes[i];
    if (!draft.probe.instance.valid()) return;
    const std::uint16_t stage = stage_of(draft.probe.instance, draft.values);
    for (std::uint8_t c = 0; c < draft.probe.components; ++c)
      add(stage, draft.probe.instance, {StoreKind::Tap, c, i, draft.values[c]});
  }

  void add_reduction(std::uint32_t i) {
    const ExprId field = exprs_.args_of(exprs_.exprs[i])[0];
    if (!exprs_[field].instance.valid()) return;
    const ir::InstanceIx instance = exprs_[field].instance;
    add(stage_of(instance, {&field, 1}), instance,
        {StoreKind::Partial, 0, static_cast<std::uint32_t>(reductions_.size()), field});
    reductions_.push_back({i});
  }

  /// The last stage in which anything of each instance is computed, the next values of all of its states included.
  std::map<std::uint32_t, std::uint16_t> last_stages() const {
    std::map<std::uint32_t, std::uint16_t> last;
    for (const auto& [key, roots] : roots_) last[key.second] = std::max(last[key.second], key.first);
    for (const StateDraft& draft : lowered_.states)
      if (draft.state.instance.valid()) {
        std::uint16_t& stage = last[draft.state.instance.v];
        stage = std::max(stage, stage_of(draft.state.instance, draft.next));
      }
    return last;
  }

  /// An instance's states are stored in its last program, behind every reader of the old values.
  void add_states() {
    const std::map<std::uint32_t, std::uint16_t> last = last_stages();
    for (std::uint32_t i = 0; i < lowered_.states.size(); ++i) {
      const StateDraft& draft = lowered_.states[i];
      if (!draft.state.instance.valid()) continue;
      for (std::uint8_t c = 0; c < draft.state.components; ++c)
        add(last.at(draft.state.instance.v), draft.state.instance, {StoreKind::State, c, i, draft.next[c]});
    }
  }

  const Lowered& lowered_;
  const ir::ExprTable& exprs_;
  std::map<Key, std::vector<Root>> roots_;
  std::vector<ExprId> reductions_;
};

}  // namespace

std::vector<std::uint16_t> plan_fields(const Lowered& lowered, const Liveness& live,
                                       const std::vector<std::uint32_t>& state_numbers, const Slots& slots,
                                       ir::Program& program) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  const Placement placement(lowered, live);
  for (auto [key, roots] : placement.roots()) {
    std::stable_sort(roots.begin(), roots.end(), [](const Root& a, const Root& b) {
      return std::pair(a.kind, a.destination) < std::pair(b.kind, b.destination);
    });
    ir::FieldProgram field;
    field.instance = {key.second};
    field.stage = key.first;
    field.id = stable_id(fmt::format("{}#{}", program.instances[key.second].name, key.first));
    BodyBuilder(exprs, state_numbers, slots, field).build(roots);
    program.fields.push_back(std::move(field));
  }
  std::vector<std::uint16_t> stages;
  for (const ExprId id : placement.reductions()) {
    const Expr& expr = exprs[id];
    const ExprId field = exprs.args_of(expr)[0];
    program.reduces.push_back({static_cast<ir::Reduction>(expr.index), exprs[field].instance, slots.of(id)});
    stages.push_back(static_cast<std::uint16_t>(expr.stage - 1));
  }
  return stages;
}

}  // namespace oscilla::compile
