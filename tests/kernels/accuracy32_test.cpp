// How far the 32-bit functions are from the truth, in units in the last place (ulp) of the true value. These bounds are
// the table of docs/accuracy.md; OSCILLA_FULL=1 looks at every float and prints what was measured.
#include <gtest/gtest.h>

#include <algorithm>

#include "accuracy_report.hpp"
#include "block_fixture.hpp"

namespace oscilla::kernels {
namespace {

// Against the 64-bit functions of the C library.
struct Claim32 {
  Op op;
  double low, high;       // of |x|
  double ulps, absolute;  // one of the two bounds holds for every x
  double (*truth)(double);
  bool positive_only = false;
};

double ulp_of_float(double truth) {
  if (truth == 0) return 0x1p-149;
  return std::max(std::ldexp(1.0, std::ilogb(truth) - 23), 0x1p-149);
}

constexpr double kTau = 6.283185307179586476925;
/// Folded into the first quarter, exactly, so that multiples of a quarter are 0 and 1 to the bit.
double turn_sine(double x) {
  const double y = x - std::nearbyint(x);
  return std::sin(kTau * (std::fabs(y) > 0.25 ? std::copysign(0.5, y) - y : y));
}
double turn_cosine(double x) {
  const double y = std::fabs(x - std::nearbyint(x));
  return y < 0.125 ? std::cos(kTau * y) : std::sin(kTau * (0.25 - y));
}

const Claim32 kClaims32[] = {
    {Op::Sin, 0, 16777216, 1.6, 0, std::sin},
    {Op::Cos, 0, 16777216, 1.6, 0, std::cos},
    {Op::Sin, 16777216, 0x1.fffffep49, 1.6, 2e-7, std::sin},
    {Op::Cos, 16777216, 0x1.fffffep49, 1.6, 2e-7, std::cos},
    {Op::Tan, 0, 16777216, 3.5, 0, std::tan},
    {Op::SinTurns, 0, 3.4028235e38, 2.1, 0, turn_sine},
    {Op::CosTurns, 0, 3.4028235e38, 2.1, 0, turn_cosine},
    {Op::Exp, 0, 104, 1, 0, std::exp},
    {Op::Exp2, 0, 150, 1.1, 0, std::exp2},
    {Op::Log, 0, 3.4028235e38, 1, 0, std::log, true},
    {Op::Log2, 0, 3.4028235e38, 1.5, 0, std::log2, true},
    {Op::Sqrt, 0, 3.4028235e38, 0.501, 0, std::sqrt, true},
    {Op::Asin, 0, 1, 2.5, 0, std::asin},
    {Op::Acos, 0, 1, 1.5, 0, std::acos},
    {Op::Atan, 0, 3.4028235e38, 2.1, 0, std::atan},
};

/// Goes through floats in blocks and keeps the worst.
class Sweep32 {
 public:
  explicit Sweep32(const Claim32& claim) : claim_(claim), kernel_(block_kernel(best_isa(), claim.op, 0)) {}

  void run(std::uint32_t stride) {
    const std::uint32_t first = std::bit_cast<std::uint32_t>(static_cast<float>(claim_.low));
    const std::uint32_t last = std::bit_cast<std::uint32_t>(static_cast<float>(claim_.high));
    for (std::uint64_t bits = first; bits <= last; bits += stride) {
      add(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
      if (!claim_.positive_only) add(-std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    }
    flush();
    report(row_of(claim_.op).name, "32", claim_.low, claim_.high, worst_ulps_, worst_absolute_, worst_at_);
    EXPECT_EQ(failures_, 0u) << row_of(claim_.op).name << ": " << worst_ulps_ << " ulp, absolute " << worst_absolute_
                             << " at " << worst_at_;
  }

 private:
  static constexpr std::uint32_t kLanes = 256;

  void add(float x) {
    block_.argument(0)[filled_++] = x;
    if (filled_ == kLanes) flush();
  }
  void flush() {
    for (std::uint32_t i = filled_; i < kLanes; ++i) block_.argument(0)[i] = 1.0f;
    block_.run(kernel_);
    for (std::uint32_t i = 0; i < filled_; ++i) look(block_.argument(0)[i], block_.result(0)[i]);
    filled_ = 0;
  }
  void look(float x, float got) {
    const double truth = claim_.truth(x);
    if (std::isinf(static_cast<float>(truth)) && static_cast<double>(got) == static_cast<float>(truth)) return;
    const double error = std::fabs(got - truth), ulps = error / ulp_of_float(truth);
    if (!(ulps <= claim_.ulps) && !(error <= claim_.absolute)) ++failures_;
    worst_absolute_ = std::max(worst_absolute_, error);
    if (!(ulps <= worst_ulps_)) worst_ulps_ = ulps, worst_at_ = x;
  }

  Claim32 claim_;
  BlockKernel kernel_;
  BlockRun block_{claim_.op, kLanes};
  std::uint32_t filled_ = 0, failures_ = 0;
  double worst_ulps_ = 0, worst_absolute_ = 0, worst_at_ = 0;
};

TEST(Accuracy32, OneArgument) {
  for (const Claim32& claim : kClaims32) Sweep32(claim).run(full() ? 1 : 8191);
}

/// Two arguments: a grid of awkward and ordinary pairs.
struct Claim32Pair {
  Op op;
  double low, high;
  double ulps;
  double (*truth)(double, double);
  bool first_positive = false;
};

const Claim32Pair kClaims32Pair[] = {
    {Op::Pow, 0.001, 1000, 0.8, std::pow, true},
    {Op::Hypot, 1e-40, 3e38, 0.51, std::hypot},
    {Op::Atan2, 1e-30, 1e30, 2, std::atan2},
};

TEST(Accuracy32, TwoArguments) {
  for (const Claim32Pair& claim : kClaims32Pair) {
    BlockRun block(claim.op, 256);
    std::uint64_t state = 88172645463325252u;
    double worst = 0, absolute = 0, at = 0;
    for (int round = 0; round < (full() ? 200000 : 4000); ++round) {
      for (int i = 0; i < 512; ++i) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        const double unit = static_cast<double>(state >> 11) * 0x1p-53;
        const double magnitude = claim.low * std::pow(claim.high / claim.low, unit);
        const bool negative = (state & 1) && !(claim.first_positive && i < 256);
        block.argument(i / 256)[i % 256] = static_cast<float>(negative ? -magnitude : magnitude);
      }
      block.run(block_kernel(best_isa(), claim.op, 0));
      for (int i = 0; i < 256; ++i) {
        const double truth = claim.truth(block.argument(0)[i], block.argument(1)[i]), got = block.result(0)[i];
        if (std::isinf(static_cast<float>(truth)) && got == static_cast<float>(truth)) continue;
        const double error = std::fabs(got - truth);
        absolute = std::max(absolute, error);
        if (!(error / ulp_of_float(truth) <= worst)) worst = error / ulp_of_float(truth), at = block.argument(0)[i];
      }
    }
    report(row_of(claim.op).name, "32", claim.low, claim.high, worst, absolute, at);
    EXPECT_LE(worst, claim.ulps) << row_of(claim.op).name << " at " << at;
  }
}

}  // namespace
}  // namespace oscilla::kernels
