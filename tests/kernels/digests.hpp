// One number for everything that an op computes, over a fixed set of awkward and ordinary arguments: equal on every
// compiler, processor and ISA level, in Debug and Release, and in WebAssembly.
#pragma once

#include "block_fixture.hpp"

namespace oscilla::kernels {

/// FNV-1a over words.
class WordDigest {
 public:
  void add(std::uint32_t word) {
    for (int byte = 0; byte < 4; ++byte) value_ = (value_ ^ (word >> (8 * byte) & 0xff)) * 0x100000001b3u;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

inline std::uint64_t digest_of_lanes(Isa isa, Op op) {
  constexpr std::uint32_t kLanes = 4096;
  const OpRow& row = row_of(op);
  BlockRun run(op, kLanes);
  for (std::uint32_t k = 0; k < row.arity; ++k) run.set_argument(k, awkward_values(kLanes, 31 + k));
  run.run(block_kernel(isa, op, 0), 12288);
  WordDigest digest;
  for (std::uint32_t k = 0; k < row.results; ++k) {
    for (std::uint32_t i = 0; i < kLanes; ++i) digest.add(canonical_bits(run.result(k)[i]));
  }
  return digest.value();
}

/// Arguments with all 53 bits in use: a lane's value times a number near 1.
inline std::uint64_t digest_of_scalars(Op op) {
  constexpr std::uint32_t kCount = 4096;
  const OpRow& row = row_of(op);
  std::vector<std::vector<float>> columns;
  for (std::uint32_t k = 0; k < row.arity; ++k) columns.push_back(awkward_values(kCount, 31 + k));
  WordDigest digest;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    double args[kMaximumArity] = {}, results[kMaximumResults] = {};
    for (std::uint32_t k = 0; k < row.arity; ++k)
      args[k] = double(columns[k][i]) * (1.0 + (i % 3) * 0x1.23456789abcdep-20);
    std::uint32_t zero_divisor = 0;
    scalar_kernel(op)(args, results, &zero_divisor);
    digest.add(zero_divisor);
    for (std::uint32_t k = 0; k < row.results; ++k) {
      const std::uint64_t bits =
          results[k] != results[k] ? 0x7ff8000000000000u : std::bit_cast<std::uint64_t>(results[k]);
      digest.add(static_cast<std::uint32_t>(bits));
      digest.add(static_cast<std::uint32_t>(bits >> 32));
    }
  }
  return digest.value();
}

}  // namespace oscilla::kernels
