// Pools: the count is a signal, the program and its memory stay. Grids and what elements keep.
#include <cmath>
#include <cstring>

#include "patches.hpp"

namespace oscilla::test {
namespace {

/// A patch with `count` of 100 elements at most, which are there at once, drawn with a bit of everything that knows the
/// count.
std::string pool_scene(const std::string& array) {
  return "oscilla 1\nseed 9\ntime = TimeRoot(periodA: 1s)\n" + array +
         "own = StableIdHash(dots)\n"
         "ring = CircleLayout(dots, radius: 0.1 + 0.2 * own.rand)\n"
         "row = LinearLayout(dots, spacing: 0.01)\n"
         "middle = Reduce(dots.index, mode: average)\n"
         "a = RenderInstances2D(ring, color: hsv(dots.t, 1, 1), shape: dots, z: own.rand, size: middle / 10, "
         "opacityPolicy: none)\n"
         "b = RenderInstances2D(row, shape: dots, layer: 1, opacity: dots.u, opacityPolicy: none)\n";
}

TEST(Pools, AFrameIsThatOfAnArrayOfSoMany) {
  const Program pool =
      compiled(pool_scene("n = floor(time.tMs / 1ms)\ndots = Array(Rect(), count: n, maxCount: 100)\n"));
  for (const std::uint32_t threads : {1u, 3u}) {
    SessionOptions options;
    options.threads = threads;
    options.parallel_lanes = 1;
    options.block_lanes = threads == 1 ? 256 : 16;
    Session session(pool, options);
    for (const int count : {1, 2, 17, 99, 100}) {
      Session fixed(compiled(pool_scene("dots = Array(Rect(), count: " + std::to_string(count) + ")\n")));
      const RenderFrame& expected = fixed.tick(count);
      const RenderFrame& frame = session.tick(count);
      EXPECT_EQ(validate_frame(frame), "");
      ASSERT_EQ(frame.passes[0].instances.count, static_cast<std::uint32_t>(count));
      for (std::size_t pass = 0; pass < 2; ++pass) {
        const auto got = frame.passes[pass].instances.core, wanted = expected.passes[pass].instances.core;
        EXPECT_EQ(std::memcmp(got.data(), wanted.data(), wanted.size_bytes()), 0) << count << " in pass " << pass;
      }
    }
    EXPECT_TRUE(session.errors().empty());
  }
}

TEST(Pools, CountsThatDoNotFitAreClampedAndRecorded) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\n"
      "n = floor(time.tMs < 1ms ? 1000000 * time.tMs / 1ms - 5 : time.tMs < 2ms ? sqrt(0 - time.tMs / 1ms) "
      ": time.tMs < 3ms ? exp(1000) : 3)\n"
      "dots = Array(count: n, maxCount: 20)\n"
      "draw = RenderInstances2D(CircleLayout(dots), shape: dots)\n";
  Session session(compiled(text));
  EXPECT_EQ(session.tick(0).passes[0].instances.count, 0u);
  ASSERT_EQ(session.errors().size(), 1u);
  EXPECT_EQ(describe(session.errors()[0]), "dots: -5 elements were asked for, 0 were used; in tick 0");
  EXPECT_EQ(session.tick(0.5).passes[0].instances.count, 20u);
  EXPECT_EQ(session.tick(1).passes[0].instances.count, 0u);
  EXPECT_TRUE(std::isnan(session.errors()[0].value));
  EXPECT_EQ(session.tick(2).passes[0].instances.count, 20u);
  EXPECT_EQ(session.tick(3).passes[0].instances.count, 3u);
  ASSERT_EQ(session.errors().size(), 1u);
  EXPECT_EQ(describe(session.errors()[0]), "dots: inf elements were asked for, 20 were used; in 4 ticks, the last 3");
  EXPECT_EQ(session.errors()[0].kind, RuntimeErrorKind::CountOutsidePool);
}

TEST(Pools, AnElementThatComesBackHasForgotten) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\n"
      "dots = Array(count: floor((time.tMs / 1ms) % 10), maxCount: 9)\n"
      "ticks = Accumulator(dots.active ? 1 : 0, initial: 10)\n"
      "draw = RenderInstances2D(CircleLayout(dots), shape: dots, size: ticks)\n";
  Session session(compiled(text, {"ticks"}));
  const auto at = [&](double t) {
    session.tick(t);
    return session.probe()[0].data;
  };
  EXPECT_EQ(at(3), (std::vector<double>{11, 11, 11}));
  EXPECT_EQ(at(5), (std::vector<double>{12, 12, 12, 11, 11}));
  EXPECT_EQ(at(12), (std::vector<double>{13, 13}));
  EXPECT_EQ(at(14), (std::vector<double>{14, 14, 11, 11}));
}

