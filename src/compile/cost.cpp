#include "compile/cost.hpp"

#include <algorithm>

namespace oscilla::compile {
namespace {

using ir::Expr;
using ir::ExprKind;
using kernels::Op;

/// Relative to an addition over a block in the nearest cache.
float cost_of(Op op) {
  switch (op) {
    case Op::Index:
    case Op::Add:
    case Op::Subtract:
    case Op::Multiply:
    case Op::Negate:
    case Op::MulAdd:
    case Op::Min:
    case Op::Max: return 1;
    case Op::Clamp:
    case Op::Mix:
    case Op::Select:
    case Op::Step:
    case Op::Floor:
    case Op::Fract: return 2;
    case Op::Divide:
    case Op::Sqrt: return 3;
    case Op::HashBegin:
    case Op::HashUnit:
    case Op::Gather: return 4;
    case Op::HashMix: return 8;
    case Op::Noise1: return 20;
    case Op::Noise2: return 50;
    case Op::Noise3: return 120;
    case Op::Pow: return 40;
    default: return kernels::row_of(op).layer == kernels::Layer::Opcode ? 6 : 10;
  }
}

/// So large that adding to it changes nothing that matters.
constexpr float kMost = 1e6f;

}  // namespace

std::vector<float> costs_of(const ir::ExprTable& exprs) {
  std::vector<float> costs(exprs.size(), 0);
  for (std::uint32_t i = 0; i < exprs.size(); ++i) {
    const Expr& expr = exprs.exprs[i];
    if (expr.cardinality != ir::Cardinality::Many) continue;
    if (ir::is_in_memory(expr)) {
      costs[i] = kLoadCost;
      continue;
    }
    float cost = cost_of(expr.op);
    const std::size_t first = expr.kind == ExprKind::Gather ? 1 : 0;  // what it reads is in memory
    for (const ir::ExprId arg : exprs.args_of(expr).subspan(first)) {
      const bool loaded = ir::is_stable(exprs[arg]) && !ir::is_stable(expr);
      cost += loaded ? std::min(costs[arg.v], kLoadCost) : costs[arg.v];
    }
    costs[i] = std::min(cost, kMost);
  }
  return costs;
}

}  // namespace oscilla::compile
