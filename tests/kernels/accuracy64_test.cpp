// How far the 64-bit functions are from the truth, in units in the last place (ulp) of the true value. These bounds are
// the table of docs/accuracy.md; OSCILLA_FULL=1 looks at a million values each and prints what was measured.
#include <gtest/gtest.h>
#include <mpfr.h>

#include <algorithm>

#include "accuracy_report.hpp"
#include "block_fixture.hpp"
#include "extended.hpp"

namespace oscilla::kernels {
namespace {

using Mpfr1 = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
using Mpfr2 = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

int turns(mpfr_ptr out, mpfr_srcptr x, Mpfr1 function) {
  mpfr_t angle;
  mpfr_init2(angle, 1400);  // the widest double times pi, all its digits
  mpfr_const_pi(angle, MPFR_RNDN);
  mpfr_mul(angle, angle, x, MPFR_RNDN);
  mpfr_mul_ui(angle, angle, 2, MPFR_RNDN);
  const int result = function(out, angle, MPFR_RNDN);
  mpfr_clear(angle);
  return result;
}
int turn_sine_mpfr(mpfr_ptr out, mpfr_srcptr x, mpfr_rnd_t) { return turns(out, x, mpfr_sin); }
int turn_cosine_mpfr(mpfr_ptr out, mpfr_srcptr x, mpfr_rnd_t) { return turns(out, x, mpfr_cos); }
int turn_tangent_mpfr(mpfr_ptr out, mpfr_srcptr x, mpfr_rnd_t) { return turns(out, x, mpfr_tan); }

struct Claim64 {
  Op op;
  double low, high;  // of |x|
  double ulps;
  Mpfr1 truth;
  bool positive_only = false;
};

constexpr double kLeast = 5e-324, kGreatest = 1.7976931348623157e308;

const Claim64 kClaims64[] = {
    {Op::Sin, kLeast, kGreatest, 1.5, mpfr_sin},
    {Op::Cos, kLeast, kGreatest, 1.5, mpfr_cos},
    {Op::Tan, kLeast, kGreatest, 1.2, mpfr_tan},
    {Op::Sin, 0.01, 1e6, 1.5, mpfr_sin},
    {Op::Cos, 0.01, 1e6, 1.5, mpfr_cos},
    {Op::Tan, 0.01, 1e6, 1.2, mpfr_tan},
    {Op::SinTurns, kLeast, 0x1p53, 1.6, turn_sine_mpfr},
    {Op::CosTurns, kLeast, 0x1p53, 1.6, turn_cosine_mpfr},
    {Op::OscTan, kLeast, 1e9, 2, turn_tangent_mpfr},
    {Op::Exp, kLeast, 745, 1, mpfr_exp},
    {Op::Exp, 0.1, 10, 1, mpfr_exp},
    {Op::Exp2, kLeast, 1074, 1, mpfr_exp2},
    {Op::Exp2, 0.1, 10, 1, mpfr_exp2},
    {Op::Log, kLeast, kGreatest, 1, mpfr_log, true},
    {Op::Log, 0.5, 2, 1, mpfr_log, true},
    {Op::Log2, kLeast, kGreatest, 1, mpfr_log2, true},
    {Op::Log2, 0.5, 2, 1, mpfr_log2, true},
    {Op::Sqrt, kLeast, kGreatest, 0.5, mpfr_sqrt, true},
    {Op::Asin, kLeast, 1, 1.6, mpfr_asin},
    {Op::Asin, 0.1, 1, 1.6, mpfr_asin},
    {Op::Acos, kLeast, 1, 1.2, mpfr_acos},
    {Op::Acos, 0.1, 1, 1.2, mpfr_acos},
    {Op::Atan, kLeast, kGreatest, 2, mpfr_atan},
    {Op::Atan, 0.01, 100, 2, mpfr_atan},
};

/// |got - truth| in ulp of truth, the truth given with many more bits than 53.
class Judge64 {
 public:
  Judge64() { mpfr_inits2(200, x_, y_, truth_, nullptr); }
  ~Judge64() { mpfr_clears(x_, y_, truth_, nullptr); }
  Judge64(const Judge64&) = delete;
  Judge64& operator=(const Judge64&) = delete;

