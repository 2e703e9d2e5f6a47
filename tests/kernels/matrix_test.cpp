// Every op x block length x ISA level x mask of uniform arguments gives the bits that the plain C++ level gives.
#include <gtest/gtest.h>

#include <string>

#include "block_fixture.hpp"

namespace oscilla::kernels {
namespace {

std::vector<std::uint32_t> block_lengths() {
  std::vector<std::uint32_t> lengths;
  for (std::uint32_t n = 1; n <= 33; ++n) lengths.push_back(n);
  for (const std::uint32_t n : {255u, 256u, 257u}) lengths.push_back(n);
  return lengths;
}

/// What the plain level computes, every uniform spread over its lanes.
struct Expected {
  BlockRun run;
  std::uint32_t zero_divisor;
};

Expected expected_of(Op op, std::uint32_t lanes, std::uint32_t mask, std::uint32_t salt) {
  Expected expected = {BlockRun(op, lanes), 0};
  for (std::uint32_t k = 0; k < row_of(op).arity; ++k) {
    const std::vector<float> values = awkward_values(lanes, salt + k);
    const bool uniform = mask >> k & 1;
    expected.run.set_argument(k, uniform ? std::vector<float>(lanes, values[0]) : values);
  }
  expected.zero_divisor = expected.run.run(block_kernel(Isa::Scalar, op, 0), 4096);
  return expected;
}

void check(Isa isa, Op op, std::uint32_t lanes, std::uint32_t mask, std::uint32_t salt) {
  const OpRow& row = row_of(op);
  const BlockKernel kernel = block_kernel(isa, op, mask);
  if (!kernel) return;
  const Expected expected = expected_of(op, lanes, mask, salt);
  BlockRun actual(op, lanes);
  for (std::uint32_t k = 0; k < row.arity; ++k) {
    const std::vector<float> values = awkward_values(lanes, salt + k);
    mask >> k & 1 ? actual.set_uniform(k, values[0]) : actual.set_argument(k, values);
  }
  const std::uint32_t zero_divisor = actual.run(kernel, 4096);
  EXPECT_EQ(zero_divisor, expected.zero_divisor);
  for (std::uint32_t k = 0; k < row.results; ++k) {
    for (std::uint32_t i = 0; i < lanes; ++i) {
      const float want = expected.run.result(k)[i], got = actual.result(k)[i];
      ASSERT_EQ(canonical_bits(got), canonical_bits(want))
          << row.name << " on " << name_of(isa) << ", mask " << mask << ", " << lanes << " lanes, result " << k
          << ", lane " << i << ": " << got << " instead of " << want;
    }
  }
}

TEST(KernelMatrix, AllLevelsGiveTheSameBits) {
  for (const Isa isa : available_isas()) {
    for (const OpRow& row : op_rows()) {
      std::uint32_t salt = 1;
      for (const std::uint32_t lanes : block_lengths()) {
        for (std::uint32_t mask = 0; mask < 32; ++mask) check(isa, row.op, lanes, mask, salt += 7);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(KernelMatrix, LongBlocksOfAwkwardNumbers) {
  for (const Isa isa : available_isas()) {
    for (const OpRow& row : op_rows()) {
      for (std::uint32_t salt = 1000; salt < 1010; ++salt) check(isa, row.op, 4096, 0, salt);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(KernelMatrix, ResultMayTakeAnArgumentsPlace) {
  for (const Isa isa : available_isas()) {
    for (const OpRow& row : op_rows()) {
      for (std::uint16_t k = 0; row.results == 1 && k < row.arity; ++k) {
        const Expected expected = expected_of(row.op, 100, 0, 77);
        BlockRun actual(row.op, 100);
        for (std::uint32_t j = 0; j < row.arity; ++j) actual.set_argument(j, awkward_values(100, 77 + j));
        actual.store_in_place_of(k);
        actual.run(block_kernel(isa, row.op, 0), 4096);
        for (std::uint32_t i = 0; i < 100; ++i) {
          ASSERT_EQ(canonical_bits(actual.argument(k)[i]), canonical_bits(expected.run.result(0)[i])) << row.name;
        }
      }
    }
  }
}

TEST(KernelMatrix, EveryMaskOfThreeArgumentsButTheLastHasAKernel) {
  for (const Isa isa : available_isas()) {
    for (const OpRow& row : op_rows()) {
      EXPECT_NE(block_kernel(isa, row.op, 0), nullptr) << row.name;
      if (row.arity > 3) continue;
      for (std::uint32_t mask = 1; mask < 16; ++mask) {
        EXPECT_EQ(block_kernel(isa, row.op, mask) != nullptr, mask + 1 < 1u << row.arity) << row.name << " " << mask;
      }
    }
  }
}

TEST(KernelMatrix, ScalarKernelExistsForEveryRow) {
  for (const OpRow& row : op_rows()) EXPECT_NE(scalar_kernel(row.op), nullptr) << row.name;
}

TEST(ZeroDivisor, RaisedByLanesThatCountOnly) {
  for (const Isa isa : available_isas()) {
    for (const Op op : {Op::Divide, Op::Modulo}) {
      for (std::uint32_t lanes = 1; lanes < 40; ++lanes) {
        BlockRun run(op, lanes);  // the padding is zero: it divides by zero
        for (std::uint32_t i = 0; i < lanes; ++i) run.argument(0)[i] = run.argument(1)[i] = 3;
        EXPECT_EQ(run.run(block_kernel(isa, op, 0)), 0u);
        run.argument(1)[lanes - 1] = -0.0f;
        EXPECT_EQ(run.run(block_kernel(isa, op, 0)), 1u);
        EXPECT_EQ(run.result(0)[lanes - 1], 0.0f);
      }
    }
  }
}

TEST(IsaNames, ReadBack) {
  for (const Isa isa : {Isa::Scalar, Isa::Sse2, Isa::Avx2, Isa::Avx512, Isa::Wasm}) {
    EXPECT_EQ(isa_of_name(name_of(isa)), isa);
  }
  EXPECT_EQ(isa_of_name("neon"), std::nullopt);
  EXPECT_EQ(available_isas().back(), best_isa());
}

}  // namespace
}  // namespace oscilla::kernels
