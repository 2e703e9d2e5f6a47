#include "compile/body_builder.hpp"

namespace oscilla::compile {
namespace {

using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using ir::Operand;
using ir::Source;

class Builder {
 public:
  Builder(const BodyContext& context, const Body& body, ir::FieldProgram& program)
      : context_(context), exprs_(context.exprs), body_(body), program_(program), values_(context.values) {}

  void build(const std::vector<Root>& roots) {
    program_.body.reserve(body_.computed.size());
    for (const std::uint32_t i : body_.computed) add(i);
    for (const Root& root : roots)
      program_.stores.push_back({root.kind, root.part, root.destination, operand(root.value)});
  }

 private:
  void add(std::uint32_t i) {
    const Expr& expr = exprs_.exprs[i];
    if (expr.kind == ExprKind::Gather) return add_gather(i);
    const kernels::OpRow& row = kernels::row_of(expr.op);
    const std::span<const ExprId> args = exprs_.args_of(expr);
    if (row.results > 1) {
      const auto [found, added] = made_.try_emplace({expr.op, {args.begin(), args.end()}}, program_.values);
      if (!added) {
        values_[i] = found->second + expr.result;
        return;
      }
    }
    ir::FieldInstr instr{expr.op, row.results, row.arity, {program_.values}, {}, {i}, {}};
    for (std::size_t k = 0; k < args.size(); ++k) instr.args[k] = operand(args[k]);
    program_.body.push_back(instr);
    values_[i] = program_.values + expr.result;
    program_.values += row.results;
  }

  void add_gather(std::uint32_t i) {
    const std::span<const ExprId> args = exprs_.args_of(exprs_.exprs[i]);
    ir::FieldInstr instr{kernels::Op::Gather, 1, 1, {program_.values}, {}, {i}, memory_operand(context_, args[0])};
    instr.args[0] = operand(args[1]);
    program_.body.push_back(instr);
    values_[i] = program_.values++;
  }

  Operand operand(ExprId id) const {
    const Expr& expr = exprs_[id];
    if (expr.cardinality != ir::Cardinality::Many) return {Source::Uniform, expr.base, 0, context_.slots.of(id).v};
    if (expr.kind == ExprKind::StateRead) return memory_operand(context_, id);
    if (const auto loaded = body_.loaded.find(id.v); loaded != body_.loaded.end())
      return {Source::Plane, expr.base, 0, loaded->second.v};
    return {Source::Value, expr.base, 0, values_[id.v]};
  }

  const BodyContext& context_;
  const ir::ExprTable& exprs_;
  const Body& body_;
  ir::FieldProgram& program_;
  std::vector<std::uint32_t>& values_;  // by expression; of those that this body computes
  std::map<std::pair<kernels::Op, std::vector<ExprId>>, std::uint32_t> made_;
};

}  // namespace

void build_body(const BodyContext& context, const Body& body, const std::vector<Root>& roots,
                ir::FieldProgram& program) {
  Builder(context, body, program).build(roots);
}

Operand memory_operand(const BodyContext& context, ExprId value) {
  const Expr& expr = context.exprs[value];
  if (expr.kind == ExprKind::StateRead)
    return {Source::State, expr.base, expr.result, context.state_numbers[expr.index]};
  return {Source::Plane, expr.base, 0, context.placement.plane_of(value).v};
}

}  // namespace oscilla::compile
