// What noise, curves, colours and moves of points compute, against formulas written down by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "bench.hpp"
#include "blocks/examples.hpp"

namespace oscilla::blocks {
namespace {

constexpr double kTolerated = 1e-12;

void expect_near(const Bench& bench, const Value& value, std::initializer_list<double> expected, double tolerance) {
  ASSERT_EQ(value.components(), expected.size());
  std::size_t i = 0;
  for (const double x : expected) EXPECT_NEAR(bench.value_of(value, i++), x, tolerance) << "component " << i - 1;
}

double curve_at(double x, std::string_view mode) {
  Bench bench;
  const std::vector<Value> points{bench.vec2(0, 1), bench.vec2(0.5, 3), bench.vec2(1, 2)};
  return bench.value_of(bench.lower("Curve", {{"x", bench.number(x)}}, {{"mode", mode}}, {{"points", points}})[0]);
}

TEST(Curve, GoesThroughItsPointsAndIsLevelBeyond) {
  for (const std::string_view mode : {"linear", "smooth", "step"}) {
    EXPECT_NEAR(curve_at(-1, mode), 1, kTolerated) << mode;
    EXPECT_NEAR(curve_at(0.5, mode), 3, kTolerated) << mode;
    EXPECT_NEAR(curve_at(1, mode), 2, kTolerated) << mode;
    EXPECT_NEAR(curve_at(9, mode), 2, kTolerated) << mode;
  }
  EXPECT_NEAR(curve_at(0.125, "linear"), 1.5, kTolerated);
  EXPECT_NEAR(curve_at(0.125, "smooth"), 1 + 2 * (0.0625 * 2.5), kTolerated);
  EXPECT_NEAR(curve_at(0.125, "step"), 1, kTolerated);
}

TEST(Curve, RefusesPointsThatGoBack) {
  Bench bench;
  bench.lower("Curve", {{"x", bench.number(0)}}, {}, {{"points", {bench.vec2(1, 0), bench.vec2(0.5, 1)}}});
  ASSERT_EQ(bench.problems.size(), 1u);
  EXPECT_EQ(bench.problems[0].sentence, "point 2 of the curve lies left of the one before");
}

TEST(Gradient, HasItsStopsAtEqualDistancesOrWhereTheyAreWanted) {
  Bench bench;
  const Bench::Lists even{{"stops", {bench.color(0, 0, 0, 1), bench.color(1, 0, 0, 1), bench.color(1, 1, 0, 0)}}};
  const auto at = [&](const Bench::Lists& lists, double t, std::string_view mode) {
    return bench.lower("Gradient", {{"t", bench.number(t)}}, {{"mode", mode}}, lists)[0];
  };
  expect_near(bench, at(even, 0.25, "linear"), {0.5, 0, 0, 1}, kTolerated);
  expect_near(bench, at(even, 0.75, "linear"), {1, 0.5, 0, 0.5}, kTolerated);
  expect_near(bench, at(even, 0.4, "step"), {1, 0, 0, 1}, kTolerated);
  expect_near(bench, at(even, 0.7, "step"), {1, 1, 0, 0}, kTolerated);
  Bench::Lists placed = even;
  placed["at"] = {bench.number(0), bench.number(0.8), bench.number(0.8)};
  expect_near(bench, at(placed, 0.4, "linear"), {0.5, 0, 0, 1}, kTolerated);
  expect_near(bench, at(placed, 0.9, "linear"), {1, 1, 0, 0}, kTolerated);
  EXPECT_TRUE(bench.problems.empty());
}

TEST(Moves, AttractGoesPartOfTheWay) {
  Bench bench;
  const Bench::Given given{
      {"position", bench.vec2(0, 1)}, {"to", bench.vec2(0.5, 0.5)}, {"strength", bench.number(0.25)}};
  expect_near(bench, bench.lower("Attract", given)[0], {0.125, 0.875}, kTolerated);
  Bench::Given reaching = given;
  reaching["radius"] = bench.number(0.5);
  expect_near(bench, bench.lower("Attract", reaching)[0], {0, 1}, kTolerated);
}

TEST(Moves, RepelPushesAwayAndLeavesTheMiddleAlone) {
  Bench bench;
  const auto push = [&](double x) {
    return bench.lower("Repel", {{"position", bench.vec2(0.5 + x, 0.5)}, {"from", bench.vec2(0.5, 0.5)}})[0];
  };
  expect_near(bench, push(0.15), {0.65 + 0.1 * 0.5, 0.5}, kTolerated);
  expect_near(bench, push(-0.3), {0.2, 0.5}, kTolerated);
  expect_near(bench, push(0), {0.5, 0.5}, kTolerated);
}

TEST(Moves, RotateAndTwirlTurnAboutTheirCenter) {
  Bench bench;
  const Bench::Given given{{"position", bench.vec2(0.7, 0.5)}, {"angle", bench.number(0.25, ir::Unit::Turn)}};
  expect_near(bench, bench.lower("Rotate", given)[0], {0.5, 0.7}, kTolerated);
  const double half = 0.2 * std::sqrt(0.5);  // at half the radius half of a quarter turn is left
  expect_near(bench, bench.lower("Twirl", given)[0], {0.5 + half, 0.5 + half}, kTolerated);
  expect_near(bench, bench.call("rotate", {{"v", bench.vec2(0, 1)}, {"angle", bench.number(90, ir::Unit::Deg)}})[0],
              {-1, 0}, kTolerated);
}

TEST(Colors, HsvAndBack) {
  Bench bench;
  for (const auto& [h, s, v] : {std::array{0.0, 1.0, 1.0}, std::array{0.1, 0.85, 0.9}, std::array{0.4, 0.3, 0.5},
                                std::array{0.62, 1.0, 0.2}, std::array{0.9, 0.5, 1.0}}) {
    const auto color = bench.lower("ColorLFO", {{"phase", bench.number(h, ir::Unit::Turn)},
                                                {"saturation", bench.number(s)},
                                                {"value", bench.number(v)},
                                                {"alpha", bench.number(0.5)}});
    const auto parts = bench.lower("RgbToHsv", {{"color", color[0]}});
    EXPECT_NEAR(bench.value_of(parts[0]), h, kTolerated);
    EXPECT_NEAR(bench.value_of(parts[1]), s, kTolerated);
    EXPECT_NEAR(bench.value_of(parts[2]), v, kTolerated);
    EXPECT_NEAR(bench.value_of(parts[3]), 0.5, kTolerated);
  }
  const auto grey = bench.lower("RgbToHsv", {{"color", bench.color(0.25, 0.25, 0.25, 1)}});
  EXPECT_EQ(bench.value_of(grey[0]), 0);
  EXPECT_EQ(bench.value_of(grey[1]), 0);
  EXPECT_NEAR(bench.value_of(bench.call("luminance", {{"color", bench.color(1, 1, 1, 1)}})[0]), 1, kTolerated);
}

TEST(Functions, CrossAndRemap) {
  Bench bench;
  expect_near(bench, bench.call("cross", {{"a", bench.vec3(1, 0, 0)}, {"b", bench.vec3(0, 1, 0)}})[0], {0, 0, 1}, 0);
  const auto remap = [&](double x, double low, double high) {
    return bench.value_of(bench.call("remap", {{"x", bench.number(x)},
                                               {"inLow", bench.number(low)},
                                               {"inHigh", bench.number(high)},
                                               {"outLow", bench.number(10)},
                                               {"outHigh", bench.number(20)}})[0]);
  };
  EXPECT_NEAR(remap(0, -1, 1), 15, kTolerated);
  EXPECT_NEAR(remap(3, -1, 1), 30, kTolerated);
  EXPECT_EQ(remap(3, 2, 2), 10);
}

TEST(NoiseField, StaysInRangeAndHasDetailOfEveryOctave) {
  Bench bench(4096);
  const Value at = bench.field(
      bench.draft.build.op(kernels::Op::Multiply, {bench.lane().planes[0], bench.draft.build.constant(0.013)}));
  for (const std::string_view form : {"smooth", "ridged", "billow"}) {
    const auto one = bench.lower("NoiseField", {{"position", at}, {"octaves", bench.whole(1)}}, {{"form", form}})[0];
    const auto five = bench.lower("NoiseField", {{"position", at}, {"octaves", bench.whole(5)}}, {{"form", form}})[0];
    double rough_one = 0, rough_five = 0;
    for (std::uint32_t lane = 1; lane < 400; ++lane) {
      EXPECT_LE(std::abs(bench.value_of(five, 0, lane)), 1.0);
      rough_one += std::abs(bench.value_of(one, 0, lane) - bench.value_of(one, 0, lane - 1));
      rough_five += std::abs(bench.value_of(five, 0, lane) - bench.value_of(five, 0, lane - 1));
    }
    EXPECT_GT(rough_five, 1.1 * rough_one) << form;
  }
  bench.lower("NoiseField", {{"position", bench.vec3(0, 0, 0)}, {"evolve", bench.number(1)}});
  ASSERT_EQ(bench.problems.size(), 1u);
  EXPECT_EQ(bench.problems[0].sentence, "noise in space has no room for `evolve`: move its z instead");
}

TEST(CurlNoise, HasNoSourcesAndNoSinks) {
  Bench bench;
  const auto flow = [&](double x, double y) {
    const Value value = bench.lower("CurlNoise", {{"position", bench.vec2(x, y)}, {"scale", bench.number(1)}})[0];
    return std::pair(bench.value_of(value, 0), bench.value_of(value, 1));
  };
  constexpr double kStep = 1.0 / 64;
  double speed = 0;
  for (double x = 0.1; x < 4; x += 0.37) {
    const double y = 1.7 * x;
    const double divergence =
        flow(x + kStep, y).first - flow(x - kStep, y).first + flow(x, y + kStep).second - flow(x, y - kStep).second;
    EXPECT_NEAR(divergence, 0, 1e-9);
    speed += std::hypot(flow(x, y).first, flow(x, y).second);
  }
  EXPECT_GT(speed, 1);
}

/// The share of the mean distance that the nearest two of 500 points keep.
double nearest_share(std::string_view kind, double jitter) {
  Bench bench(500);
  Bench::Given given{{"elements", bench.lane()}};
  if (kind == "EvenScatter") given["jitter"] = bench.number(jitter);
  const Value points = bench.lower(kind, given)[0];
  std::vector<double> x, y;
  for (std::uint32_t lane = 0; lane < 500; ++lane) {
    x.push_back(bench.value_of(points, 0, lane));
    y.push_back(bench.value_of(points, 1, lane));
  }
  double nearest = 9;
  for (std::size_t a = 0; a < 500; ++a)
    for (std::size_t b = 0; b < a; ++b) nearest = std::min(nearest, std::hypot(x[a] - x[b], y[a] - y[b]));
  return nearest * std::sqrt(500.0);
}

TEST(EvenScatter, KeepsItsPointsApartWhereChanceDoesNot) {
  EXPECT_GT(nearest_share("EvenScatter", 0), 0.5);
  EXPECT_GT(nearest_share("EvenScatter", 0.5), 0.15);
  EXPECT_LT(nearest_share("RandomScatter", 0), 0.1);
}

TEST(EvenScatter, IsExactForLargeNumbersOfElements) {
  Bench bench(4194304);
  const Value points = bench.lower("EvenScatter", {{"elements", bench.lane()}, {"jitter", bench.number(0)}})[0];
  const double shift = bench.value_of(points, 0, 0);
  for (const std::uint32_t lane : {1u, 4095u, 4096u, 1000003u, 4194303u}) {
    const double exact = shift + lane * (1 / 1.32471795724474602596);
    EXPECT_NEAR(bench.value_of(points, 0, lane), exact - std::floor(exact), 1e-6) << lane;
  }
}

TEST(Examples, AreFoundByNameOrByUse) {
  EXPECT_TRUE(example_of("Repel").starts_with("oscilla 1"));
  EXPECT_NE(example_of("sqrt").find("sqrt("), std::string_view::npos);
  EXPECT_TRUE(example_of("qrt").empty());
}

}  // namespace
}  // namespace oscilla::blocks
