#include "exec/optimise.hpp"

#include <algorithm>

namespace oscilla::exec {
namespace {

using ir::FieldProgram;
using ir::Operand;
using ir::Source;
using kernels::Op;

bool is_value(const Operand& operand) { return operand.source == Source::Value; }

/// How often each value is read, by nodes and by stores.
std::vector<std::uint32_t> count_uses(const std::vector<Node>& nodes, const FieldProgram& program) {
  std::vector<std::uint32_t> uses(program.values, 0);
  for (const Node& node : nodes) {
    for (std::size_t i = 0; i < node.arity; ++i) {
      if (is_value(node.args[i])) ++uses[node.args[i].index];
    }
  }
  for (const ir::Store& store : program.stores) {
    if (is_value(store.value)) ++uses[store.value.index];
  }
  return uses;
}

/// The node that makes each value.
std::vector<std::uint32_t> find_makers(const std::vector<Node>& nodes, std::uint32_t values) {
  std::vector<std::uint32_t> makers(values, kNoValue);
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    for (std::size_t k = 0; k < nodes[n].results; ++k) {
      if (nodes[n].values[k] != kNoValue) makers[nodes[n].values[k]] = n;
    }
  }
  return makers;
}

/// a * b + c where the product is wanted nowhere else. Both roundings stay.
void fuse_multiply_add(std::vector<Node>& nodes, const FieldProgram& program) {
  const std::vector<std::uint32_t> uses = count_uses(nodes, program);
  const std::vector<std::uint32_t> makers = find_makers(nodes, program.values);
  for (Node& sum : nodes) {
    if (sum.op != Op::Add) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      const Operand& term = sum.args[side];
      if (!is_value(term) || uses[term.index] != 1) continue;
      const Node& product = nodes[makers[term.index]];
      if (product.op != Op::Multiply) continue;
      const Operand other = sum.args[1 - side];
      sum.op = Op::MulAdd;
      sum.arity = 3;
      sum.args = {product.args[0], product.args[1], other};
      break;
    }
  }
}

struct SinePair {
  Op sine, cosine, both;
};
constexpr std::array kSinePairs{SinePair{Op::Sin, Op::Cos, Op::SinCos},
                                SinePair{Op::SinTurns, Op::CosTurns, Op::SinCosTurns}};

/// Of a sine and a cosine with one argument, the earlier becomes the double instruction and the later one goes.
void fuse_pair(std::vector<Node>& nodes, const SinePair& pair) {
  std::vector<std::size_t> found;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (nodes[n].op == pair.sine || nodes[n].op == pair.cosine) found.push_back(n);
  }
  std::sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    return nodes[a].args[0] != nodes[b].args[0] ? nodes[a].args[0] < nodes[b].args[0] : a < b;
  });
  std::vector<bool> gone(nodes.size(), false);
  for (std::size_t i = 1; i < found.size(); ++i) {
    Node& first = nodes[found[i - 1]];
    const Node& second = nodes[found[i]];
    if (first.args[0] != second.args[0] || first.op == second.op) continue;
    const bool sine_first = first.op == pair.sine;
    const std::uint32_t sine = sine_first ? first.values[0] : second.values[0];
    const std::uint32_t cosine = sine_first ? second.values[0] : first.values[0];
    first.op = pair.both;
    first.results = 2;
    first.values = {sine, cosine, kNoValue, kNoValue};
    gone[found[i]] = true;
    ++i;
  }
  std::size_t kept = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (!gone[n]) nodes[kept++] = nodes[n];
  }
  nodes.resize(kept);
}

}  // namespace

std::vector<Node> nodes_of(const FieldProgram& program) {
  std::vector<Node> nodes;
  nodes.reserve(program.body.size());
  for (const ir::FieldInstr& instr : program.body) {
    Node node{.op = instr.op, .results = instr.results, .arity = instr.arity, .args = instr.args, .from = instr.from};
    for (std::uint32_t k = 0; k < instr.results; ++k) node.values[k] = instr.first_result.v + k;
    nodes.push_back(node);
  }
  return nodes;
}

void remove_dead(std::vector<Node>& nodes, const FieldProgram& program) {
  std::vector<bool> wanted(program.values, false);
  for (const ir::Store& store : program.stores) {
    if (is_value(store.value)) wanted[store.value.index] = true;
  }
  std::vector<Node> kept;
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    const bool alive = std::any_of(node->values.begin(), node->values.end(),
                                   [&](std::uint32_t value) { return value != kNoValue && wanted[value]; });
    if (!alive) continue;
    for (std::size_t i = 0; i < node->arity; ++i) {
      if (is_value(node->args[i])) wanted[node->args[i].index] = true;
    }
    kept.push_back(*node);
  }
  std::reverse(kept.begin(), kept.end());
  nodes = std::move(kept);
}

void optimise(std::vector<Node>& nodes, const FieldProgram& program) {
  for (const SinePair& pair : kSinePairs) fuse_pair(nodes, pair);
  fuse_multiply_add(nodes, program);
  remove_dead(nodes, program);
}

}  // namespace oscilla::exec
