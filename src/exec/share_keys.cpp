#include "exec/share_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace oscilla::exec {
namespace {

using ir::Operand;
using ir::Source;
using kernels::Op;

struct Hash {
  Op of_number, of_key;
};
constexpr std::array kHashes{Hash{Op::HashMix, Op::HashRound}, Hash{Op::HashMixUnit, Op::HashRoundUnit},
                             Hash{Op::HashMixScale, Op::HashRoundScale}, Hash{Op::HashMixOffset, Op::HashRoundOffset}};

const Hash* hash_of(const Node& node) {
  const auto found = std::ranges::find(kHashes, node.op, &Hash::of_number);
  return found != kHashes.end() && node.args[1].source != Source::Uniform ? &*found : nullptr;
}

}  // namespace

std::uint32_t share_keys(std::vector<Node>& nodes, std::uint32_t values) {
  std::vector<Operand> hashed;
  for (const Node& node : nodes)
    if (hash_of(node) != nullptr) hashed.push_back(node.args[1]);
  std::ranges::sort(hashed);
  std::vector<std::uint32_t> keys(hashed.size(), kNoValue);  // by the first place of the field among those
  std::vector<Node> out;
  for (Node& node : nodes) {
    const Hash* const hash = hash_of(node);
    const auto same = hash != nullptr ? std::ranges::equal_range(hashed, node.args[1]) : std::ranges::subrange(hashed);
    if (hash == nullptr || same.size() < 2) {
      out.push_back(node);
      continue;
    }
    std::uint32_t& key = keys[static_cast<std::size_t>(same.begin() - hashed.begin())];
    if (key == kNoValue) {
      key = values++;
      Node& maker = out.emplace_back(Node{.op = Op::HashKey, .results = 1, .arity = 1});
      maker.values[0] = key;
      maker.args[0] = node.args[1];
    }
    node.op = hash->of_key;
    node.args[1] = {Source::Value, ir::Base::Bits, 0, key};
    out.push_back(node);
  }
  nodes = std::move(out);
  return values;
}

}  // namespace oscilla::exec