  double ulps(double got, double x, Mpfr1 function) {
    mpfr_set_d(x_, x, MPFR_RNDN);
    function(truth_, x_, MPFR_RNDN);
    return distance(got);
  }
  double ulps(double got, double x, double y, Mpfr2 function) {
    mpfr_set_d(x_, x, MPFR_RNDN);
    mpfr_set_d(y_, y, MPFR_RNDN);
    function(truth_, x_, y_, MPFR_RNDN);
    return distance(got);
  }

 private:
  double distance(double got) {
    const double rounded = mpfr_get_d(truth_, MPFR_RNDN);
    if (std::isinf(rounded) || std::isnan(rounded))
      return got == rounded || (got != got && rounded != rounded) ? 0 : 1e9;
    if (rounded == 0 && mpfr_cmpabs_ui(truth_, 0) == 0) return got == 0 ? 0 : 1e9;
    const long exponent = std::max(mpfr_get_exp(truth_) - 53, -1074L);
    mpfr_sub_d(truth_, truth_, got, MPFR_RNDN);
    mpfr_mul_2si(truth_, truth_, -exponent, MPFR_RNDN);
    return std::fabs(mpfr_get_d(truth_, MPFR_RNDN));
  }

  mpfr_t x_, y_, truth_;
};

double scalar(Op op, double x, double y = 0) {
  const double args[] = {x, y};
  double results[kMaximumResults];
  std::uint32_t zero_divisor = 0;
  scalar_kernel(op)(args, results, &zero_divisor);
  return results[0];
}

/// Stratified: one random place in each of `count` equal steps of the exponent scale.
class Strata {
 public:
  Strata(double low, double high, int count) : low_(std::log(low)), step_((std::log(high) - std::log(low)) / count) {}
  double next(int i) {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    const double x = std::exp(low_ + step_ * (i + static_cast<double>(state_ >> 11) * 0x1p-53));
    return state_ & 1 ? -x : x;
  }
  std::uint64_t random() { return state_; }

