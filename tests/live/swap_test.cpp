// Edits of a running patch: what goes on, what begins again, what is told, and that no tick waits for a compiler.
#include <sys/resource.h>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

constexpr double kSwapFrame = 16;

std::string swap_patch(const std::string& lines, const std::string& period = "4s") {
  return "oscilla 1\ntime = TimeRoot(periodA: " + period + ")\ndraw = RenderInstances2D((0.5, 0.5))\n" + lines + "\n";
}

/// A session that ticks at a steady pace and shows one value.
struct Running {
  Running(const std::string& lines, const std::string& probe) : session(compiled(swap_patch(lines), {probe})) {}
  std::vector<double> tick(int ticks = 1) {
    for (; ticks > 0; --ticks) session.tick(now += kSwapFrame);
    return session.probe().at(0).data;
  }
  SwapReport swap(const std::string& lines) { return session.swap(Patch::parse(swap_patch(lines))); }
  double now = -kSwapFrame;
  Session session;
};

const StateFate* fate(const SwapReport& report, std::string_view name) {
  const auto found = std::ranges::find(report.states, name, &StateFate::name);
  return found == report.states.end() ? nullptr : &*found;
}

using Values = std::vector<double>;

TEST(Swap, StateGoesOnUnderItsName) {
  Running running("n = UnitDelay(n) + 1", "n");
  EXPECT_EQ(running.tick(3), Values{3});
  const SwapReport report = running.swap("unrelated = sin(0.5)\nn = UnitDelay(n) + 10");
  EXPECT_EQ(report.outcome, SwapOutcome::Swapped);
  EXPECT_EQ(report.tick, 3);
  ASSERT_TRUE(fate(report, "n.UnitDelay"));
  EXPECT_EQ(fate(report, "n.UnitDelay")->fate, Fate::Kept);
  EXPECT_EQ(running.tick(), Values{13});
}

TEST(Swap, WasCarriesStateOverARename) {
  Running running("n = UnitDelay(n) + 1\nsee = n", "see");
  running.tick(3);
  const SwapReport report = running.swap("k = UnitDelay(k, was: n) + 1\nsee = k");
  ASSERT_TRUE(fate(report, "k.UnitDelay"));
  EXPECT_EQ(fate(report, "k.UnitDelay")->fate, Fate::Renamed);
  EXPECT_EQ(fate(report, "k.UnitDelay")->was, "n.UnitDelay");
  EXPECT_EQ(running.tick(), Values{4});
  // The old name does not come back into play while the patch still says `was:`, and leaving it out changes nothing.
  EXPECT_EQ(fate(running.swap("k = UnitDelay(k, was: n) + 1\nsee = k"), "k.UnitDelay")->fate, Fate::Kept);
  EXPECT_EQ(fate(running.swap("k = UnitDelay(k) + 1\nsee = k"), "k.UnitDelay")->fate, Fate::Kept);
  EXPECT_EQ(running.tick(), Values{5});
}

TEST(Swap, AnExpressionThatGetsANameKeepsItsState) {
  Running running("see = min(UnitDelay(Accumulator(1)), 100)", "see");
  EXPECT_EQ(running.tick(3), Values{2});
  SwapReport report = running.swap("see = min(UnitDelay(sum), 100)\nsum = Accumulator(1, was: see.in)");
  EXPECT_TRUE(report.diagnostics.empty());
  ASSERT_TRUE(fate(report, "sum.Accumulator"));
  EXPECT_EQ(fate(report, "sum.Accumulator")->fate, Fate::Renamed);
  EXPECT_EQ(running.tick(), Values{3});
  report = running.swap("see = late\nlate = min(UnitDelay(sum, was: see), 100)\nsum = Accumulator(1)");
  EXPECT_EQ(fate(report, "late.UnitDelay")->fate, Fate::Renamed);
  EXPECT_EQ(running.tick(), Values{4});
}

