// Repeat: several lanes of each lane of another instance. What belongs to whom, in pools, at swaps, and by chance.
#include <algorithm>

#include "patches.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;

/// A patch whose value `see` is looked at.
std::string repeat_patch(const std::string& lines) {
  return "oscilla 1\nseed 4\ntime = TimeRoot()\n" + lines + "\ndraw = RenderInstances2D((see, 0.5))\n";
}

Values seen(const std::string& lines, int ticks = 1) {
  Session session(compiled(repeat_patch(lines), {"see"}));
  for (int tick = 0; tick < ticks; ++tick) session.tick(tick * kFrame);
  return session.probe()[0].data;
}

TEST(Repeat, NumbersItsLanesByParentAndOwn) {
  const std::string head = "few = Array(count: 3)\nmany = Repeat(few, count: 2)\nsee = ";
  EXPECT_EQ(seen(head + "many.index"), (Values{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(seen(head + "many.parentIndex"), (Values{0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(seen(head + "many.ownIndex"), (Values{0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(seen(head + "many.ownT"), (Values{0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(seen(head + "many.ownU"), (Values{0, 0.5, 0, 0.5, 0, 0.5}));
  EXPECT_EQ(seen(head + "5 * many.t"), (Values{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(seen("few = Array(count: 2)\none = Repeat(few, count: 1)\nsee = one.ownT"), (Values{0.5, 0.5}));
}

TEST(Repeat, ValuesOfTheParentStandBesideItsOwn) {
  const std::string head = "few = Array(count: 3)\nten = 10 * few.index\nmany = Repeat(few, count: 2)\nsee = ";
  EXPECT_EQ(seen(head + "ten + many.ownIndex"), (Values{0, 1, 10, 11, 20, 21}));
  EXPECT_EQ(seen(head + "many.ownIndex + ten"), (Values{0, 1, 10, 11, 20, 21}));
  EXPECT_EQ(seen(head + "Pick(ten, many.parentIndex) + many.ownIndex"), (Values{0, 1, 10, 11, 20, 21})) << "by hand";
  EXPECT_EQ(seen(head + "(vec2(few.index, ten) * vec2(1, many.ownIndex)).y"), (Values{0, 0, 0, 10, 0, 20}))
      << "vectors";
  EXPECT_EQ(seen(head + "(few.index == 1 ? many.ownIndex : 7)"), (Values{7, 7, 0, 1, 7, 7})) << "conditions";
  EXPECT_EQ(seen(head + "many.ownIndex + UnitDelay(ten + 0 * time.phaseA)", 2), (Values{0, 1, 10, 11, 20, 21}))
      << "state";
  EXPECT_EQ(seen(head + "Accumulator(ten + many.ownIndex)", 2), (Values{0, 2, 20, 22, 40, 42})) << "state of its own";
}

TEST(Repeat, OfARepeatReadsAllThatItBelongsTo) {
  const std::string head = "a = Array(count: 2)\nb = Repeat(a, count: 2)\nc = Repeat(b, count: 2)\nsee = ";
  EXPECT_EQ(seen(head + "c.parentIndex"), (Values{0, 0, 1, 1, 2, 2, 3, 3}));
  EXPECT_EQ(seen(head + "100 * a.index + 10 * b.ownIndex + c.ownIndex"), (Values{0, 1, 10, 11, 100, 101, 110, 111}));
  EXPECT_EQ(seen(head + "c.ownIndex + 100 * a.index"), (Values{0, 1, 0, 1, 100, 101, 100, 101}));
}

TEST(Repeat, AParentMayBeAGridOrAnyFieldOfIt) {
  EXPECT_EQ(seen("g = Grid(2, 2)\npos = vec2(g.x, g.y)\nm = Repeat(pos, count: 2)\nsee = 10 * g.row + g.column + 0 * "
                 "m.ownIndex"),
            (Values{0, 0, 1, 1, 10, 10, 11, 11}));
}

TEST(Repeat, DrawsTheParentsElement) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\nfew = Array(Rect(), count: 3)\nmany = Repeat(few, count: 4)\n"
               "draw = RenderInstances2D(CircleLayout(many), shape: many)\n"));
  const RenderFrame& frame = session.tick(0);
  EXPECT_EQ(frame.passes[0].instances.count, 12u);
  EXPECT_EQ(frame.shapes[0].kind, ShapeKind::Rectangle);
}

TEST(Repeat, OfAPoolLivesAsItsParentDoes) {
  Session session(
      compiled(repeat_patch("n = floor(time.tMs / 1ms)\nfew = Array(count: n, maxCount: 5)\n"
                            "many = Repeat(few, count: 3)\nsee = Accumulator(few.index + 1 + 0 * many.ownIndex)"),
               {"see"}));
  const auto at = [&](double t) {
    session.tick(t);
    return session.probe()[0].data;
  };
  EXPECT_EQ(at(0), Values{});
  EXPECT_EQ(at(1), (Values{1, 1, 1}));
  EXPECT_EQ(at(2), (Values{2, 2, 2, 2, 2, 2})) << "new elements begin anew";
  EXPECT_EQ(at(3), (Values{3, 3, 3, 4, 4, 4, 3, 3, 3}));
  EXPECT_EQ(at(4).size(), 12u);
  EXPECT_TRUE(session.errors().empty());
  EXPECT_EQ(at(9).size(), 15u);
  ASSERT_EQ(session.errors().size(), 1u) << "said of the parent alone";
  EXPECT_EQ(session.errors()[0].block, "few");
}

/// The chance of every element, by lane.
Values chance(int parents, int count) {
  return seen("few = Array(count: " + std::to_string(parents) +
              ")\nmany = Repeat(few, count: " + std::to_string(count) + ")\nown = StableIdHash(many)\nsee = own.rand");
}

TEST(Repeat, ElementsKeepTheirChance) {
  const Values two = chance(3, 2);
  const Values more_parents = chance(5, 2);
  const Values more_each = chance(3, 4);
  EXPECT_TRUE(std::equal(two.begin(), two.end(), more_parents.begin()));
  for (std::size_t parent = 0; parent < 3; ++parent)
    for (std::size_t own = 0; own < 2; ++own)
      EXPECT_EQ(two[parent * 2 + own], more_each[parent * 4 + own]) << parent << ", " << own;
  Values sorted = more_each;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(std::unique(sorted.begin(), sorted.end()), sorted.end()) << "no two are alike";
}

TEST(Repeat, StateGoesOnByParentAndOwnElement) {
  const auto lines = [](int parents, int count) {
    return repeat_patch("few = Array(count: " + std::to_string(parents) + ")\nmany = Repeat(few, count: " +
                        std::to_string(count) + ")\nsee = Accumulator(10 * few.index + many.ownIndex)");
  };
  Session session(compiled(lines(2, 2), {"see"}));
  session.tick(0);
  session.tick(1);
  const auto after = [&](int parents, int count) {
    const SwapReport report = session.swap(Patch::parse(lines(parents, count)));
    EXPECT_EQ(report.outcome, SwapOutcome::Swapped);
    session.tick(2);
    return session.probe()[0].data;
  };
  EXPECT_EQ(after(2, 3), (Values{0, 3, 2, 30, 33, 12})) << "one more each";
  EXPECT_EQ(after(3, 3), (Values{0, 4, 4, 40, 44, 24, 20, 21, 22})) << "one more parent";
  EXPECT_EQ(after(2, 1), (Values{0, 50})) << "fewer of both";
}

/// Codes of what is wrong, in order.
std::string codes(const std::string& lines) {
  std::string all;
  for (const Diagnostic& d : compile_patch(Patch::parse(repeat_patch(lines))).diagnostics)
    if (d.severity >= Severity::Error) all += std::string(d.code) + " ";
  return all;
}

TEST(Repeat, StrangersStillDoNotMeet) {
  const std::string head =
      "a = Array(count: 2)\nb = Repeat(a, count: 2)\nc = Repeat(a, count: 2)\nother = Array(count: 4)\nsee = ";
  EXPECT_EQ(codes(head + "b.ownIndex + c.ownIndex"), "E_INSTANCE_MISMATCH ") << "children of one parent are strangers";
  EXPECT_EQ(codes(head + "b.ownIndex + a.index + other.index"), "E_INSTANCE_MISMATCH ");
  EXPECT_EQ(codes(head + "a.index + b.ownIndex"), "");
}

TEST(Repeat, LoopsAreFound) {
  EXPECT_EQ(codes("a = Repeat(a, count: 2)\nsee = a.t"), "E_CYCLE_DETECTED ");
  EXPECT_EQ(codes("a = Repeat(UnitDelay(a.t), count: 2)\nsee = a.t"), "E_CYCLE_DETECTED ");
  EXPECT_EQ(codes("a = Repeat(UnitDelay(b.t), count: 2)\nb = Repeat(UnitDelay(a.t), count: 2)\nsee = a.t"),
            "E_CYCLE_DETECTED ");
  EXPECT_EQ(codes("n = 2\na = Repeat(n, count: 2)\nsee = a.t"), "E_CARDINALITY_MISMATCH ");
  EXPECT_EQ(codes("a = Array(count: 4000)\nb = Repeat(a, count: 4000)\nsee = b.t"), "E_LIMIT_LANES ");
  EXPECT_EQ(codes("a = Array(count: 4000000)\nb = Repeat(a, count: 4000000)\nsee = b.t"), "E_LIMIT_LANES ");
}

/// What a child's lanes say may lead back to its parent over a tick.
TEST(Repeat, FeedbackThroughChildrenWorks) {
  EXPECT_EQ(
      seen("a = Array(count: 2)\nb = Repeat(a.index + 0 * sum, count: 3)\nsum = UnitDelay(Reduce(b.ownIndex + 0.0))\n"
           "see = sum",
           3),
      Values{6});
}

TEST(Repeat, TheSameBitsHoweverItRuns) {
  const Program program = compiled(
      "oscilla 1\ntime = TimeRoot(periodA: 1s)\nn = 300 + floor(200 * time.phaseA)\nfew = Array(count: n, maxCount: "
      "500)\n"
      "wave = sin(few.t * 9 + time.phaseA)\nmany = Repeat(few, count: 37)\nslow = Lag(wave + many.ownT)\n"
      "draw = RenderInstances2D((slow, noise(wave + many.ownIndex)), shape: many, size: Reduce(slow) / 999)\n");
  const std::vector<std::string> usual = digests(program, 4);
  for (const std::uint32_t block_lanes : {16u, 4096u})
    for (const std::uint32_t threads : {1u, 3u}) {
      SessionOptions options{"", threads, block_lanes, threads * 16, {}, block_lanes != 256};
      if (threads > 1) options.parallel_lanes = 0;
      EXPECT_EQ(digests(program, 4, options), usual) << block_lanes << " " << threads;
    }
}

}  // namespace
}  // namespace oscilla::test
