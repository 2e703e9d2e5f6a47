// Gives every value a register. In: nodes in order and the values that live to the end. Out: a register per value; two
// values that live at the same time never share one. A result may take the register of an argument that is read for the
// last time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "exec/optimise.hpp"

namespace oscilla::exec {

struct Allocation {
  std::vector<std::uint32_t> register_of;  ///< by value; kNoValue where the value does not exist
  std::vector<std::array<std::uint16_t, kernels::kMaximumResults>> results;  ///< by node, also for results nobody reads
  std::uint32_t registers = 0;
};

/// Linear scan over straight-line code: one live range per value, the lowest free register first.
Allocation allocate_registers(std::span<const Node> nodes, std::span<const std::uint32_t> live_at_end,
                              std::uint32_t values);

}  // namespace oscilla::exec