TEST(Swap, LanesGoOnByElement) {
  const auto field = [](int count) {
    return "dots = Array(count: " + std::to_string(count) + ")\nsum = Accumulator(dots.index)";
  };
  Running running(field(3), "sum");
  EXPECT_EQ(running.tick(2), (Values{0, 2, 4}));
  SwapReport report = running.swap(field(5));
  ASSERT_TRUE(fate(report, "sum.Accumulator"));
  EXPECT_EQ(fate(report, "sum.Accumulator")->fate, Fate::Remapped);
  EXPECT_EQ(fate(report, "sum.Accumulator")->kept, 3u);
  EXPECT_EQ(running.tick(), (Values{0, 3, 6, 3, 4}));
  running.swap(field(2));
  EXPECT_EQ(running.tick(), (Values{0, 4}));
  running.swap(field(2) + " + 0");
  EXPECT_EQ(running.tick(), (Values{0, 5}));
}

TEST(Swap, CellsOfAGridGoOnByColumnAndRow) {
  const auto grid = [](int columns, int rows) {
    return "cells = Grid(columns: " + std::to_string(columns) + ", rows: " + std::to_string(rows) +
           ")\nsum = Accumulator(10 * cells.row + cells.column)";
  };
  Running running(grid(2, 2), "sum");
  EXPECT_EQ(running.tick(2), (Values{0, 2, 20, 22}));
  const SwapReport report = running.swap(grid(3, 2));
  EXPECT_EQ(fate(report, "sum.Accumulator")->kept, 4u);
  EXPECT_EQ(running.tick(), (Values{0, 3, 2, 30, 33, 12}));
}

TEST(Swap, LanesOfAPoolGoOn) {
  const auto pool = [](const char* step) {
    return "dots = Array(count: 2 + floor(time.tMs / 100ms), maxCount: 5)\nsum = Accumulator(" + std::string(step) +
           " + 0 * dots.index)";
  };
  Running running(pool("1"), "sum");
  EXPECT_EQ(running.tick(2), (Values{2, 2}));
  running.swap(pool("10"));
  EXPECT_EQ(running.tick(), (Values{12, 12}));
  EXPECT_EQ(running.tick(5), (Values{62, 62, 10}));
}

TEST(Swap, WhatCannotGoOnIsReset) {
  Running running("n = Accumulator(1)", "n");
  running.tick(3);
  SwapReport report = running.swap("n = Accumulator((1, 2))");
  EXPECT_EQ(fate(report, "n.Accumulator")->fate, Fate::Reset);
  EXPECT_EQ(fate(report, "n.Accumulator")->why, "it is of another type now");
  EXPECT_EQ(running.tick(), (Values{1, 2}));
  report = running.swap("a = Array(count: 2)\nn = Accumulator((a.index, 2))");
  EXPECT_EQ(fate(report, "n.Accumulator")->fate, Fate::Reset);
  report = running.swap("b = Array(count: 2)\nn = Accumulator((b.index, 2))");
  EXPECT_EQ(fate(report, "n.Accumulator")->why, "its lanes are those of another instance now");
  report = running.swap("n = 0.0");
  EXPECT_EQ(fate(report, "n.Accumulator")->fate, Fate::Dropped);
}

TEST(Swap, APatchWithErrorsChangesNothing) {
  Running running("n = UnitDelay(n) + 1", "n");
  running.tick(3);
  const SwapReport report = running.swap("n = UnitDelay(");
  EXPECT_EQ(report.outcome, SwapOutcome::Refused);
  EXPECT_TRUE(has_errors(report.diagnostics));
  EXPECT_EQ(running.tick(), Values{4});
}

TEST(Swap, PhasesDoNotJump) {
  Session session(compiled(swap_patch("", "4s"), {"time.phaseA"}));
  session.tick(0);
  session.tick(1000);
  EXPECT_EQ(session.probe()[0].data[0], 0.25);
  session.swap(Patch::parse(swap_patch("", "1s")));
  session.tick(1000);
  EXPECT_EQ(session.probe()[0].data[0], 0.25);
  session.tick(1250);
  EXPECT_EQ(session.probe()[0].data[0], 0.5);
}

