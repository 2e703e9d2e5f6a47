#include "exec/scalar.hpp"

#include <cmath>

namespace oscilla::exec {
namespace {

/// What a state holds of its next value: nothing that is not finite, and nothing so small that only a processor's slow
/// path knows it (docs/architecture.md: no flag of the processor says so).
double as_stored(double x, std::uint32_t& replaced) {
  constexpr double kLeast = 1e-30;
  const bool finite = x - x == 0;
  replaced += finite ? 0 : 1;
  return finite && !(std::abs(x) < kLeast) ? x : 0;
}

}  // namespace

void run_scalars(std::span<const ScalarCode> code, std::span<double> slots, std::uint32_t* zero_divisor) {
  for (const ScalarCode& instr : code) {
    double args[kernels::kMaximumArity];
    double results[kernels::kMaximumResults];
    for (std::size_t i = 0; i < instr.arity; ++i) args[i] = slots[instr.arg_slots[i]];
    instr.run(args, results, zero_divisor);
    for (std::size_t k = 0; k < instr.results; ++k) slots[instr.result_slots[k]] = results[k];
  }
}

std::uint32_t commit_states(std::span<const CommitCode> code, std::span<double> slots, double* scratch) {
  std::uint32_t replaced = 0;
  for (std::size_t i = 0; i < code.size(); ++i) scratch[i] = as_stored(slots[code[i].from], replaced);
  for (std::size_t i = 0; i < code.size(); ++i) slots[code[i].to] = scratch[i];
  return replaced;
}

}  // namespace oscilla::exec
