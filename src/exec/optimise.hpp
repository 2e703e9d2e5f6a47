// A field program as a list of nodes that passes may change before registers are given out. In: a validated
// FieldProgram. Out: nodes in an order where values come before their uses. optimise() changes instructions, never a
// bit of a stored value.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::exec {

inline constexpr std::uint32_t kNoValue = ~0u;

/// results[k] = op(args); unlike in a FieldProgram the results need not be neighbours, and one may be missing.
struct Node {
  kernels::Op op{};
  std::uint8_t results = 0;
  std::uint8_t arity = 0;
  std::array<std::uint32_t, kernels::kMaximumResults> values{kNoValue, kNoValue, kNoValue, kNoValue};
  std::array<ir::Operand, kernels::kMaximumArity> args{};
  ir::Operand from{};  ///< of Gather
};

std::vector<Node> nodes_of(const ir::FieldProgram& program);

/// Drops every node of which no result reaches a store.
void remove_dead(std::vector<Node>& nodes, const ir::FieldProgram& program);

/// Returns how many values there are then: some may be new. Sine and cosine of one argument become one op, likewise two
/// or three ops of which only the last is wanted, where a kernel does them at once: sums and products, a hash as a
/// number, a value on its way to another, a place on a circle. What several hashes have in common is done once.
std::uint32_t optimise(std::vector<Node>& nodes, const ir::FieldProgram& program);

}  // namespace oscilla::exec