TEST(Swap, NothingChangedIsNothingChanged) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Patch patch = parsed(read_file(path.string()));
    const Program program = compiled(std::string(patch.text()));
    const std::vector<std::string> undisturbed = digests(program, 12);
    Session session(program);
    for (int frame = 0; frame < 12; ++frame) {
      if (frame == 5 || frame == 8) session.swap(patch);
      EXPECT_EQ(frame_digest(session.tick(program.frame_time_ms(frame))), undisturbed[frame]) << path << " " << frame;
    }
  }
}

TEST(Swap, TheLastFrameStaysReadable) {
  Session session(compiled(swap_patch("")));
  const RenderFrame& before = session.tick(0);
  const std::string digest = frame_digest(before);
  const RenderFrame copy = before;
  session.swap(Patch::parse(swap_patch("n = 1")));
  session.tick(kSwapFrame);
  EXPECT_EQ(frame_digest(copy), digest);
}

/// A patch that takes long to compile: so many chains of a hundred blocks that remember, in a composite each.
std::string long_patch(int chains) {
  std::string text = "define Chain(x: float) -> (out) {\n  v0 = Lag(x)\n";
  for (int i = 1; i < 100; ++i) text += fmt::format("  v{0} = Lag(sin(v{1}) + v{1})\n", i, i - 1);
  text += "  out = v99\n}\nc0 = Chain(time.phaseA / 1turn)\n";
  for (int i = 1; i < chains; ++i) text += fmt::format("c{} = Chain(c{})\n", i, i - 1);
  return swap_patch(text + fmt::format("last = RenderInstances2D((c{}, 0.5), layer: 1)", chains - 1));
}
/// Twice as many make more blocks than a patch may have.
constexpr int kMostChains = 320;

std::uint64_t wall_clock() {
  return static_cast<std::uint64_t>(
      std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count());
}

/// The size that takes half a second is found out by the very edits: each is twice the one before, until one has taken
/// that long, or the language allows no more.
TEST(Swap, FramesGoOnWhileItCompiles) {
  Session session(compiled(swap_patch("")));
  session.measure(wall_clock);
  double last = session.tick(0).t_ms;
  int ticks = 1;
  for (int chains = 20;; chains *= 2) {
    session.request_swap(Patch::parse(long_patch(chains)));
    const int requested = ticks;
    std::vector<SwapReport> reports;
    for (; reports.empty(); ++ticks) {
      const RenderFrame& frame = session.tick(ticks * kSwapFrame);
      EXPECT_GT(frame.t_ms, last);
      EXPECT_FALSE(frame.passes.empty());
      last = frame.t_ms;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      reports = session.take_swap_reports();
    }
    ASSERT_EQ(reports[0].outcome, SwapOutcome::Swapped) << describe(reports[0]);
    if (reports[0].prepare_nanoseconds < 500'000'000 && chains < kMostChains) continue;
    EXPECT_GE(reports[0].tick - requested, 25);
    return;
  }
}

/// How often the calling thread has waited for anything: a lock, a sleep.
long waits() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage.ru_nvcsw;
}

