// What is no sensible number, as it comes from a patch or a host: each has its stated behaviour (docs/language.md,
// section 3).
#include <cmath>
#include <limits>

#include "patches.hpp"

namespace oscilla::test {
namespace {

/// The values of `see` at these host times.
std::vector<double> seen(const std::string& lines, const std::vector<double>& times, std::string root = "") {
  Session session(compiled("oscilla 1\ntime = TimeRoot(" + root + ")\nnan = sqrt(0 - 1 - 0 * time.tMs / 1ms)\n" +
                               lines + "\ndraw = RenderInstances2D((see, nan))\n",
                           {"see"}));
  std::vector<double> all;
  for (const double t : times) {
    EXPECT_EQ(validate_frame(session.tick(t)), "");
    all.push_back(session.probe()[0].data[0]);
  }
  return all;
}

using Values = std::vector<double>;

TEST(BadInput, TimesOfLagThatAreNoTimeAreNone) {
  for (const char* time : {"0ms", "0 - 1s", "nan * 1ms"})
    EXPECT_EQ(seen(std::string("see = Lag(5, time: ") + time + ")", {0, 10, 20}), (Values{5, 5, 5})) << time;
  EXPECT_EQ(seen("see = Lag(5, time: exp(1000) * 1ms)", {0, 10}), (Values{0, 0})) << "an endless one never moves";
}

TEST(BadInput, WhatIsNotANumberIsNotRemembered) {
  EXPECT_EQ(seen("see = UnitDelay(nan)", {0, 10}), (Values{0, 0}));
  const Values sums = seen("see = UnitDelay(sum)\nsum = Accumulator(time.tMs == 20ms ? nan : 1)", {0, 10, 20, 30, 40});
  EXPECT_EQ(sums, (Values{0, 1, 2, 0, 1})) << "a sum that was no number begins again at 0";
  EXPECT_EQ(seen("see = UnitDelay(p)\np = Phasor(nan)", {0, 10, 20}), (Values{0, 0, 0}));
}

TEST(BadInput, PeriodsThatAreNoneStandStill) {
  for (const char* root : {"periodA: 0s", "periodA: 0s - 1s"}) {
    const Patch patch = Patch::parse(std::string("oscilla 1\ntime = TimeRoot(") + root +
                                     ")\ndraw = RenderInstances2D((time.phaseA, 0))\n");
    EXPECT_TRUE(has_errors(compile_patch(patch).diagnostics)) << root << " is refused where it is a constant";
  }
  EXPECT_EQ(seen("see = time.phaseA", {0, 250, 500}, "periodA: 1s"), (Values{0, 0.25, 0.5}));
}

TEST(BadInput, AHostThatJumpsFarBreaksNothing) {
  const Values far{0, 1e15, 2e15, 1e300, 1e300};
  for (const double x : seen("see = Lag(5, time: 1s)", far)) EXPECT_TRUE(x == 0 || x == 5) << x;
  for (const double x : seen("see = Phasor(0.3)", far)) EXPECT_TRUE(x >= 0 && x < 1) << x;
  for (const double x : seen("see = Accumulator(time.dt / 1s)", far)) EXPECT_TRUE(std::isfinite(x)) << x;
  for (const double x : seen("see = time.phaseA", far)) EXPECT_TRUE(x >= 0 && x < 1) << x;
  for (const double x : seen("see = noise(time.tMs / 1ms)", far)) EXPECT_TRUE(std::abs(x) <= 1) << x;
}

TEST(BadInput, TimeThatGoesBackStandsStill) {
  EXPECT_EQ(seen("see = time.tMs / 1ms", {0, 100, 50, 50, 80}), (Values{0, 100, 100, 100, 130}));
  EXPECT_EQ(seen("see = time.dt / 1ms", {0, 100, 50, 50, 80}), (Values{0, 100, 0, 0, 30}));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(seen("see = time.tMs / 1ms", {0, 100, nan, 150})[2], 100) << "a time that is no number does not pass";
}

TEST(BadInput, YearsOfFramesKeepTheirSteps) {
  constexpr double kYears = 30 * 365.25 * 24 * 3600 * 1000;
  const Values late = seen("see = time.dt / 1ms", {kYears, kYears + 16, kYears + 32});
  EXPECT_EQ(late[1], 16);
  EXPECT_EQ(late[2], 16);
  const Values phase = seen("see = time.phaseA", {kYears, kYears + 250, kYears + 500}, "periodA: 1s");
  EXPECT_NEAR(std::remainder(phase[1] - phase[0] - 0.25, 1), 0, 1e-6);
  EXPECT_NEAR(std::remainder(phase[2] - phase[1] - 0.25, 1), 0, 1e-6);
}

}  // namespace
}  // namespace oscilla::test
