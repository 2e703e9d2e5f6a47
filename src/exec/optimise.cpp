#include "exec/optimise.hpp"

#include <algorithm>
#include <utility>

#include "exec/share_keys.hpp"

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

/// Two ops that one kernel does: `inner`'s result is argument `side` of `outer` (of either side where `either`) and
/// wanted nowhere else, unless it is cheap enough to be made twice. The fused op takes the arguments of the inner one,
/// then what is left of the outer one's.
struct Fusion {
  Op outer;
  Op inner;
  Op fused;
  std::size_t side = 0;
  bool either = false;
  bool shared = false;
};

/// In this order: what comes first takes its inner op away from what comes later. Every rounding stays.
constexpr std::array kFusions{
    Fusion{Op::Divide, Op::Index, Op::IndexDivide, 0, false, true},
    Fusion{Op::Add, Op::Multiply, Op::MulAdd, 0, true},
    Fusion{Op::Subtract, Op::Multiply, Op::MulSubtract},
    Fusion{Op::HashUnit, Op::HashMix, Op::HashMixUnit},
    Fusion{Op::MulSubtract, Op::HashMixUnit, Op::HashMixScale, 0, true},
    Fusion{Op::MulAdd, Op::HashMixScale, Op::HashMixOffset, 0, true},
    Fusion{Op::MulAdd, Op::SinTurns, Op::SinTurnsMulAdd, 0, true},
    Fusion{Op::SinTurnsMulAdd, Op::MulAdd, Op::SinTurnsWave},
    Fusion{Op::HsvToRgb, Op::MulAdd, Op::HsvWaveToRgb},
    Fusion{Op::HsvToRgb, Op::Add, Op::HsvSumToRgb},
    Fusion{Op::Add, Op::Add, Op::AddThree, 0, true},
    Fusion{Op::AddThree, Op::AddThree, Op::AddFive, 0, true},
    Fusion{Op::MulAdd, Op::Multiply, Op::MultiplyMulAdd, 0, true},
    Fusion{Op::Multiply, Op::Multiply, Op::MultiplyThree, 0, true},
};

/// Of two arguments that may change places, where the field is to stand that the kernels take beside uniforms.
struct Commutes {
  Op op;
  std::size_t field_at;
};
constexpr std::array kCommutes{Commutes{Op::SinTurnsWave, 1}, Commutes{Op::HsvWaveToRgb, 1},
                               Commutes{Op::HsvSumToRgb, 0}, Commutes{Op::MultiplyMulAdd, 0}};

/// How the values of a program hang together, as long as no node is changed.
struct Uses {
  Uses(const std::vector<Node>& nodes, const FieldProgram& program)
      : counts(count_uses(nodes, program)), makers(find_makers(nodes, program.values)) {}

  /// The node that makes `operand`, if it is of that op and nobody else wants it, or may.
  std::uint32_t sole_maker(const std::vector<Node>& nodes, const Operand& operand, Op op, bool shared = false) const {
    if (!is_value(operand) || (counts[operand.index] != 1 && !shared)) return kNoValue;
    const std::uint32_t maker = makers[operand.index];
    return nodes[maker].op == op ? maker : kNoValue;
  }

  std::vector<std::uint32_t> counts, makers;
};

void fuse(std::vector<Node>& nodes, const FieldProgram& program, const Fusion& fusion) {
  remove_dead(nodes, program);  // what was taken in before must not count as a use
  const Uses uses(nodes, program);
  for (Node& outer : nodes) {
    if (outer.op != fusion.outer) continue;
    for (std::size_t side = fusion.side; side < (fusion.either ? 2 : fusion.side + 1); ++side) {
      const std::uint32_t maker = uses.sole_maker(nodes, outer.args[side], fusion.inner, fusion.shared);
      if (maker == kNoValue) continue;
      const Node& inner = nodes[maker];
      std::array<Operand, kernels::kMaximumArity> args = inner.args;
      std::size_t arity = inner.arity;
      for (std::size_t i = 0; i < outer.arity; ++i) {
        if (i != side) args[arity++] = outer.args[i];
      }
      outer.op = fusion.fused;
      outer.arity = static_cast<std::uint8_t>(arity);
      outer.args = args;
      break;
    }
  }
}

