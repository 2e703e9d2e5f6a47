#include "exec/scalar.hpp"

namespace oscilla::exec {

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
  for (std::size_t i = 0; i < code.size(); ++i) {
    const double next = slots[code[i].from];
    const bool finite = next - next == 0;
    replaced += finite ? 0 : 1;
    scratch[i] = finite ? next : 0;
  }
  for (std::size_t i = 0; i < code.size(); ++i) slots[code[i].to] = scratch[i];
  return replaced;
}

}  // namespace oscilla::exec