TEST(Swap, NoTickWaits) {
  Session session(compiled(swap_patch("n = UnitDelay(n) + 1")));
  session.tick(0);
  long waited = 0;
  std::size_t reports = 0;
  for (int tick = 1; reports < 40 && tick < 100'000; ++tick) {
    if (tick % 8 == 0 && tick <= 320)
      session.request_swap(Patch::parse(swap_patch("n = UnitDelay(n) + " + std::to_string(tick))));
    const long before = waits();
    session.tick(tick * kSwapFrame);
    waited += waits() - before;
    reports += session.take_swap_reports().size();
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  EXPECT_EQ(reports, 40u);
  EXPECT_EQ(waited, 0);
}

TEST(Swap, TheWorkerFreesTheOldProgram) {
  std::weak_ptr<const ir::Program> old;
  Session session = [&] {
    Program program = compiled(swap_patch("n = UnitDelay(n) + 1"));
    old = program.compiled().program;
    return Session(std::move(program));
  }();
  session.tick(0);
  session.swap(Patch::parse(swap_patch("n = UnitDelay(n) + 2")));
  for (int tick = 1; tick < 4; ++tick) session.tick(tick * kSwapFrame);
  // This thread does nothing any more; a second request lets the worker forget what it compared with.
  session.request_swap(Patch::parse(swap_patch("n = UnitDelay(n) + 3")));
  for (int i = 0; i < 5000 && !old.expired(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(old.expired());
}

TEST(Swap, SessionsShareAProgramAndNothingElse) {
  const std::string text = swap_patch("n = UnitDelay(n) + 1\nmore = RenderInstances2D((fract(n / 8), 0.2), layer: 1)");
  const Program program = compiled(text);
  const std::vector<std::string> alone = digests(compiled(text), 40);
  Session edited(program);
  std::vector<std::string> first, second;
  const auto run = [&program](std::vector<std::string>& all) { all = digests(program, 40); };
  std::thread one(run, std::ref(first)), two(run, std::ref(second));
  for (int tick = 0; tick < 40; ++tick) {
    if (tick % 10 == 5) edited.swap(Patch::parse(swap_patch("n = UnitDelay(n) + " + std::to_string(tick))));
    edited.tick(tick * kSwapFrame);
  }
  one.join();
  two.join();
  EXPECT_EQ(first, alone);
  EXPECT_EQ(second, alone);
  EXPECT_EQ(digests(program, 40), alone);
}

TEST(Swap, TheNewestRequestWins) {
  Session session(compiled(swap_patch("n = UnitDelay(n) + 1"), {"n"}));
  session.tick(0);
  constexpr std::uint64_t kRequests = 20;
  for (std::uint64_t i = 1; i <= kRequests; ++i)
    EXPECT_EQ(session.request_swap(Patch::parse(swap_patch("n = UnitDelay(n) + " + std::to_string(i)))), i);
  std::vector<SwapReport> reports;
  for (int tick = 1; reports.size() < kRequests; ++tick) {
    session.tick(tick * kSwapFrame);
    for (SwapReport& report : session.take_swap_reports()) reports.push_back(std::move(report));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::ranges::sort(reports, {}, &SwapReport::generation);
  for (std::uint64_t i = 0; i < kRequests; ++i) EXPECT_EQ(reports[i].generation, i + 1);
  EXPECT_EQ(reports.back().outcome, SwapOutcome::Swapped);
  const double before = session.probe()[0].data[0];
  session.tick(1e6);
  EXPECT_EQ(session.probe()[0].data[0], before + kRequests);
}

TEST(Swap, ReportsThatNobodyTakesAreForgotten) {
  Session session(compiled(swap_patch("n = UnitDelay(n) + 1")));
  const Patch wrong = Patch::parse("oscilla 1\ndraw = RenderInstances2D(\n");
  for (std::size_t i = 0; i < kMostSwapReports + 10; ++i) session.request_swap(wrong);
  session.wait_for_requests();
  const std::vector<SwapReport> reports = session.take_swap_reports();
  ASSERT_EQ(reports.size(), kMostSwapReports);
  EXPECT_EQ(std::ranges::max_element(reports, {}, &SwapReport::generation)->generation, kMostSwapReports + 10);
}

TEST(Swap, ASessionMayEndAtAnyMoment) {
  for (int ticks = 0; ticks < 6; ++ticks) {
    Session session(compiled(swap_patch("")));
    session.tick(0);
    session.request_swap(Patch::parse(long_patch(2)));
    for (int tick = 0; tick < ticks; ++tick) session.tick(tick * kSwapFrame);
    session.swap(Patch::parse(swap_patch("n = 2")));
    session.request_swap(Patch::parse(long_patch(2)));
  }
}

TEST(Swap, ReportsAreReadable) {
  Running running("m = UnitDelay(m) + 1\nn = Accumulator(m)", "n");
  running.tick();
  EXPECT_EQ(describe(running.swap("n = Accumulator((1, 2))")),
            "edit 1: swapped at tick 1\n"
            "  reset     n.Accumulator: it is of another type now\n"
            "  dropped   m.UnitDelay\n");
  EXPECT_EQ(describe(running.swap("n = Accumulator(")), "edit 2: 1 error; the running program goes on\n");
}

}  // namespace
}  // namespace oscilla::test
