// Time: what never goes back, what never jumps, and what the transport does to both.
#include "runtime/clock.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

namespace oscilla::runtime {
namespace {

/// How far phase `b` is ahead of `a`, in (-0.5, 0.5].
double phase_step(double a, double b) {
  const double d = b - a;
  return d > 0.5 ? d - 1 : d <= -0.5 ? d + 1 : d;
}

TEST(Clock, VectorsOfTheReference) {
  Clock clock;
  double dt[] = {0, 16, 16};
  for (int tick = 0; tick < 3; ++tick) {
    advance(clock, tick * 16.0);
    EXPECT_DOUBLE_EQ(clock.phases[0], tick * 0.004);
    EXPECT_EQ(clock.dt_ms, dt[tick]);
  }
}

TEST(Clock, HostTimeComesThroughBitForBit) {
  Clock clock;
  for (int frame = 0; frame < 1000; ++frame) {
    const double host = frame * 1000.0 / 60;
    advance(clock, host);
    EXPECT_EQ(clock.t_ms, host);
    EXPECT_EQ(clock.phases[1], std::fmod(host / 8000, 1.0));
  }
}

TEST(Clock, RunsOnWhereTheHostsClockLoops) {
  Clock clock;
  for (const auto& [host, t] : {std::pair{0.0, 0.0}, {900.0, 900.0}, {10.0, 900.0}, {30.0, 920.0}, {15.0, 920.0}}) {
    advance(clock, host);
    EXPECT_EQ(clock.t_ms, t);
  }
}

TEST(Clock, PauseSpeedAndStep) {
  Clock clock;
  advance(clock, 0);
  advance(clock, 100);
  pause(clock);
  advance(clock, 500);
  EXPECT_EQ(clock.t_ms, 100);
  EXPECT_TRUE(step(clock, 20));
  advance(clock, 900);
  EXPECT_EQ(clock.t_ms, 120);
  EXPECT_EQ(clock.dt_ms, 20);
  advance(clock, 1000);
  EXPECT_EQ(clock.dt_ms, 0) << "one step, one tick";
  play(clock);
  advance(clock, 1010);
  EXPECT_EQ(clock.t_ms, 130);
  EXPECT_TRUE(set_speed(clock, 2));
  advance(clock, 1020);
  EXPECT_EQ(clock.t_ms, 150);
  EXPECT_TRUE(set_speed(clock, 0));
  advance(clock, 5000);
  EXPECT_EQ(clock.t_ms, 150);
  EXPECT_FALSE(set_speed(clock, -1));
  EXPECT_FALSE(set_speed(clock, std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(step(clock, -1));
  EXPECT_FALSE(step(clock, std::numeric_limits<double>::quiet_NaN()));
}

TEST(Clock, PausedFromTheStartItBeginsAtZero) {
  Clock clock;
  pause(clock);
  advance(clock, 7000);
  EXPECT_EQ(clock.t_ms, 0);
  play(clock);
  advance(clock, 7016);
  EXPECT_EQ(clock.t_ms, 16);
}

TEST(Clock, SeekMovesThePositionAndNoPhase) {
  Clock clock;
  advance(clock, 0);
  advance(clock, 3000);
  EXPECT_TRUE(seek(clock, 10000));
  advance(clock, 3010);
  EXPECT_EQ(clock.t_ms, 10010);
  EXPECT_EQ(clock.dt_ms, 10);
  EXPECT_NEAR(clock.phases[0], 0.7525, 1e-12);
  EXPECT_EQ(clock.skipped_ms, 7000);
  EXPECT_TRUE(seek(clock, 0));
  advance(clock, 3020);
  EXPECT_EQ(clock.t_ms, 10020) << "back goes the position only";
  EXPECT_EQ(clock.t_ms - clock.behind_ms, 10);
  EXPECT_NEAR(clock.phases[0], 0.755, 1e-12);
  EXPECT_FALSE(seek(clock, std::numeric_limits<double>::quiet_NaN()));
}

TEST(Clock, StaysFiniteWhateverIsSought) {
  Clock clock;
  advance(clock, 0);
  EXPECT_FALSE(seek(clock, 1e305));
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(seek(clock, kMostPosition));
    EXPECT_TRUE(seek(clock, -kMostPosition));
  }
  EXPECT_FALSE(seek(clock, std::numeric_limits<double>::infinity()));
  set_speed(clock, 1e306);
  for (int i = 1; i < 10; ++i) advance(clock, 16 * i);
  EXPECT_TRUE(seek(clock, 0));
  EXPECT_TRUE(seek(clock, kMostPosition));
  EXPECT_TRUE(std::isfinite(clock.t_ms));
}

TEST(Clock, APeriodEditKeepsThePhase) {
  Clock clock;
  advance(clock, 0);
  advance(clock, 3000);
  EXPECT_TRUE(set_period(clock, 0, 1000));
  EXPECT_FALSE(set_period(clock, 0, 0));
  EXPECT_FALSE(set_period(clock, 0, -5));
  EXPECT_FALSE(set_period(clock, 0, std::numeric_limits<double>::infinity()));
  advance(clock, 3100);
  EXPECT_NEAR(clock.phases[0], 0.85, 1e-12);
  EXPECT_NEAR(clock.phases[1], 3100.0 / 8000, 1e-12) << "the other rail knows nothing of it";
}

/// Any order of ticks and wishes: time never goes back, dt is what passed, and no phase moves further than dt allows.
RC_GTEST_PROP(ClockProperty, NothingJumps, ()) {
  Clock clock;
  double host = *rc::gen::inRange(-1000, 1000000);
  const auto number = [](int low, int high) { return static_cast<double>(*rc::gen::inRange(low, high)); };
  advance(clock, host);
  const int steps = *rc::gen::inRange(1, 60);
  for (int i = 0; i < steps; ++i) {
    const Clock before = clock;
    switch (*rc::gen::inRange(0, 8)) {
      case 0: seek(clock, number(-5000, 5000000)); break;
      case 1: set_speed(clock, number(0, 40) / 10); break;
      case 2: pause(clock); break;
      case 3: play(clock); break;
      case 4: step(clock, number(0, 50)); break;
      case 5: set_period(clock, *rc::gen::inRange<std::size_t>(0, kRails), number(500, 20000)); break;
      default: break;
    }
    host += number(-100, 120);
    advance(clock, *rc::gen::inRange(0, 20) == 0 ? std::numeric_limits<double>::quiet_NaN() : host);
    RC_ASSERT(clock.t_ms >= before.t_ms);
    RC_ASSERT(clock.dt_ms >= 0);
    RC_ASSERT(clock.dt_ms <= 30000);
    for (std::size_t rail = 0; rail < kRails; ++rail) {
      RC_ASSERT(clock.phases[rail] >= 0 && clock.phases[rail] < 1);
      const double moved = std::fmod(clock.dt_ms / clock.periods_ms[rail], 1.0);
      RC_ASSERT(std::abs(phase_step(before.phases[rail] + moved, clock.phases[rail])) < 1e-6 ||
                std::abs(phase_step(before.phases[rail] + moved - 1, clock.phases[rail])) < 1e-6);
    }
  }
}

/// Ten years of ticks, a minute apart and then at 60 a second: time grows by what passed, exactly to a thousandth of a
/// millisecond, and phases still move by it.
TEST(Clock, YearsLaterItIsStillExact) {
  constexpr double kYear = 365.25 * 24 * 3600 * 1000;
  Clock clock;
  advance(clock, 0);
  double last = 0;
  for (double host = 0; host < 10 * kYear; host += 60000.5) {
    advance(clock, host);
    ASSERT_EQ(clock.t_ms, host);
    ASSERT_GE(clock.t_ms, last);
    last = clock.t_ms;
  }
  for (int frame = 1; frame < 600; ++frame) {
    const double phase = clock.phases[0];
    advance(clock, last + frame * 1000.0 / 60);
    ASSERT_NEAR(clock.dt_ms, 1000.0 / 60, 1e-3);
    ASSERT_NEAR(phase_step(phase, clock.phases[0]), 1000.0 / 60 / 4000, 1e-6);
  }
}

TEST(Clock, SillyHostTimesAreSurvived) {
  Clock clock;
  for (const double host : {-50.0, 1e300, -1e300, std::numeric_limits<double>::infinity(), 5.0, 1e308, -1e308, 6.0}) {
    const double before = clock.t_ms;
    const bool first = clock.tick < 0;
    advance(clock, host);
    EXPECT_TRUE(std::isfinite(clock.t_ms));
    EXPECT_TRUE(first || clock.t_ms >= before);
    EXPECT_TRUE(std::isfinite(clock.phases[0]) && clock.phases[0] >= 0 && clock.phases[0] < 1);
  }
}

}  // namespace
}  // namespace oscilla::runtime
