// Counts what this whole program allocates, to show that a tick allocates nothing.
#include <atomic>

#include "../allocations.hpp"
#include "oscilla/recording.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

TEST(Allocation, NoTickAllocates) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Program program = compiled(read_file(path.string()));
    for (const std::uint32_t threads : {1u, 2u}) {
      SessionOptions options;
      options.threads = threads;
      options.parallel_lanes = 0;
      Session session(program, options);
      session.tick(0);
      const long before = allocations.load();
      for (int frame = 1; frame < 5; ++frame) session.tick(program.frame_time_ms(frame));
      EXPECT_EQ(allocations.load(), before) << path << " on " << threads << " threads";
    }
  }
}

TEST(Allocation, AnyCountOfAPoolRunsInTheSameMemory) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot(periodA: 1s)\nn = floor(50 + 60 * sin(time.phaseA))\n"
               "dots = Array(count: n, maxCount: 100)\nslow = Lag(dots.t)\n"
               "draw = RenderInstances2D((slow, dots.u), shape: dots, size: Reduce(slow))\n"));
  std::uint32_t least = 100, most = 0;
  session.tick(0);
  const std::uint64_t bytes = session.memory_bytes();
  const long before = allocations.load();
  for (int tick = 1; tick < 200; ++tick) {
    const std::uint32_t count = session.tick(tick * 7.0).passes[0].instances.count;
    least = std::min(least, count), most = std::max(most, count);
  }
  EXPECT_EQ(allocations.load(), before);
  EXPECT_EQ(session.memory_bytes(), bytes);
  EXPECT_EQ(least, 0u);
  EXPECT_EQ(most, 100u);
  EXPECT_FALSE(session.errors().empty());
}

TEST(Allocation, EventsRunInTheSameMemory) {
  Session session(
      compiled("oscilla 1\ninput hit = Trigger()\ninput other = Trigger()\ntime = TimeRoot()\n"
               "e = combine(any, hit | EventDelay(delay: 50ms), other, ClockPulse(period: 20ms))\n"
               "v = Voices(e, max: 5)\nnotes = Collect(v.start)\n"
               "dots = Array(count: 100)\nsum = Accumulator(dots.t, trigger: combine(any, e, notes))\n"
               "drawVoices = RenderInstances2D((Accumulator(v.velocity), 0), layer: 1)\n"
               "draw = RenderInstances2D((sum, 0.5))\n"));
  session.tick(0);
  const long before = allocations.load();
  for (int tick = 1; tick < 100; ++tick) {
    for (int i = 0; i < 300; ++i) session.set(1, i);
    session.send(0, "a key of some length", tick);
    session.tick(tick * 16.0);
  }
  EXPECT_EQ(allocations.load(), before);
  EXPECT_FALSE(session.errors().empty());
}

TEST(Allocation, TracedTicksAllocateNothingAlsoOverAnEdit) {
  const std::string text =
      "oscilla 1\ninput hit = Trigger()\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 100)\nslow = Lag(dots.t)\n"
      "draw = RenderInstances2D((slow, 0.5), shape: dots, size: 1 + EventValue(hit))\n";
  std::string other = text;
  other.replace(other.find("0.5"), 3, "0.7 + 0.1 * time.phaseA");
  Session session(compiled(text));
  ASSERT_TRUE(session.trace({.frames = 3}));
  session.tick(0);
  session.request_swap(parsed(other));
  session.wait_for_requests();
  const long before = allocations.load();
  for (int tick = 1; tick < 4; ++tick) {
    session.set(0, tick);
    session.tick(tick * 16.0);
  }
  EXPECT_EQ(allocations.load(), before) << "two rehearsals and the switch";
  EXPECT_EQ(session.traced().size(), 3u);
  EXPECT_TRUE(session.traced().back().first_of_program);
}

TEST(Allocation, RecordedTicksAllocateNothing) {
  Session session(
      compiled("oscilla 1\ninput hit = Trigger()\ninput level = Value(0.5)\ntime = TimeRoot()\n"
               "dots = Array(count: 9000)\nsum = Accumulator(dots.t, trigger: hit)\n"
               "draw = RenderInstances2D((sum * level, 0.5))\n"));
  std::atomic<bool> stuck{true}, asked{false};
  Recorder recorder(
      [&](std::string_view) {
        asked.store(true);
        asked.notify_all();
        stuck.wait(true);
        return std::string();
      },
      {1});
  ASSERT_TRUE(session.record(recorder));
  session.tick(0);
  asked.wait(false);  // from here on the recorder's thread does nothing
  const long before = allocations.load();
  for (int tick = 1; tick < 100; ++tick) {
    session.set(1, tick);
    session.send(0, "key", 1);
    session.seek(tick * 50.0);
    session.tick(tick * 20.0);
  }
  EXPECT_EQ(allocations.load(), before);
  session.end_recording();
  stuck.store(false);
  stuck.notify_all();
}

TEST(Allocation, GoingBackAllocatesNothingInTheFramesThread) {
  const std::string text =
      "oscilla 1\ninput hit = Trigger()\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 9000)\n"
      "sum = Accumulator(dots.t, trigger: hit)\ndraw = RenderInstances2D((Lag(sum), 0.5), shape: dots, trail: 2)\n";
  std::string other = text;
  other.replace(other.find("9000"), 4, "5000");
  Recorder recorder([](std::string_view) { return std::string(); }, {1, 1000, 7});
  Session session(compiled(text));
  ASSERT_TRUE(session.record(recorder));
  ASSERT_TRUE(session.trace({.frames = 50}));
  int host = 0;
  const auto play = [&](int ticks) {
    for (int i = 0; i < ticks; ++i) {
      session.send(0, "a", 1);
      session.tick(20.0 * host++);
    }
    return session.transport().t_ms;
  };
  play(20);
  session.swap(parsed(other));
  play(10);
  for (const std::int64_t to : {25, 9, 12}) {  // to what runs, to another program, and on behind that
    ASSERT_TRUE(session.restore(to).has_value());
    session.wait_for_requests();
    const long before = own_allocations;
    const double t_ms = play(3);
    EXPECT_EQ(own_allocations, before) << to;
    EXPECT_EQ(t_ms, 20.0 * static_cast<double>(to + 3)) << "it went back";
    play(10);
  }
}

}  // namespace
}  // namespace oscilla::test
