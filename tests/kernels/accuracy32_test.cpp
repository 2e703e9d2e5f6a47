// How far the 32-bit functions are from the truth, in units in the last place (ulp) of the true value or absolutely.
// These bounds are the tables of docs/accuracy.md. What is not a number must come out as such. OSCILLA_FULL=1 looks at
// every float there is and prints what was measured; --gtest_filter='Accuracy*/exp' at one function.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <ostream>
#include <string>
#include <thread>

#include "accuracy_report.hpp"
#include "block_fixture.hpp"

namespace oscilla::kernels {
namespace {

using Truth1 = double (*)(double);

/// One of the bounds holds for every x with low <= |x| <= high. `angle`: as if the argument were wrong by so much (for
/// tangents, |error| <= angle * (1 + truth^2)). `period`: what a whole number of periods is off counts as right.
struct Claim32 {
  Op op;
  double low, high;
  double ulps, absolute;
  Truth1 truth;
  double angle = 0, period = 0;
};

constexpr double kAll = INFINITY;  // and all that is not a number

double ulp_of_float(double truth) {
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(truth) >> 52 & 0x7ff;
  return exponent < 1023 - 126 ? 0x1p-149 : std::bit_cast<double>((exponent - 23) << 52);
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
double turn_tangent(double x) { return turn_sine(x) / turn_cosine(x); }
double zero(double x) { return x - x; }
double one(double x) { return x - x + 1; }

/// The same row in 64 bits, for what has no other name.
template <Op op>
double in_64(double x) {
  double result = 0;
  std::uint32_t zero_divisor = 0;
  scalar_kernel(op)(&x, &result, &zero_divisor);
  return result;
}

const Claim32 kFunctions[] = {
    {Op::Sin, 0, 0x1p24, 1.6, 0, std::sin},
    {Op::Cos, 0, 0x1p24, 1.6, 0, std::cos},
    {Op::Tan, 0, 0x1p24, 3.7, 0, std::tan},
    {Op::Sin, 0x1p24, 0x1.fffffep49, 1.6, 2e-7, std::sin},
    {Op::Cos, 0x1p24, 0x1.fffffep49, 1.6, 2e-7, std::cos},
    {Op::Tan, 0x1p24, 0x1.fffffep49, 3.7, 0, std::tan, 2e-7},
    {Op::Sin, 0x1p50, kAll, 0, 0, zero},
    {Op::Cos, 0x1p50, kAll, 0, 0, one},
    {Op::Tan, 0x1p50, kAll, 0, 0, zero},
    {Op::SinTurns, 0, kAll, 2.2, 0, turn_sine},
    {Op::CosTurns, 0, kAll, 2.1, 0, turn_cosine},
    {Op::OscTan, 0, kAll, 4.5, 0, turn_tangent},
    {Op::Exp, 0, kAll, 1, 0, std::exp},
    {Op::Exp2, 0, kAll, 1.1, 0, std::exp2},
    {Op::Log, 0, kAll, 1, 0, std::log},
    {Op::Log2, 0, kAll, 1.5, 0, std::log2},
    {Op::Sqrt, 0, kAll, 0.501, 0, std::sqrt},
    {Op::Asin, 0, kAll, 2.5, 0, std::asin},
    {Op::Acos, 0, kAll, 1.5, 0, std::acos},
    {Op::Atan, 0, kAll, 2.1, 0, std::atan},
    {Op::Fract, 0, kAll, 0, 6e-8, in_64<Op::Fract>, 0, 1},
    {Op::Wrap, 0, kAll, 0, 6e-8, in_64<Op::Wrap>, 0, 1},
    {Op::Triangle, 0, kAll, 0, 2.5e-7, in_64<Op::Triangle>},
    {Op::Sawtooth, 0, kAll, 0, 1.2e-7, in_64<Op::Sawtooth>, 0, 2},
};

/// A curve is flat outside 0 .. 1: there every float is looked at by the kernel matrix, here by steps.
#define CURVE(name, absolute) {Op::name, 0, 1, 0, absolute, in_64<Op::name>}
#define CURVES(family, absolute) \
  CURVE(EaseIn##family, absolute), CURVE(EaseOut##family, absolute), CURVE(EaseInOut##family, absolute)
const Claim32 kCurves[] = {CURVES(Quad, 1.2e-7),    CURVES(Cubic, 1.8e-7), CURVES(Quart, 2.4e-7), CURVES(Quint, 3e-7),
                           CURVES(Sine, 1.3e-7),    CURVES(Expo, 6e-7),    CURVES(Circ, 2.5e-7),  CURVES(Back, 4e-7),
                           CURVES(Elastic, 1.2e-6), CURVES(Bounce, 1.2e-6)};
#undef CURVES
#undef CURVE

/// The worst of a claim, over all threads that looked.
struct Worst {
  double ulps = 0, absolute = 0, at = 0;
  std::uint64_t failures = 0;
  double first_failure = 0;

  void join(const Worst& other) {
    if (other.ulps > ulps) ulps = other.ulps, at = other.at;
    absolute = std::max(absolute, other.absolute);
    if (other.failures != 0 && failures == 0) first_failure = other.first_failure;
    failures += other.failures;
  }
};

/// Goes through floats in blocks and keeps the worst.
class Sweep32 {
 public:
  explicit Sweep32(const Claim32& claim) : claim_(claim), kernel_(block_kernel(best_isa(), claim.op, 0)) {}

  Worst run(std::uint64_t first, std::uint64_t last, std::uint64_t stride) {
    for (std::uint64_t bits = first; bits <= last; bits += stride) {
      add(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
      add(std::bit_cast<float>(static_cast<std::uint32_t>(bits) | 0x80000000u));
    }
    flush();
    return worst_;
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
    if (static_cast<double>(got) == static_cast<float>(truth)) {
      if (std::isinf(got)) return;
    } else if (std::isinf(got) && std::isinf(truth)) {
      return;  // a pole of the tangent
    } else if (truth != truth) {
      if (got == got) fail(x);
      return;
    }
    double error = std::fabs(got - truth);
    if (claim_.period != 0 && error > claim_.period / 2) error = std::fabs(error - claim_.period);
    const double ulps = error / ulp_of_float(truth);
    const bool good = ulps <= claim_.ulps || error <= claim_.absolute || error <= claim_.angle * (1 + truth * truth);
    if (!good) fail(x);
    worst_.absolute = std::max(worst_.absolute, error);
    if (!(ulps <= worst_.ulps)) worst_.ulps = ulps, worst_.at = x;
  }
  void fail(float x) {
    if (worst_.failures++ == 0) worst_.first_failure = x;
  }

  Claim32 claim_;
  BlockKernel kernel_;
  BlockRun block_{claim_.op, kLanes};
  std::uint32_t filled_ = 0;
  Worst worst_;
};

std::uint64_t bits_of(double x) {
  return x == kAll ? 0x7fffffffu : std::bit_cast<std::uint32_t>(static_cast<float>(x));
}

/// All threads of this machine take parts of the range until none is left.
Worst sweep(const Claim32& claim, std::uint64_t stride) {
  constexpr std::uint64_t kPart = 1u << 24;
  const std::uint64_t last = bits_of(claim.high);
  std::atomic<std::uint64_t> next = bits_of(claim.low);
  std::mutex mutex;
  Worst worst;
  const auto work = [&] {
    for (std::uint64_t first; (first = next.fetch_add(kPart)) <= last;) {
      const Worst part = Sweep32(claim).run(first, std::min(last, first + kPart - 1), stride);
      const std::lock_guard lock(mutex);
      worst.join(part);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 1; full() && i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
  work();
  threads.clear();
  return worst;
}

void PrintTo(const Claim32& claim, std::ostream* out) { *out << row_of(claim.op).name << " from " << claim.low; }

class OneArgument : public testing::TestWithParam<Claim32> {};

TEST_P(OneArgument, IsAsNearAsClaimed) {
  const Claim32& claim = GetParam();
  const Worst worst = sweep(claim, full() ? 1 : 8191);
  report(row_of(claim.op).name, "32", claim.low, claim.high, worst.ulps, worst.absolute, worst.at);
  EXPECT_EQ(worst.failures, 0u) << row_of(claim.op).name << " at " << worst.first_failure
                                << " and others: " << worst.ulps << " ulp, absolute " << worst.absolute;
}

/// "sin", "sin_from_2_to_24".
std::string name_of(const testing::TestParamInfo<Claim32>& info) {
  const std::string name(row_of(info.param.op).name);
  return info.param.low == 0 ? name : name + "_from_2_to_" + std::to_string(std::ilogb(info.param.low));
}
INSTANTIATE_TEST_SUITE_P(Accuracy32, OneArgument, testing::ValuesIn(kFunctions), name_of);
INSTANTIATE_TEST_SUITE_P(Accuracy32Curves, OneArgument, testing::ValuesIn(kCurves), name_of);

TEST(Accuracy32, CurvesAreFlatOutside) {
  for (const Claim32& claim : kCurves) {
    Claim32 outside = claim;
    outside.low = 1, outside.high = kAll, outside.absolute = 0;
    EXPECT_EQ(sweep(outside, full() ? 61 : 65521).failures, 0u) << row_of(claim.op).name;
  }
}

// ---- Several arguments: drawn from everywhere where both have a value, then from an ordinary range ----

class Draw {
 public:
  /// A number whose magnitude has any exponent between those of low and high.
  float next(double low, double high, bool negative_too) {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    const double unit = static_cast<double>(state_ >> 11) * 0x1p-53;
    const double magnitude = low > 0 ? low * std::pow(high / low, unit) : high * unit;
    return static_cast<float>(negative_too && (state_ & 1) ? -magnitude : magnitude);
  }

 private:
  std::uint64_t state_ = 88172645463325252u;
};

struct Claim32Pair {
  Op op;
  double low, high, other_low, other_high;
  double ulps;
  double (*truth)(double, double);
  bool first_positive = false;
};

const Claim32Pair kPairs[] = {
    {Op::Pow, 1.5e-45, 3.4e38, 1e-6, 100, 0.8, std::pow, true},
    {Op::Pow, 0.001, 1000, 0.001, 1000, 0.8, std::pow, true},
    {Op::Pow, 0.999, 1.001, 1, 80000, 0.8, std::pow, true},
    {Op::Hypot, 1.5e-45, 3.4e38, 1.5e-45, 3.4e38, 0.51, std::hypot},
    {Op::Hypot, 0.1, 10, 0.1, 10, 0.51, std::hypot},
    {Op::Atan2, 1.5e-45, 3.4e38, 1.5e-45, 3.4e38, 2, std::atan2},
    {Op::Atan2, 1.5e-45, 1e-37, 1.5e-45, 1e-37, 2, std::atan2},
    {Op::Atan2, 0.1, 10, 0.1, 10, 2, std::atan2},
};

TEST(Accuracy32, TwoArguments) {
  for (const Claim32Pair& claim : kPairs) {
    BlockRun block(claim.op, 256);
    Draw draw;
    double worst = 0, absolute = 0, at = 0;
    for (int round = 0; round < (full() ? 200000 : 2000); ++round) {
      for (int i = 0; i < 256; ++i) {
        block.argument(0)[i] = draw.next(claim.low, claim.high, !claim.first_positive);
        block.argument(1)[i] = draw.next(claim.other_low, claim.other_high, true);
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

/// Against the same row in 64 bits; |error| <= bound * the greatest magnitude of an argument, at least 1.
struct ClaimOfSeveral {
  Op op;
  double high;  // of all |arguments|; seeds are raw bits
  double bound;
  bool seeded = false, cyclic = false;
};
const ClaimOfSeveral kSeveral[] = {
    {Op::MulAdd, 1, 1.2e-7},        {Op::Mix, 1, 2.5e-7},
    {Op::Range, 1, 2.5e-7},         {Op::Modulo, 1000, 1.2e-7, false, true},
    {Op::HsvToRgb, 1, 8e-7},        {Op::Noise1, 1000, 2e-6, true},
    {Op::Noise2, 1000, 2e-6, true}, {Op::Noise3, 1000, 2e-6, true},
};

TEST(Accuracy32, SeveralArguments) {
  for (const ClaimOfSeveral& claim : kSeveral) {
    const OpRow& row = row_of(claim.op);
    BlockRun block(claim.op, 256);
    Draw draw;
    double worst = 0;
    for (int round = 0; round < (full() ? 20000 : 400); ++round) {
      for (std::uint32_t k = 0; k < row.arity; ++k)
        for (int i = 0; i < 256; ++i) block.argument(k)[i] = draw.next(0, claim.high, true);
      block.run(block_kernel(best_isa(), claim.op, 0));
      for (int i = 0; i < 256; ++i) {
        double args[kMaximumArity] = {}, results[kMaximumResults] = {}, greatest = 1;
        for (std::uint32_t k = 0; k < row.arity; ++k) {
          args[k] = block.argument(k)[i];
          if (!claim.seeded) greatest = std::max(greatest, std::fabs(args[k]));
        }
        if (claim.seeded) args[0] = std::bit_cast<std::uint32_t>(block.argument(0)[i]);
        std::uint32_t zero_divisor = 0;
        scalar_kernel(claim.op)(args, results, &zero_divisor);
        for (std::uint32_t k = 0; k < row.results; ++k) {
          double error = std::fabs(block.result(k)[i] - results[k]);
          if (claim.cyclic) error = std::min(error, std::fabs(error - std::fabs(args[1])));
          worst = std::max(worst, error / greatest);
        }
      }
    }
    report(row.name, "32", 0, claim.high, 0, worst, 0);
    EXPECT_LE(worst, claim.bound) << row.name;
  }
}

TEST(Accuracy32, SmoothstepAndQuantiseOfTheUnit) {
  constexpr int kCount = 4096;
  BlockRun smooth(Op::Smoothstep, kCount), steps(Op::Quantise, kCount);
  for (int i = 0; i < kCount; ++i) {
    smooth.argument(0)[i] = 0, smooth.argument(1)[i] = 1, steps.argument(1)[i] = 7;
    smooth.argument(2)[i] = steps.argument(0)[i] = static_cast<float>(i + 0.37) / kCount;
  }
  smooth.run(block_kernel(best_isa(), Op::Smoothstep, 0));
  steps.run(block_kernel(best_isa(), Op::Quantise, 0));
  for (int i = 0; i < kCount; ++i) {
    const double u = smooth.argument(2)[i];
    EXPECT_NEAR(smooth.result(0)[i], u * u * (3 - 2 * u), 1.8e-7) << u;
    EXPECT_NEAR(steps.result(0)[i], std::floor(u * 7) / 7, 6e-8) << u;
  }
}

// ---- No op without a statement ----

/// One operation of IEEE 754, a choice among arguments, a whole number, or bits: right to the last bit.
constexpr Op kRightToTheBit[] = {Op::Add,       Op::Subtract, Op::Multiply, Op::Divide,  Op::Negate,    Op::Less,
                                 Op::LessEqual, Op::Equal,    Op::NotEqual, Op::And,     Op::Or,        Op::Not,
                                 Op::Select,    Op::Abs,      Op::Sign,     Op::Floor,   Op::Ceil,      Op::Round,
                                 Op::Min,       Op::Max,      Op::Clamp,    Op::Index,   Op::Halton2,   Op::Halton3,
                                 Op::HashBegin, Op::HashMix,  Op::HashUnit, Op::HashKey, Op::HashRound, Op::Step,
                                 Op::Scale,     Op::Offset,   Op::Invert,   Op::Square,  Op::Gather};
/// The bits of other rows, one after the other, which have bounds: tests/kernels/values_test.cpp, tests/exec.
constexpr Op kAsAnother[] = {Op::MulSubtract,    Op::AddThree,      Op::MultiplyThree,
                             Op::SinTurnsMulAdd, Op::SinCosMulAdd,  Op::SinCosTurnsMulAdd,
                             Op::HashMixUnit,    Op::SinCos,        Op::SinCosTurns,
                             Op::OscSin,         Op::OscCos,        Op::MultiplyMulAdd,
                             Op::SinTurnsWave,   Op::IndexDivide,   Op::HashMixScale,
                             Op::HashMixOffset,  Op::HsvSumToRgb,   Op::HsvWaveToRgb,
                             Op::AddFive,        Op::HashRoundUnit, Op::HashRoundScale,
                             Op::HashRoundOffset};
/// Quotients of rounded differences: as good as their arguments are apart (docs/accuracy.md).
constexpr Op kConditional[] = {Op::Smoothstep, Op::Quantise};

TEST(Accuracy32, EveryRowHasAStatement) {
  std::vector<Op> stated;
  const auto add = [&](const auto& list) {
    for (const auto& entry : list) stated.push_back(entry.op);
  };
  add(kFunctions), add(kCurves), add(kPairs), add(kSeveral);
  stated.insert(stated.end(), std::begin(kRightToTheBit), std::end(kRightToTheBit));
  stated.insert(stated.end(), std::begin(kAsAnother), std::end(kAsAnother));
  stated.insert(stated.end(), std::begin(kConditional), std::end(kConditional));
  for (const OpRow& row : op_rows()) {
    EXPECT_NE(std::find(stated.begin(), stated.end(), row.op), stated.end()) << row.name;
  }
}

}  // namespace
}  // namespace oscilla::kernels
