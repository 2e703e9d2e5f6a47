// Runs one kernel on one block: planes of arguments in, planes of results out. Shared by the kernel tests.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/buffer.hpp"
#include "kernels/kernel_table.hpp"

namespace oscilla::kernels {

/// Numbers that go wrong first, then ordinary ones; `count` of them, another order for every salt.
inline std::vector<float> awkward_values(std::size_t count, std::uint32_t salt) {
  static const float kSpecial[] = {0.0f,       -0.0f,       1.0f,        -1.0f,       0.5f,    -0.5f,    0.49999997f,
                                   1.5f,       2.5f,        -2.5f,       3.0f,        0.25f,   1e-30f,   -1e-30f,
                                   1e-40f,     -1e-45f,     1e30f,       -1e30f,      3.4e38f, -3.4e38f, 8388607.5f,
                                   8388608.0f, -8388609.0f, 4194304.5f,  16777216.0f, 1e9f,    -1e12f,   0.1f,
                                   0.7071f,    88.7f,       -103.9f,     127.0f,      -149.0f, -150.5f,  1.1754944e-38f,
                                   6.2831853f, 1.5707964f,  -3.1415927f, 1e15f,       2e15f,   INFINITY, -INFINITY,
                                   NAN,        -NAN};
  std::vector<float> values(count);
  std::uint32_t state = salt * 2654435761u + 12345u;
  for (float& value : values) {
    state = state * 1664525u + 1013904223u;
    const std::uint32_t pick = state >> 8;
    if (pick % 3 == 0) {
      value = kSpecial[pick / 3 % std::size(kSpecial)];
    } else if (pick % 3 == 1) {
      value = static_cast<float>(pick / 3 % 20001) / 1000.0f - 10.0f;
    } else {
      state = state * 1664525u + 1013904223u;
      value = std::bit_cast<float>(state ^ (pick << 3));
    }
  }
  return values;
}

/// One representation for all that are not a number: the only freedom that processors have.
inline std::uint32_t canonical_bits(float x) { return x != x ? 0x7fc00000u : std::bit_cast<std::uint32_t>(x); }

/// Argument and result planes of one block.
class BlockRun {
 public:
  BlockRun(Op op, std::uint32_t lanes) : row_(row_of(op)), lanes_(lanes) {
    for (std::uint32_t k = 0; k < row_.arity + row_.results; ++k) {
      planes_.emplace_back(lanes + 2 * kLanePadding);
      pointers_.push_back(planes_.back().data());
    }
    uniforms_.resize(row_.arity);
    source_values_ = awkward_values(37, 4711);
    source_ = {source_values_.data(), 37};
    for (std::uint16_t k = 0; k < row_.arity; ++k) instr_.args[k] = k;
    for (std::uint16_t k = 0; k < row_.results; ++k) instr_.results[k] = static_cast<std::uint16_t>(row_.arity + k);
  }

  float* argument(std::size_t k) { return pointers_[k]; }
  const float* result(std::size_t k) const { return pointers_[row_.arity + k]; }
  void set_argument(std::size_t k, const std::vector<float>& values) {
    for (std::uint32_t i = 0; i < lanes_; ++i) pointers_[k][i] = values[i];
  }
  void set_uniform(std::size_t k, float value) { uniforms_[k] = std::bit_cast<std::uint32_t>(value); }
  /// The result takes argument k's place.
  void store_in_place_of(std::uint16_t k) { instr_.results[0] = k; }

  /// Returns the zero-divisor flag.
  std::uint32_t run(BlockKernel kernel, std::uint32_t first_lane = 0) {
    std::uint32_t zero_divisor = 0;
    const BlockContext context = {pointers_.data(), uniforms_.data(), first_lane, lanes_, &zero_divisor, &source_};
    instr_.run = kernel;
    kernel(instr_, context);
    return zero_divisor;
  }

 private:
  const OpRow& row_;
  std::uint32_t lanes_;
  std::vector<AlignedBuffer<float>> planes_;
  std::vector<float*> pointers_;
  std::vector<std::uint32_t> uniforms_;
  std::vector<float> source_values_;  // what Gather reads
  GatherSource source_;
  BlockInstr instr_;
};

}  // namespace oscilla::kernels