/// A product or sum of a field and a uniform begins with the one that the kernels want there: the same bits.
void put_fields_in_place(std::vector<Node>& nodes) {
  for (Node& node : nodes) {
    for (const Commutes& commutes : kCommutes) {
      if (node.op != commutes.op) continue;
      Operand &wanted = node.args[commutes.field_at], &other = node.args[1 - commutes.field_at];
      if (wanted.source == Source::Uniform && other.source != Source::Uniform) std::swap(wanted, other);
    }
  }
}

/// (b - a) * t + a -> mix(a, b, t): a value on its way to another, as a lag has it.
void fuse_mix(std::vector<Node>& nodes, const FieldProgram& program) {
  remove_dead(nodes, program);
  const Uses uses(nodes, program);
  for (Node& sum : nodes) {
    if (sum.op != Op::MulAdd) continue;
    for (std::size_t side = 0; side < 2; ++side) {
      const std::uint32_t maker = uses.sole_maker(nodes, sum.args[side], Op::Subtract);
      if (maker == kNoValue || nodes[maker].args[1] != sum.args[2]) continue;
      const Operand a = sum.args[2], b = nodes[maker].args[0], t = sum.args[1 - side];
      sum.op = Op::Mix;
      sum.args = {a, b, t};
      break;
    }
  }
}

void fuse_all(std::vector<Node>& nodes, const FieldProgram& program) {
  for (const Fusion& fusion : kFusions) {
    fuse(nodes, program, fusion);
    if (fusion.fused == Op::MulSubtract) fuse_mix(nodes, program);  // before a part of it goes elsewhere
  }
}

struct Polar {
  Op both, fused;
};
constexpr std::array kPolars{Polar{Op::SinCos, Op::SinCosMulAdd}, Polar{Op::SinCosTurns, Op::SinCosTurnsMulAdd}};

/// Where sine and cosine are each wanted by one MulAdd only, with one and the same factor.
class PolarFusion {
 public:
  PolarFusion(std::vector<Node>& nodes, const FieldProgram& program) : nodes_(nodes), uses_(nodes, program) {}

  void run(const Polar& polar) {
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
      if (nodes_[n].op != Op::MulAdd) continue;
      for (std::size_t side = 0; side < 2; ++side) {
        const std::uint32_t maker = uses_.sole_maker(nodes_, nodes_[n].args[side], polar.both);
        if (maker == kNoValue) continue;
        take(polar, maker, n, side);
        break;
      }
    }
  }

 private:
  struct First {
    std::uint32_t node = kNoValue;
    std::size_t side = 0;
  };

  /// The second of the two finds the first one waiting; the pair takes the first one's place, if all is known there.
  void take(const Polar& polar, std::uint32_t maker, std::uint32_t node, std::size_t side) {
    waiting_.resize(nodes_.size());
    First& first = waiting_[maker];
    if (first.node == kNoValue) {
      first = {node, side};
      return;
    }
    Node& one = nodes_[first.node];
    Node& two = nodes_[node];
    const Operand factor = one.args[1 - first.side], addend = two.args[2];
    if (factor != two.args[1 - side]) return;
    if (is_value(addend) && uses_.makers[addend.index] >= first.node) return;
    const bool sine_first = one.args[first.side].index == nodes_[maker].values[0];
    one.args = {nodes_[maker].args[0], factor, sine_first ? one.args[2] : addend, sine_first ? addend : one.args[2]};
    one.values = {sine_first ? one.values[0] : two.values[0], sine_first ? two.values[0] : one.values[0], kNoValue,
                  kNoValue};
    one.op = polar.fused;
    one.arity = 4;
    one.results = 2;
    two.results = 0;  // nobody's maker any more: remove_dead takes it
    two.values = {kNoValue, kNoValue, kNoValue, kNoValue};
  }

  std::vector<Node>& nodes_;
  Uses uses_;
  std::vector<First> waiting_;  // by the node that makes sine and cosine
};

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

std::uint32_t optimise(std::vector<Node>& nodes, const FieldProgram& program) {
  for (const SinePair& pair : kSinePairs) fuse_pair(nodes, pair);
  fuse_all(nodes, program);
  remove_dead(nodes, program);
  for (const Polar& polar : kPolars) PolarFusion(nodes, program).run(polar);
  remove_dead(nodes, program);
  put_fields_in_place(nodes);
  return share_keys(nodes, program.values);
}

}  // namespace oscilla::exec
