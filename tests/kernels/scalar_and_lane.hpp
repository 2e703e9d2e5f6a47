// An op on one value: as a 64-bit scalar, or as one 32-bit lane of the best ISA level.
#pragma once

#include <initializer_list>

#include "block_fixture.hpp"

namespace oscilla::kernels {

inline double scalar(Op op, std::initializer_list<double> args, std::size_t result = 0) {
  double results[kMaximumResults] = {};
  std::uint32_t zero_divisor = 0;
  scalar_kernel(op)(args.begin(), results, &zero_divisor);
  return results[result];
}

inline float lane(Op op, std::initializer_list<float> args, std::size_t result = 0) {
  BlockRun run(op, 1);
  std::size_t k = 0;
  for (const float arg : args) run.argument(k++)[0] = arg;
  run.run(block_kernel(best_isa(), op, 0));
  return run.result(result)[0];
}

inline float bits_as_float(std::uint32_t bits) { return std::bit_cast<float>(bits); }

}  // namespace oscilla::kernels
