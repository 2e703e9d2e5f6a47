// What remembers: every stateful block over every payload that makes sense, as a signal and lane by lane alike.
#include <cmath>

#include "patches.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;

constexpr const char* kPayloads[] = {"x", "(x, 2 * x)", "vec3(x, 2 * x, 0 - x)",
                                     "rgb(x / 10, 0.5, 1 - x / 10, x / 20)"};
constexpr const char* kBlocks[] = {"UnitDelay(v)",
                                   "UnitDelay(v, initial: 2 * v)",
                                   "Lag(v, time: 100ms)",
                                   "Lag(v, initial: v)",
                                   "Slew(v)",
                                   "Spring(v, frequency: 3)",
                                   "Accumulator(v)",
                                   "Accumulator(v, reset: floor(x) == 3, initial: 0.5 * v)",
                                   "Accumulator(v, trigger: beat, clear: late)",
                                   "SampleAndHold(v, trigger: beat)"};

/// The values of `see` in twelve ticks: numbers in a row.
std::vector<Values> seen(const std::string& v, const std::string& block) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\nx = time.tMs / 32ms\nbeat = ClockPulse(period: 48ms)\n"
               "late = beat | EventDelay(delay: 40ms)\ndots = Array(count: 3)\nv = " +
                   v + "\nsee = " + block + "\ndraw = RenderInstances2D((0, 0))\n",
               {"see"}));
  std::vector<Values> all;
  for (int tick = 0; tick < 12; ++tick) {
    session.tick(tick * 16.0);
    all.push_back(session.probe()[0].data);
  }
  return all;
}

TEST(State, EveryBlockOverEveryPayloadAsSignalAndPerLane) {
  for (const char* payload : kPayloads)
    for (const char* block : kBlocks) {
      const std::vector<Values> signal = seen(payload, block);
      const std::vector<Values> field = seen(std::string("(dots.index >= 0 ? 1 : 0) * ") + payload, block);
      bool moved = false;
      for (std::size_t tick = 0; tick < signal.size(); ++tick) {
        ASSERT_EQ(field[tick].size(), 3 * signal[tick].size()) << payload << " | " << block;
        for (std::size_t i = 0; i < field[tick].size(); ++i)
          EXPECT_NEAR(field[tick][i], signal[tick][i % signal[tick].size()], 2e-5 * (1 + std::abs(field[tick][i])))
              << payload << " | " << block << " in tick " << tick;
        moved = moved || signal[tick] != signal[0];
      }
      EXPECT_TRUE(moved) << payload << " | " << block;
    }
}

TEST(State, ConditionsPhasesAndAnglesAreRemembered) {
  EXPECT_EQ(seen("x > 1", "UnitDelay(v)")[3], Values{0});
  EXPECT_EQ(seen("x > 1", "UnitDelay(v)")[4], Values{1});
  EXPECT_EQ(seen("dots.index < x", "SampleAndHold(v, trigger: beat)")[3], (Values{1, 1, 0}));
  EXPECT_EQ(seen("90deg * x", "UnitDelay(v)")[3], Values{90});
  EXPECT_EQ(seen("time.phaseA", "UnitDelay(v)")[2], Values{0.004});
  EXPECT_NEAR(seen("x", "Phasor(v)")[2][0], 0.016 * 0.5 + 0.016 * 1, 1e-12);
  EXPECT_NEAR(seen("dots.index * x", "Phasor(v)")[2][1], 0.016 * 0.5 + 0.016 * 1, 1e-6);
}

TEST(State, LagDoesNotKnowTheFrameRate) {
  const auto after = [](double step) {
    Session session(
        compiled("oscilla 1\ntime = TimeRoot()\ndots = Array(count: 2)\nsee = Lag(1 + 0 * dots.index, time: "
                 "300ms)\ndraw = RenderInstances2D((0, 0))\n",
                 {"see"}));
    for (double t = 0; t <= 960; t += step) session.tick(t);
    return session.probe()[0].data[1];
  };
  EXPECT_NEAR(after(4), 1 - std::exp(-3.2), 1e-5);
  EXPECT_NEAR(after(16), after(4), 1e-5);
  EXPECT_NEAR(after(320), after(4), 1e-5);
}

/// A decay for an hour of frames in lanes: what is left is 0, and no lane creeps through subnormal numbers.
TEST(State, LanesThatFadeAreGone) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\ndots = Array(count: 5)\n"
               "see = UnitDelay(see * (0.5 + 0.09 * dots.index), initial: 1)\n"
               "draw = RenderInstances2D((0, 0))\n",
               {"see"}));
  for (int tick = 0; tick < 600; ++tick) {
    session.tick(tick * 16.0);
    const Values lanes = session.probe()[0].data;
    for (const double x : lanes) EXPECT_TRUE(x == 0 || x >= 1e-30) << "in tick " << tick;
  }
  EXPECT_EQ(session.probe()[0].data, Values(5, 0.0));
}

}  // namespace
}  // namespace oscilla::test