TEST(Pools, ACountMayFollowFromAReduction) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\n"
      "few = Array(count: 5)\n"
      "many = Array(count: round(Reduce(few.index)), maxCount: 50)\n"
      "sum = Reduce(many.active ? 1 : 0)\n"
      "draw = RenderInstances2D(CircleLayout(many), shape: many, size: sum)\n";
  Session session(compiled(text, {"sum"}));
  EXPECT_EQ(session.tick(0).passes[0].instances.count, 10u);
  EXPECT_EQ(session.probe()[0].data, std::vector<double>{10});
}

TEST(Pools, ReductionsOfStateSeeTheLanesOfThisTick) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\n"
      "few = Array(count: 3)\n"
      "dots = Array(count: round(Reduce(few.index)) + 1, maxCount: 50)\n"
      "seen = UnitDelay(dots.index + 0.0, initial: 2)\n"
      "sum = Reduce(seen)\n"
      "draw = RenderInstances2D(CircleLayout(dots), shape: dots, size: sum)\n";
  Session session(compiled(text, {"sum"}));
  session.tick(0);
  EXPECT_EQ(session.probe()[0].data, std::vector<double>{8});
  session.tick(1);
  EXPECT_EQ(session.probe()[0].data, std::vector<double>{6});
}

/// The values of `own.rand` and of a scattered place, by lane.
std::vector<double> chance(const std::string& domain) {
  Session session(compiled("oscilla 1\nseed 4\ntime = TimeRoot()\n" + domain +
                               "own = StableIdHash(dots)\nplace = RandomScatter(dots)\n"
                               "draw = RenderInstances2D(place, shape: dots, size: own.rand)\n",
                           {"own.rand", "place.x"}));
  session.tick(0);
  const std::vector<ProbeValue> probes = session.probe();
  std::vector<double> all;
  for (std::size_t lane = 0; lane < probes[0].lanes; ++lane) {
    all.push_back(probes[0].data[lane]);
    all.push_back(probes[1].data[lane]);
  }
  return all;
}

TEST(Identity, ElementsKeepTheirChanceWhenTheCountChanges) {
  const std::vector<double> many = chance("dots = Array(count: 11)\n");
  const std::vector<double> few = chance("dots = Array(count: 5)\n");
  const std::vector<double> pool = chance("dots = Array(count: 5 + floor(time.phaseA), maxCount: 11)\n");
  EXPECT_EQ(std::vector(many.begin(), many.begin() + 10), few);
  EXPECT_EQ(few, pool);
}

TEST(Identity, CellsKeepTheirChanceWhenColumnsAndRowsChange) {
  const std::vector<double> wide = chance("dots = Grid(7, 4)\n");
  const std::vector<double> narrow = chance("dots = Grid(3, 5)\n");
  for (std::size_t row = 0; row < 4; ++row)
    for (std::size_t column = 0; column < 3; ++column)
      for (std::size_t which = 0; which < 2; ++which)
        EXPECT_EQ(wide[2 * (row * 7 + column) + which], narrow[2 * (row * 3 + column) + which]);
  EXPECT_NE(wide[0], wide[2]);
  EXPECT_NE(wide[2 * 1], wide[2 * 7]) << "row and column are told apart";
}

TEST(Identity, TwoInstancesOfOneSeedDiffer) {
  EXPECT_NE(chance("dots = Array(count: 4)\n"), chance("many = Array(count: 4)\ndots = many\n"));
}

TEST(Grids, ALaneIsRowTimesColumnsPlusColumn) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\ng = Grid(3, 2)\n"
               "draw = RenderInstances2D((g.x, g.y), shape: g)\n",
               {"g.column", "g.row", "g.x", "g.y", "g.index", "g.t"}));
  session.tick(0);
  const std::vector<ProbeValue> probes = session.probe();
  using List = std::vector<double>;
  EXPECT_EQ(probes[0].data, (List{0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(probes[1].data, (List{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(probes[2].data, (List{0, 0.5, 1, 0, 0.5, 1}));
  EXPECT_EQ(probes[3].data, (List{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(probes[4].data, (List{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(probes[5].data.back(), 1);
}

TEST(Grids, EveryCellOfTheLargestGridsIsRight) {
  for (const auto& [columns, rows] : {std::pair{2, 2097152}, {1399, 2997}, {2097151, 2}, {1, 4194304}}) {
    const std::string text = "oscilla 1\ntime = TimeRoot()\ng = Grid(" + std::to_string(columns) + ", " +
                             std::to_string(rows) + ")\nwrong = Reduce(g.row * " + std::to_string(columns) +
                             " + g.column == g.index && g.column >= 0 && g.column < " + std::to_string(columns) +
                             " ? 0 : 1)\ndraw = RenderInstances2D((g.x, g.y), shape: g, size: wrong)\n";
    Session session(compiled(text, {"wrong"}));
    session.tick(0);
    EXPECT_EQ(session.probe()[0].data, std::vector<double>{0}) << columns << " x " << rows;
  }
}

}  // namespace
}  // namespace oscilla::test
