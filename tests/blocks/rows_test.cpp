// What the rows compute, against formulas written down by hand.
#include <gtest/gtest.h>

#include <numbers>

#include "base/hash.hpp"
#include "bench.hpp"

namespace oscilla::blocks {
namespace {

using ir::Role;
constexpr double kPi = std::numbers::pi;
constexpr double kExact = 1e-12;
constexpr double kRounded = 1e-6;  // of a field

void expect_planes(const Bench& bench, const Value& value, std::initializer_list<double> expected, double tolerance,
                   std::uint32_t lane = 0) {
  ASSERT_EQ(value.components(), expected.size());
  std::size_t i = 0;
  for (const double x : expected) {
    EXPECT_NEAR(bench.value_of(value, i, lane), x, tolerance) << "component " << i << ", lane " << lane;
    ++i;
  }
}

TEST(TimeRoot, GivesTheRails) {
  Bench bench;
  bench.times = {1234, 16, 0.25, 0.5};
  const auto outputs = bench.lower("TimeRoot", {{"periodA", bench.number(3000, ir::Unit::Ms)}});
  EXPECT_EQ(bench.draft.period_a_ms, 3000);
  EXPECT_EQ(bench.draft.period_b_ms, 8000);
  expect_planes(bench, outputs[0], {1234}, 0);
  expect_planes(bench, outputs[1], {16}, 0);
  expect_planes(bench, outputs[2], {0.25}, 0);
  expect_planes(bench, outputs[3], {0.5}, 0);
  expect_planes(bench, outputs[4], {0.25, 0.5, 0, 1}, kExact);
  expect_planes(bench, outputs[5], {1}, kExact);
}

TEST(Shapes, KeepTheirMeasuresAndTurnInRadians) {
  Bench bench;
  const auto ellipse =
      bench.lower("Ellipse", {{"rx", bench.number(0.1)}, {"rotation", bench.number(0.25, ir::Unit::Turn)}});
  const auto rect =
      bench.lower("Rect", {{"rotation", bench.number(90, ir::Unit::Deg)}, {"cornerRadius", bench.number(0.01)}});
  const ShapeDraft& a = bench.draft.shapes[ellipse[0].shape.v];
  const ShapeDraft& b = bench.draft.shapes[rect[0].shape.v];
  EXPECT_EQ(a.kind, ShapeKind::Ellipse);
  EXPECT_EQ(bench.value_of(a.parameters[0]), 0.1);
  EXPECT_EQ(bench.value_of(a.parameters[1]), 0.02);
  EXPECT_NEAR(bench.value_of(a.parameters[2]), kPi / 2, kExact);
  EXPECT_EQ(b.kind, ShapeKind::Rectangle);
  EXPECT_EQ(bench.value_of(b.parameters[0]), 0.04);
  EXPECT_NEAR(bench.value_of(b.parameters[2]), kPi / 2, kExact);
  EXPECT_EQ(bench.value_of(b.parameters[3]), 0.01);
}

TEST(Array, NumbersItsLanes) {
  Bench bench;
  const auto outputs = bench.lower("Array", {{"count", bench.whole(11)}});
  EXPECT_EQ(bench.draft.instances[0].instance.lanes, 11u);
  EXPECT_EQ(bench.draft.shapes[outputs[0].shape.v].kind, ShapeKind::Ellipse);
  EXPECT_EQ(bench.draft.instances[0].element.shape, outputs[0].shape);
  EXPECT_EQ(bench.value_of(outputs[1], 0, 10), 10);
  EXPECT_EQ(bench.value_of(outputs[2], 0, 0), 0);
  EXPECT_EQ(bench.value_of(outputs[2], 0, 5), 0.5);
  EXPECT_EQ(bench.value_of(outputs[2], 0, 10), 1);
  EXPECT_NEAR(bench.value_of(outputs[3], 0, 10), 10.0 / 11, kRounded);
  EXPECT_EQ(bench.value_of(outputs[4], 0, 10), 1);
}

TEST(Array, OfOneLaneStandsInTheMiddleAndKeepsItsElement) {
  Bench bench;
  const Value element = bench.vec2(3, 4);
  const auto outputs = bench.lower("Array", {{"element", element}, {"count", bench.whole(1)}});
  EXPECT_EQ(bench.value_of(outputs[2]), 0.5);
  EXPECT_EQ(bench.value_of(bench.draft.instances[0].element, 1), 4);
}

TEST(Layouts, GridFillsRowByRowAndClampsWhatIsLeftOver) {
  Bench bench(10);
  const auto at = [&](std::uint32_t lane, double x, double y) {
    const Bench::Given given{{"elements", bench.lane()}, {"rows", bench.whole(3)}, {"cols", bench.whole(3)}};
    expect_planes(bench, bench.lower("GridLayout", given)[0], {x, y}, 0, lane);
  };
  at(0, 0, 0);
  at(2, 1, 0);
  at(4, 0.5, 0.5);
  at(8, 1, 1);
  at(9, 0, 1);
}

TEST(Layouts, GridOfOneColumnStandsInTheMiddleWhateverIsWired) {
  Bench bench;
  Value cols = bench.signal(ir::TimeValue::TMs);
  bench.times[0] = -2;
  const auto outputs =
      bench.lower("GridLayout", {{"elements", bench.lane()}, {"rows", bench.whole(5)}, {"cols", cols}});
  expect_planes(bench, outputs[0], {0.5, 0.75}, 0, 3);
}

TEST(Layouts, GridUvTakesItsCellsFromTheHaltonSequence) {
  Bench bench;
  const Bench::Given given{{"elements", bench.lane()}, {"rows", bench.whole(3)}, {"cols", bench.whole(5)}};
  const auto outputs = bench.lower("GridLayoutUV", given);
  expect_planes(bench, outputs[0], {0, 0}, kRounded, 0);
  expect_planes(bench, outputs[0], {0.5, 0.5}, kRounded, 1);  // (1/2, 1/3)
  expect_planes(bench, outputs[0], {0.25, 1}, kRounded, 2);   // (1/4, 2/3)
}

TEST(Layouts, LinesGoFromEndToEnd) {
  Bench bench(5);
  const Bench::Given ends{{"elements", bench.lane()}, {"from", bench.vec2(0, 1)}, {"to", bench.vec2(1, 0)}};
  const auto line = bench.lower("LineLayout", ends);
  expect_planes(bench, line[0], {0, 1}, 0, 0);
  expect_planes(bench, line[0], {0.25, 0.75}, 0, 1);
  expect_planes(bench, line[0], {1, 0}, 0, 4);
  expect_planes(bench, bench.lower("LineLayoutUV", ends)[0], {0.5, 0.5}, 0, 1);
  const auto row = bench.lower("LinearLayout", {{"elements", bench.lane()}, {"spacing", bench.number(0.125)}});
  expect_planes(bench, row[0], {0.25, 0.5}, 0, 0);
  expect_planes(bench, row[0], {0.5, 0.5}, 0, 2);
}

TEST(Layouts, TheRingHasNoDoubledSeam) {
  Bench bench(4);
  const Bench::Given given{{"elements", bench.lane()}, {"phase", bench.number(0.25, ir::Unit::Turn)}};
  const auto ring = bench.lower("CircleLayout", given);
  expect_planes(bench, ring[0], {0.5, 0.8}, kRounded, 0);
  expect_planes(bench, ring[0], {0.2, 0.5}, kRounded, 1);
  expect_planes(bench, ring[0], {0.8, 0.5}, kRounded, 3);
  expect_planes(bench, bench.lower("CircleLayoutUV", given)[0], {0.5, 0.2}, kRounded, 1);
}

TEST(Layouts, TheSpiralWindsOutwards) {
  Bench bench(5);
  const Bench::Given given{{"elements", bench.lane()}, {"turns", bench.number(2)}, {"spacing", bench.number(0.2)}};
  const auto spiral = bench.lower("SpiralLayout", given);
  expect_planes(bench, spiral[0], {0.5, 0.5}, kRounded, 0);
  expect_planes(bench, spiral[0], {0.4, 0.5}, kRounded, 1);
  expect_planes(bench, spiral[0], {0.9, 0.5}, kRounded, 4);
}

TEST(Layouts, ScatterStaysInItsBoundsAndDependsOnItsSeed) {
  Bench bench(200);
  const auto scatter = [&](double seed) {
    return bench.lower("RandomScatter", {{"elements", bench.lane()},
                                         {"seed", bench.whole(seed)},
                                         {"minimum", bench.vec2(0.2, -1)},
                                         {"maximum", bench.vec2(0.4, 1)}})[0];
  };
  const Value a = scatter(1);
  const Value b = scatter(2);
  double sum = 0;
  for (std::uint32_t lane = 0; lane < 200; ++lane) {
    const double x = bench.value_of(a, 0, lane);
    const double y = bench.value_of(a, 1, lane);
    EXPECT_TRUE(x >= 0.2f && x <= 0.4f && y >= -1 && y <= 1);
    EXPECT_NE(x, bench.value_of(b, 0, lane));
    EXPECT_NE((x - 0.2) / 0.2, (y + 1) / 2);
    sum += y;
  }
  EXPECT_LT(std::abs(sum / 200), 0.15);
}

TEST(Layouts, PolarAndBack) {
  Bench bench;
  for (const auto& [angle, unit] : {std::pair{1.0 / 12, ir::Unit::Turn}, std::pair{30.0, ir::Unit::Deg},
                                    std::pair{kPi / 6, ir::Unit::Rad}, std::pair{kPi / 6, ir::Unit::Plain}}) {
    const auto point =
        bench.lower("PolarToCartesian", {{"angle", bench.number(angle, unit)}, {"radius", bench.number(0.4)}});
    expect_planes(bench, point[0], {0.5 + 0.4 * std::cos(kPi / 6), 0.7}, kExact);
    const auto polar = bench.lower("CartesianToPolar", {{"position", point[0]}});
    expect_planes(bench, polar[0], {kPi / 6}, kExact);
    expect_planes(bench, polar[1], {0.4}, kExact);
  }
}

TEST(Fields, AnglesRadiiAndWaves) {
  Bench bench;
  bench.times[static_cast<std::size_t>(ir::TimeValue::PhaseA)] = 0.25;
  const Value id = bench.number(0.5);
  const double golden = kPi * (3 - std::sqrt(5.0));
  expect_planes(bench, bench.lower("GoldenAngle", {{"id", id}})[0], {25 * golden}, kExact);
  expect_planes(bench, bench.lower("AngularOffset", {{"spin", bench.number(2)}})[0], {kPi}, kExact);
  expect_planes(bench, bench.lower("RadiusSqrt", {{"id", id}})[0], {0.35 * std::sqrt(0.5)}, kExact);
  expect_planes(bench, bench.lower("Pulse", {{"id", id}, {"spread", bench.number(0.5)}})[0], {0.5}, kExact);
  expect_planes(bench, bench.lower("Pulse", {{"id", bench.number(0)}})[0], {1.5}, kExact);
  expect_planes(bench, bench.lower("HueFromPhase", {{"id", bench.number(0.875)}})[0], {0.125}, kExact);
}

TEST(Fields, ElementsAreNumbered) {
  Bench bench(5);
  const auto index = bench.lower("DomainIndex", {{"elements", bench.lane()}});
  expect_planes(bench, index[0], {3}, 0, 3);
  expect_planes(bench, index[1], {0.75}, 0, 3);
  const auto field = bench.lower("Broadcast", {{"signal", bench.number(7)}, {"elements", bench.lane()}});
  EXPECT_EQ(bench.value_of(field[0].planes[0], 4), 7);
  const auto hash = bench.lower("StableIdHash", {{"elements", bench.lane()}});
  EXPECT_NE(bench.value_of(hash[0], 0, 0), bench.value_of(hash[0], 0, 1));
  expect_planes(bench, hash[1], {0.25}, 0, 1);
}

TEST(Fields, JitterMovesEveryAxisOnItsOwnAndNotBeyondItsAmount) {
  Bench bench(500);
  const Bench::Given given{{"position", bench.vec3(1, 1, 1)}, {"rand", bench.share()}, {"amountZ", bench.number(0)}};
  const Value moved = bench.lower("JitterVec", given)[0];
  double sum_x = 0;
  double sum_xy = 0;
  for (std::uint32_t lane = 0; lane < 500; ++lane) {
    const double x = bench.value_of(moved, 0, lane) - 1;
    const double y = bench.value_of(moved, 1, lane) - 1;
    EXPECT_LE(std::abs(x), 0.01 + kRounded);
    EXPECT_LE(std::abs(y), 0.01 + kRounded);
    EXPECT_EQ(bench.value_of(moved, 2, lane), 1);
    sum_x += x / 0.01;
    sum_xy += x * y / 1e-4;
  }
  EXPECT_LT(std::abs(sum_x / 500), 0.1);
  EXPECT_LT(std::abs(sum_xy / 500), 0.1);
}

TEST(Fields, OffsetAddsItsAmount) {
  Bench bench(50);
  const Bench::Given given{{"position", bench.vec2(0.5, 0.5)}, {"amountX", bench.number(0.25)}};
  expect_planes(bench, bench.lower("OffsetVec", given)[0], {0.75, 0.5}, 0);
  Bench::Given by_chance = given;
  by_chance["rand"] = bench.lane();
  const Value moved = bench.lower("OffsetVec", by_chance)[0];
  for (std::uint32_t lane = 0; lane < 50; ++lane) {
    EXPECT_GE(bench.value_of(moved, 0, lane), 0.5);
    EXPECT_LT(bench.value_of(moved, 0, lane), 0.75);
  }
  expect_planes(bench, bench.lower("SetZ", {{"position", bench.vec2(1, 2)}, {"z", bench.number(3)}})[0], {1, 2, 3}, 0);
  expect_planes(bench, bench.lower("SetZ", {{"position", bench.vec3(1, 2, 9)}})[0], {1, 2, 0}, 0);
}

TEST(Signals, WavesOfAnOscillator) {
  Bench bench;
  const auto wave = [&](std::string_view mode, double phase) {
    return bench.value_of(
        bench.lower("Oscillator", {{"phase", bench.number(phase, ir::Unit::Turn)}}, {{"mode", mode}})[0]);
  };
  EXPECT_NEAR(wave("sine", 0.25), 1, kExact);
  EXPECT_NEAR(wave("saw", 0.75), 0.5, kExact);
  EXPECT_EQ(wave("square", 0.25), 1);
  EXPECT_EQ(wave("square", 0.75), -1);
  EXPECT_NEAR(wave("triangle", 0.5), -1, kExact);
}

TEST(Signals, HashAndNoiseOfBlocksDifferThoseOfFunctionsDoNot) {
  Bench bench;
  const auto block = [&](std::string_view kind, std::string_view port, std::uint32_t salt) {
    bench.salt = salt;
    return bench.value_of(bench.lower(kind, {{port, bench.number(0.3)}})[0]);
  };
  EXPECT_EQ(block("Hash", "value", 1), block("Hash", "value", 1));
  EXPECT_NE(block("Hash", "value", 1), block("Hash", "value", 2));
  EXPECT_NE(block("Noise", "x", 1), block("Noise", "x", 2));
  bench.salt = 1;
  const double hashed = bench.value_of(bench.call("hash", {{"value", bench.number(0.3)}})[0]);
  const double noise = bench.value_of(bench.call("noise", {{"x", bench.number(0.3)}})[0]);
  bench.salt = 2;
  EXPECT_EQ(bench.value_of(bench.call("hash", {{"value", bench.number(0.3)}})[0]), hashed);
  EXPECT_EQ(bench.value_of(bench.call("noise", {{"x", bench.number(0.3)}})[0]), noise);
  EXPECT_TRUE(hashed >= 0 && hashed < 1);
  EXPECT_TRUE(noise > -1 && noise < 1 && noise != 0);
}

TEST(Signals, NoiseHasOneToThreeDimensions) {
  Bench bench;
  EXPECT_EQ(bench.value_of(bench.call("noise", {{"x", bench.number(4)}})[0]), 0);
  const double flat = bench.value_of(bench.call("noise", {{"x", bench.vec2(0.3, 0.6)}})[0]);
  const double space = bench.value_of(bench.call("noise", {{"x", bench.vec3(0.3, 0.6, 0.2)}})[0]);
  EXPECT_NE(flat, space);
}

TEST(Colors, HsvAndOpacity) {
  Bench bench;
  expect_planes(bench, bench.lower("HsvToRgb", {{"hue", bench.number(1.0 / 3)}})[0], {0, 1, 0, 1}, kExact);
  const Bench::Given grey{
      {"h", bench.number(0.1)}, {"s", bench.number(0)}, {"v", bench.number(0.5)}, {"a", bench.number(0.2)}};
  expect_planes(bench, bench.call("hsv", grey)[0], {0.5, 0.5, 0.5, 0.2}, kExact);
  const Bench::Given half{{"color", bench.color(1, 0.5, 0.25, 0.5)}, {"opacity", bench.number(0.5, ir::Unit::Norm)}};
  expect_planes(bench, bench.lower("ApplyOpacity", half)[0], {1, 0.5, 0.25, 0.25}, kExact);
}

TEST(States, UnitDelayRemembersItsInput) {
  Bench bench;
  expect_planes(bench, bench.lower("UnitDelay", {{"in", bench.vec2(3, 4)}})[0], {3, 4}, 0);
}

TEST(States, LagIsIndependentOfTheFrameRate) {
  Bench bench;
  const Value next = bench.lower("Lag", {{"target", bench.number(1)}})[0];
  const auto run = [&](double dt, int ticks) {
    bench.states = {};
    bench.times[static_cast<std::size_t>(ir::TimeValue::Dt)] = dt;
    for (int i = 0; i < ticks; ++i) bench.states[0] = bench.value_of(next);
    return bench.states[0];
  };
  EXPECT_NEAR(run(120, 1), 1 - std::exp(-1), kExact);
  EXPECT_NEAR(run(10, 12), 1 - std::exp(-1), kExact);
  EXPECT_EQ(run(0, 1), 0);
}

TEST(States, LagWithoutTimeIsInstant) {
  Bench bench;
  bench.states = {5};
  bench.times[static_cast<std::size_t>(ir::TimeValue::Dt)] = 16;
  for (const double time : {0.0, -10.0}) {
    const Bench::Given given{{"target", bench.number(0.1)}, {"time", bench.number(time, ir::Unit::Ms)}};
    expect_planes(bench, bench.lower("Slew", given)[0], {0.1}, 0);
    bench.times[0] = time;
    const Bench::Given wired{{"target", bench.number(0.1)}, {"time", bench.signal(ir::TimeValue::TMs)}};
    expect_planes(bench, bench.lower("Slew", wired)[0], {0.1}, 0);
  }
}

TEST(States, LagTakesVectorsAndItsTimeDefaultsDiffer) {
  Bench bench;
  bench.states = {1, 2};
  bench.times[static_cast<std::size_t>(ir::TimeValue::Dt)] = 40;
  const Bench::Given given{{"target", bench.vec2(0, 4)}};
  const double lag = std::exp(-40.0 / 120);
  const double slew = std::exp(-40.0 / 80);
  expect_planes(bench, bench.lower("Lag", given)[0], {lag, 4 - 2 * lag}, kExact);
  expect_planes(bench, bench.lower("Slew", given)[0], {slew, 4 - 2 * slew}, kExact);
}

TEST(States, PhasorWraps) {
  Bench bench;
  bench.states = {0.9};
  bench.times[static_cast<std::size_t>(ir::TimeValue::Dt)] = 100;
  expect_planes(bench, bench.lower("Phasor", {{"frequency", bench.number(2)}})[0], {0.1}, kExact);
  expect_planes(bench, bench.lower("Phasor", {{"frequency", bench.number(-10)}})[0], {0.9}, kExact);
}

TEST(States, AccumulatorAddsUpUntilItIsReset) {
  Bench bench;
  bench.states = {10, 20};
  expect_planes(bench, bench.lower("Accumulator", {{"delta", bench.vec2(1, 2)}})[0], {11, 22}, 0);
  const Bench::Given reset{{"delta", bench.vec2(1, 2)}, {"reset", bench.boolean(true)}, {"initial", bench.number(7)}};
  expect_planes(bench, bench.lower("Accumulator", reset)[0], {7, 7}, 0);
}

TEST(Render, MakesASink) {
  Bench bench;
  bench.name = "draw.RenderInstances2D";
  const Bench::Given given{{"position", bench.vec2(0.25, 0.75)},
                           {"color", bench.color(1, 0.5, 0.25, 0.5)},
                           {"opacity", bench.number(3)},
                           {"rotation", bench.number(0.5, ir::Unit::Turn)},
                           {"z", bench.number(-1)},
                           {"layer", bench.whole(-2)}};
  bench.lower("RenderInstances2D", given, {{"blend", "difference"}});
  ASSERT_EQ(bench.draft.sinks.size(), 1u);
  const SinkDraft& sink = bench.draft.sinks[0];
  const auto role = [&](Role r) { return bench.value_of(sink.roles[static_cast<std::size_t>(r)]); };
  EXPECT_EQ(role(Role::X), 0.25);
  EXPECT_EQ(role(Role::Y), 0.75);
  EXPECT_EQ(role(Role::Z), -1);
  EXPECT_EQ(role(Role::Size), 1);
  EXPECT_EQ(role(Role::Red), 1);
  EXPECT_EQ(role(Role::Blue), 0.25);
  EXPECT_EQ(role(Role::Alpha), 1);
  EXPECT_NEAR(role(Role::Rotation), kPi, kExact);
  EXPECT_TRUE(sink.sink.has_rotation);
  EXPECT_EQ(sink.sink.layer, -2);
  EXPECT_EQ(sink.sink.blend, Blend::Difference);
  EXPECT_EQ(sink.sink.id, stable_id("draw.RenderInstances2D"));
  EXPECT_EQ(sink.sink.instance, Bench::kInstance);
}

TEST(Render, WordsOfBlendAreInTheOrderOfTheEnumeration) {
  constexpr std::pair<std::string_view, Blend> kWords[] = {
      {"normal", Blend::Normal},   {"multiply", Blend::Multiply},    {"screen", Blend::Screen},
      {"add", Blend::Add},         {"overlay", Blend::Overlay},      {"darken", Blend::Darken},
      {"lighten", Blend::Lighten}, {"difference", Blend::Difference}};
  for (const auto& [word, blend] : kWords) {
    Bench bench;
    bench.lower("RenderInstances2D", {{"position", bench.vec2(0, 0)}}, {{"blend", word}});
    EXPECT_EQ(bench.draft.sinks[0].sink.blend, blend) << word;
    EXPECT_FALSE(bench.draft.sinks[0].sink.has_rotation);
  }
}

TEST(Render, DrawsTheElementOfItsInstanceOrADisc) {
  Bench bench;
  bench.lower("RenderInstances2D", {{"position", bench.vec2(0, 0)}});
  EXPECT_EQ(bench.draft.shapes[bench.draft.sinks[0].sink.shape.v].kind, ShapeKind::Ellipse);
  const Value rect = bench.lower("Rect")[0];
  bench.lower("Array", {{"element", rect}});
  bench.lower("RenderInstances2D", {{"position", bench.vec2(0, 0)}});
  EXPECT_EQ(bench.draft.sinks[1].sink.shape, rect.shape);
  const Value ellipse = bench.lower("Ellipse")[0];
  bench.lower("RenderInstances2D", {{"position", bench.vec2(0, 0)}, {"shape", ellipse}});
  EXPECT_EQ(bench.draft.sinks[2].sink.shape, ellipse.shape);
}

TEST(Render, APositionInSpaceHasItsOwnDepth) {
  Bench bench;
  bench.lower("RenderInstances2D", {{"position", bench.vec3(0.1, 0.2, 0.3)}});
  EXPECT_EQ(bench.value_of(bench.draft.sinks[0].roles[static_cast<std::size_t>(Role::Z)]), 0.3);
  EXPECT_TRUE(bench.problems.empty());
  bench.lower("RenderInstances2D", {{"position", bench.vec3(0.1, 0.2, 0.3)}, {"z", bench.number(1)}});
  ASSERT_EQ(bench.problems.size(), 1u);
  EXPECT_EQ(find_kind("RenderInstances2D")->ports[bench.problems[0].port].name, "z");
}

TEST(Functions, ValuesFromParts) {
  Bench bench;
  const Value one = bench.number(1);
  const Value two = bench.number(2);
  expect_planes(bench, bench.call("vec2", {{"x", one}, {"y", two}})[0], {1, 2}, 0);
  expect_planes(bench, bench.call("vec3", {{"x", one}, {"y", two}, {"z", two}})[0], {1, 2, 2}, 0);
  expect_planes(bench, bench.call("vec3", {{"xy", bench.vec2(1, 2)}, {"z", one}})[0], {1, 2, 1}, 0);
  expect_planes(bench, bench.call("rgb", {{"r", one}, {"g", two}, {"b", one}})[0], {1, 2, 1, 1}, 0);
}

TEST(Functions, EaseKnowsEveryCurveOfTheOpTable) {
  Bench bench;
  const Row* ease = find_function("ease", 2);
  EXPECT_EQ(ease->ports[1].words.size(), 30u);
  for (const std::string_view curve : ease->ports[1].words) {
    const auto at = [&](double x) {
      return bench.value_of(bench.lower(*ease, {{"x", bench.number(x)}}, {{"curve", curve}})[0]);
    };
    EXPECT_NEAR(at(0), 0, kExact) << curve;
    EXPECT_NEAR(at(1), 1, kExact) << curve;
  }
  const auto cubic = bench.lower(*ease, {{"x", bench.number(0.5)}}, {{"curve", "outCubic"}});
  expect_planes(bench, cubic[0], {0.875}, kExact);
}

TEST(Functions, Geometry) {
  Bench bench;
  EXPECT_EQ(bench.value_of(bench.call("length", {{"v", bench.number(-3)}})[0]), 3);
  EXPECT_NEAR(bench.value_of(bench.call("length", {{"v", bench.vec2(3, 4)}})[0]), 5, kExact);
  EXPECT_NEAR(bench.value_of(bench.call("length", {{"v", bench.vec3(2, 3, 6)}})[0]), 7, kExact);
  EXPECT_NEAR(bench.value_of(bench.call("distance", {{"a", bench.vec2(4, 5)}, {"b", bench.number(1)}})[0]), 5, kExact);
  EXPECT_NEAR(bench.value_of(bench.call("distance", {{"a", bench.number(1)}, {"b", bench.vec2(4, 5)}})[0]), 5, kExact);
  EXPECT_EQ(bench.value_of(bench.call("dot", {{"a", bench.vec3(1, 2, 3)}, {"b", bench.vec3(4, 5, 6)}})[0]), 32);
  EXPECT_EQ(bench.value_of(bench.call("dot", {{"a", bench.number(2)}, {"b", bench.vec2(4, 5)}})[0]), 18);
  expect_planes(bench, bench.call("normalize", {{"v", bench.vec2(3, -4)}})[0], {0.6, -0.8}, kExact);
  expect_planes(bench, bench.call("normalize", {{"v", bench.vec2(0, 0)}})[0], {0, 0}, 0);
}

TEST(Lanes, NeighbourWrapsOrStopsAtTheEdge) {
  Bench bench(5);
  const auto at = [&](double offset, std::string_view edge, std::uint32_t lane) {
    const Bench::Given given{{"field", bench.lane()}, {"offset", bench.whole(offset)}};
    return bench.value_of(bench.lower("Neighbour", given, {{"edge", edge}})[0], 0, lane);
  };
  EXPECT_EQ(at(1, "wrap", 1), 2);
  EXPECT_EQ(at(1, "wrap", 4), 0);
  EXPECT_EQ(at(-2, "wrap", 1), 4);
  EXPECT_EQ(at(12, "wrap", 0), 2);
  EXPECT_EQ(at(1, "clamp", 4), 4);
  EXPECT_EQ(at(-3, "clamp", 1), 0);
}

TEST(Lanes, PickTakesTheNearestLane) {
  Bench bench(5);
  const Value square =
      bench.field(bench.draft.build.op(kernels::Op::Multiply, {bench.lane().planes[0], bench.lane().planes[0]}));
  const Value back =
      bench.field(bench.draft.build.op(kernels::Op::Subtract, {bench.number(6).planes[0], bench.lane().planes[0]}));
  const Value picked = bench.lower("Pick", {{"field", square}, {"index", back}})[0];
  EXPECT_EQ(bench.value_of(picked, 0, 4), 4);
  EXPECT_EQ(bench.value_of(picked, 0, 0), 16);
  const Value same = bench.lower("Pick", {{"field", bench.number(3)}, {"index", back}})[0];
  EXPECT_EQ(bench.draft.build[same.planes[0]].kind, ir::ExprKind::Constant);
}

TEST(Lanes, ScanOfWhatIsTheSameEverywhereNeedsNoScan) {
  Bench bench(5);
  const Value three = bench.number(3);
  expect_planes(bench, bench.lower("Scan", {{"field", three}})[0], {12}, kExact, 3);
  expect_planes(bench, bench.lower("Scan", {{"field", three}}, {{"mode", "max"}})[0], {3}, kExact, 3);
  EXPECT_EQ(bench.draft.build[bench.lower("Scan", {{"field", bench.lane()}})[0].planes[0]].kind, ir::ExprKind::Scan);
}

}  // namespace
}  // namespace oscilla::blocks