 private:
  double low_, step_;
  std::uint64_t state_ = 0x9e3779b97f4a7c15u;
};

TEST(Accuracy64, OneArgument) {
  for (const Claim64& claim : kClaims64) {
    const int count = full() ? 1000000 : 10000;
    Strata strata(claim.low, claim.high, count);
    Judge64 judge;
    double worst = 0, at = 0;
    for (int i = 0; i < count; ++i) {
      const double drawn = strata.next(i);
      const double x = claim.positive_only ? std::fabs(drawn) : drawn;
      if (std::fabs(x) > claim.high) continue;
      const double ulps = judge.ulps(scalar(claim.op, x), x, claim.truth);
      if (!(ulps <= worst)) worst = ulps, at = x;
    }
    report(row_of(claim.op).name, "64", claim.low, claim.high, worst, 0, at);
    EXPECT_LE(worst, claim.ulps) << row_of(claim.op).name << " at " << at;
  }
}

struct Claim64Pair {
  Op op;
  double low, high;
  double ulps;
  Mpfr2 truth;
};
const Claim64Pair kClaims64Pair[] = {
    {Op::Pow, 1e-3, 1e3, 1, mpfr_pow},
    {Op::Pow, 0.99, 1.01, 1, mpfr_pow},
    {Op::Hypot, kLeast, 1e307, 1.5, mpfr_hypot},
    {Op::Hypot, 0.1, 10, 1.5, mpfr_hypot},
    {Op::Hypot, kLeast, 1e-300, 1.5, mpfr_hypot},
    {Op::Atan2, 1e-3, 1e3, 2, mpfr_atan2},
    {Op::Atan2, kLeast, kGreatest, 2, mpfr_atan2},
    {Op::Atan2, kLeast, 1e-300, 2, mpfr_atan2},
};

TEST(Accuracy64, TwoArguments) {
  for (const Claim64Pair& claim : kClaims64Pair) {
    const int count = full() ? 1000000 : 20000;
    Strata strata(claim.low, claim.high, count);
    Judge64 judge;
    double worst = 0, at = 0;
    for (int i = 0; i < count; ++i) {
      const double first = strata.next(i), second = strata.next(static_cast<int>(strata.random() % count));
      const double x = claim.op == Op::Pow ? std::fabs(first) : first;
      const double ulps = judge.ulps(scalar(claim.op, x, second), x, second, claim.truth);
      if (!(ulps <= worst)) worst = ulps, at = x;
    }
    report(row_of(claim.op).name, "64", claim.low, claim.high, worst, 0, at);
    EXPECT_LE(worst, claim.ulps) << row_of(claim.op).name << " at " << at;
  }
}

/// Every base with exponents that do not leave the range of doubles: the logarithm must hold up to 1,074 times itself.
TEST(Accuracy64, PowersUpToTheEndsOfTheRange) {
  const int count = full() ? 1000000 : 20000;
  Strata strata(kLeast, kGreatest, count);
  Judge64 judge;
  double worst = 0, at = 0;
  for (int i = 0; i < count; ++i) {
    const double x = std::fabs(strata.next(i)), unit = static_cast<double>(strata.random() >> 11) * 0x1p-53;
    if (x == 1) continue;
    const double y = (unit * 2100 - 1075) / std::log2(x);
    const double ulps = judge.ulps(scalar(Op::Pow, x, y), x, y, mpfr_pow);
    if (!(ulps <= worst)) worst = ulps, at = x;
  }
  report("pow", "64", kLeast, kGreatest, worst, 0, at);
  EXPECT_LE(worst, 1) << at;
}

/// The bits of 2/pi come into play far out, and next to multiples of pi/2 nearly all of a quadrant cancels.
TEST(Accuracy64, WorstCasesOfReduction) {
  Judge64 judge;
  const double kHard[] = {6381956970095103.0 * 0x1p797,
                          5319372648326541.0,
                          1e22,
                          1.5707963267948966,
                          3.141592653589793,
                          4.71238898038469,
                          11.0,
                          22.0,
                          355.0,
                          103993.0,
                          1e300,
                          1.7976931348623157e308,
                          0x1p1023,
                          0x1p52,
                          0x1p53 + 2,
                          0.78539816339744839,
                          2.3561944901923448};
  for (const double x : kHard) {
    for (const double signed_x : {x, -x}) {
      EXPECT_LE(judge.ulps(scalar(Op::Sin, signed_x), signed_x, mpfr_sin), 1.5) << signed_x;
      EXPECT_LE(judge.ulps(scalar(Op::Cos, signed_x), signed_x, mpfr_cos), 1.5) << signed_x;
      EXPECT_LE(judge.ulps(scalar(Op::Tan, signed_x), signed_x, mpfr_tan), 1.2) << signed_x;
    }
  }
}

#if defined(__x86_64__)
// ---- Curves, waves, noise: against the same row in 80 bits ----

template <Op op, unsigned arity>
void in_80(const double* args, long double* results) {
  Extended x[arity];
  for (unsigned k = 0; k < arity; ++k) x[k] = Extended(args[k]);
  const auto store = [&](auto result) {
    if constexpr (std::is_same_v<decltype(result), Extended>) {
      results[0] = result.v;
    } else {
      for (unsigned k = 0; k < std::size(result.values); ++k) results[k] = result.values[k].v;
    }
  };
  if constexpr (arity == 1) store(evaluate(Is<op>(), x[0]));
  if constexpr (arity == 2) store(evaluate(Is<op>(), x[0], x[1]));
  if constexpr (arity == 3) store(evaluate(Is<op>(), x[0], x[1], x[2]));
  if constexpr (arity == 4) store(evaluate(Is<op>(), x[0], x[1], x[2], x[3]));
}

/// |error| <= bound * the greatest magnitude of an argument, at least 1; `period`: whole periods do not count.
struct ClaimOfFormula {
  Op op;
  double high, bound;
  void (*truth)(const double*, long double*);
  double period = 0;
  bool seeded = false;
};

#define CURVES(family, bound)                                           \
  {Op::EaseIn##family, 1, bound, in_80<Op::EaseIn##family, 1>},         \
      {Op::EaseOut##family, 1, bound, in_80<Op::EaseOut##family, 1>}, { \
    Op::EaseInOut##family, 1, bound, in_80<Op::EaseInOut##family, 1>    \
  }
const ClaimOfFormula kFormulas[] = {
    CURVES(Quad, 3e-16),
    CURVES(Cubic, 4e-16),
    CURVES(Quart, 5e-16),
    CURVES(Quint, 6e-16),
    CURVES(Sine, 3e-16),
    CURVES(Expo, 1.2e-15),
    CURVES(Circ, 5e-16),
    CURVES(Back, 8e-16),
    CURVES(Elastic, 2e-15),
    CURVES(Bounce, 2.5e-15),
    {Op::Fract, 1000, 1.2e-16, in_80<Op::Fract, 1>, 1},
    {Op::Wrap, 1000, 1.2e-16, in_80<Op::Wrap, 1>, 1},
    {Op::Triangle, 1000, 5e-16, in_80<Op::Triangle, 1>},
    {Op::Sawtooth, 1000, 2.5e-16, in_80<Op::Sawtooth, 1>, 2},
    {Op::MulAdd, 1, 2.5e-16, in_80<Op::MulAdd, 3>},
    {Op::Mix, 1, 5e-16, in_80<Op::Mix, 3>},
    {Op::Range, 1, 5e-16, in_80<Op::Range, 3>},
    {Op::HsvToRgb, 1, 1e-15, in_80<Op::HsvToRgb, 3>},
    {Op::Noise1, 1000, 1e-14, in_80<Op::Noise1, 2>, 0, true},
    {Op::Noise2, 1000, 1e-14, in_80<Op::Noise2, 3>, 0, true},
    {Op::Noise3, 1000, 1e-14, in_80<Op::Noise3, 4>, 0, true},
};
#undef CURVES

TEST(Accuracy64, Formulas) {
  for (const ClaimOfFormula& claim : kFormulas) {
    const OpRow& row = row_of(claim.op);
    Strata strata(1e-12, claim.high, 1000);
    double worst = 0, at = 0;
    for (int i = 0; i < (full() ? 1000000 : 20000); ++i) {
      double args[kMaximumArity] = {}, results[kMaximumResults] = {}, greatest = 1;
      long double truth[kMaximumResults] = {};
      for (std::uint32_t k = 0; k < row.arity; ++k) {
        const double drawn = strata.next(static_cast<int>(strata.random() % 1000));
        args[k] = row.arity == 1 && claim.high == 1 ? std::fabs(drawn) : drawn;
        greatest = std::max(greatest, std::fabs(args[k]));
      }
      if (claim.seeded) args[0] = static_cast<double>(strata.random() >> 32), greatest = 1;
      std::uint32_t zero_divisor = 0;
      scalar_kernel(claim.op)(args, results, &zero_divisor);
      claim.truth(args, truth);
      for (std::uint32_t k = 0; k < row.results; ++k) {
        double error = static_cast<double>(std::fabs(results[k] - truth[k]));
        if (claim.period != 0) error = std::min(error, std::fabs(error - claim.period));
        if (error / greatest > worst) worst = error / greatest, at = args[row.arity - 1];
      }
    }
    report(row.name, "64", 0, claim.high, 0, worst, at);
    EXPECT_LE(worst, claim.bound) << row.name << " at " << at;
  }
}
#endif

}  // namespace
}  // namespace oscilla::kernels
