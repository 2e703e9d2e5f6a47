// Health: what frames took, what it went to, and errors that stay until somebody has seen them, also over edits.
#include "oscilla/health.hpp"

#include "oscilla/session.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

std::uint64_t fake_now = 0;
/// A clock by which everything takes a microsecond.
std::uint64_t fake_clock() { return fake_now += 1000; }

const std::string kSick =
    "oscilla 1\ntime = TimeRoot(periodA: 1s)\ndots = Array(Ellipse(), count: 10)\n"
    "lost = 1 / floor(0.5 * time.phaseA)\n"
    "draw = RenderInstances2D((dots.t, 0.1 * lost), shape: dots, size: 1 + 0.1 * sin(time.phaseA))\n";
const std::string kWell =
    "oscilla 1\ntime = TimeRoot(periodA: 1s)\ndots = Array(Ellipse(), count: 10)\n"
    "draw = RenderInstances2D((dots.t, 0.1), shape: dots, size: 1 + 0.1 * sin(time.phaseA))\n";

TEST(Health, IsTakenFiveTimesASecond) {
  Session session(compiled(kSick));
  session.measure(fake_clock);
  HealthMonitor monitor(10'000'000);
  std::vector<Health> snapshots;
  for (std::uint64_t frame = 0; frame <= 60; ++frame) {
    session.tick(static_cast<double>(frame) * 16);
    const std::uint64_t took = frame == 30 ? 12'000'000 : 1'000'000;
    if (const auto health = monitor.add(session, {took, 1'000'000, frame == 31 ? 2u : 0u}, frame * 16'666'667))
      snapshots.push_back(*health);
  }
  ASSERT_EQ(snapshots.size(), 5u) << "of a second";
  const Health& last = snapshots.back();
  EXPECT_EQ(last.late, 1u);
  EXPECT_EQ(last.dropped, 2u);
  EXPECT_EQ(last.median_nanoseconds, 2'000'000u);
  EXPECT_EQ(last.most_nanoseconds, 13'000'000u);
  EXPECT_GT(last.evaluation, 0);
  EXPECT_GT(last.assembly, 0);
  EXPECT_NEAR(last.output, 0.5, 0.01);
  EXPECT_EQ(last.memory_bytes, session.memory_bytes());
  EXPECT_EQ(last.swaps, 0u);
}

TEST(Health, ErrorsStayOverEditsUntilTheyAreAcknowledged) {
  Session session(compiled(kSick));
  HealthMonitor monitor(10'000'000);
  for (int tick = 0; tick < 5; ++tick) session.tick(tick * 16.0);
  ASSERT_EQ(session.swap(parsed(kWell)).outcome, SwapOutcome::Swapped);
  for (int tick = 5; tick < 9; ++tick) session.tick(tick * 16.0);
  EXPECT_TRUE(session.errors().empty()) << "of the program that runs";
  Health health = monitor.snapshot(session);
  EXPECT_EQ(health.swaps, 1u);
  ASSERT_EQ(health.errors.size(), 1u);
  EXPECT_EQ(health.errors[0].kind, RuntimeErrorKind::DivisionByZero);
  EXPECT_EQ(health.errors[0].places, 1u);
  EXPECT_EQ(health.errors[0].count, 5u);
  EXPECT_EQ(health.errors[0].last_tick, 4);
  EXPECT_EQ(health.errors[0].first, "lost: 1 / 0 counts as 0; in 5 ticks, the last 4");
  ASSERT_EQ(session.swap(parsed(kSick)).outcome, SwapOutcome::Swapped);
  session.tick(9 * 16.0);
  health = monitor.snapshot(session);
  ASSERT_EQ(health.errors.size(), 1u);
  EXPECT_EQ(health.errors[0].places, 1u) << "the same place";
  EXPECT_EQ(health.errors[0].count, 6u);
  session.acknowledge_errors();
  EXPECT_TRUE(monitor.snapshot(session).errors.empty());
  session.tick(10 * 16.0);
  EXPECT_EQ(monitor.snapshot(session).errors.size(), 1u) << "it goes on";
}

}  // namespace
}  // namespace oscilla::test
