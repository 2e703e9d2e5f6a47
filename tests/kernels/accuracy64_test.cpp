// How far the 64-bit functions are from the truth, in units in the last place (ulp) of the true value. These bounds are
// the table of docs/accuracy.md; OSCILLA_FULL=1 looks at a million values each and prints what was measured.
#include <gtest/gtest.h>
#include <mpfr.h>

#include <algorithm>

#include "accuracy_report.hpp"
#include "block_fixture.hpp"

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

struct Claim64 {
  Op op;
  double low, high;  // of |x|
  double ulps;
  Mpfr1 truth;
  bool positive_only = false;
};

const Claim64 kClaims64[] = {
    {Op::Sin, 1e-300, 7, 1.5, mpfr_sin},
    {Op::Cos, 1e-10, 7, 1.5, mpfr_cos},
    {Op::Tan, 1e-300, 7, 1.2, mpfr_tan},
    {Op::Sin, 7, 1.7e308, 1.5, mpfr_sin},
    {Op::Cos, 7, 1.7e308, 1.5, mpfr_cos},
    {Op::Tan, 7, 1.7e308, 1.2, mpfr_tan},
    {Op::SinTurns, 1e-300, 1e9, 1.5, turn_sine_mpfr},
    {Op::CosTurns, 1e-10, 1e9, 1.5, turn_cosine_mpfr},
    {Op::Exp, 1e-10, 745, 1, mpfr_exp},
    {Op::Exp2, 1e-10, 1074, 1, mpfr_exp2},
    {Op::Log, 5e-324, 1.7e308, 1, mpfr_log, true},
    {Op::Log, 0.5, 2, 1, mpfr_log, true},
    {Op::Log2, 5e-324, 1.7e308, 1, mpfr_log2, true},
    {Op::Log2, 0.5, 2, 1, mpfr_log2, true},
    {Op::Sqrt, 5e-324, 1.7e308, 0.5, mpfr_sqrt, true},
    {Op::Asin, 1e-10, 1, 1.6, mpfr_asin},
    {Op::Acos, 1e-10, 1, 2, mpfr_acos},
    {Op::Atan, 1e-10, 1e10, 2, mpfr_atan},
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
    {Op::Pow, 1e-3, 1e3, 1, mpfr_pow},           {Op::Pow, 0.99, 1.01, 1, mpfr_pow},
    {Op::Hypot, 1e-160, 1e307, 1.5, mpfr_hypot}, {Op::Hypot, 0.1, 10, 1.5, mpfr_hypot},
    {Op::Atan2, 1e-3, 1e3, 2, mpfr_atan2},       {Op::Atan2, 1e-100, 1e100, 2, mpfr_atan2},
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

}  // namespace
}  // namespace oscilla::kernels
