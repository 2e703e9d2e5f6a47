// Runs scalar instructions on 64-bit slots, and lets scalar states take their next values. In: linked code, slots. Out:
// slots. Nothing is allocated here.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "kernels/kernel_table.hpp"

namespace oscilla::exec {

/// A scalar instruction with its kernel. Results that nobody needs go to the slot after the program's last.
struct ScalarCode {
  kernels::ScalarKernel run = nullptr;
  std::uint8_t results = 0;
  std::uint8_t arity = 0;
  std::array<std::uint32_t, kernels::kMaximumResults> result_slots{};
  std::array<std::uint32_t, kernels::kMaximumArity> arg_slots{};
};

/// slots[to] takes slots[from] when the tick ends.
struct CommitCode {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

void run_scalars(std::span<const ScalarCode> code, std::span<double> slots, std::uint32_t* zero_divisor);

/// All at once: no state sees another's next value. What is not finite, or below 1e-30, becomes 0; returns how many
/// were not finite. `scratch` has room for one number per entry.
std::uint32_t commit_states(std::span<const CommitCode> code, std::span<double> slots, double* scratch);

}  // namespace oscilla::exec
