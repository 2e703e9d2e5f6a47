// What ops mean: worked examples, golden vectors, special cases, in both precisions.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "scalar_and_lane.hpp"

namespace oscilla::kernels {
namespace {

struct Example {
  Op op;
  std::vector<double> args;
  double want;
  double tolerance = 0;
};

void check(const Example& example) {
  double results[kMaximumResults] = {};
  std::uint32_t zero_divisor = 0;
  scalar_kernel(example.op)(example.args.data(), results, &zero_divisor);
  BlockRun run(example.op, 1);
  for (std::size_t k = 0; k < example.args.size(); ++k) run.argument(k)[0] = static_cast<float>(example.args[k]);
  run.run(block_kernel(best_isa(), example.op, 0));
  std::string label(row_of(example.op).name);
  for (const double arg : example.args) label += " " + std::to_string(arg);
  if (std::isnan(example.want)) {
    EXPECT_TRUE(std::isnan(results[0]) && std::isnan(run.result(0)[0])) << label;
  } else if (std::isinf(example.want)) {
    EXPECT_TRUE(results[0] == example.want && run.result(0)[0] == example.want) << label;
  } else {
    EXPECT_NEAR(results[0], example.want, example.tolerance) << label;
    EXPECT_NEAR(run.result(0)[0], static_cast<float>(example.want), example.tolerance + std::fabs(example.want) * 1e-6)
        << label;
  }
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInfinity = INFINITY;

TEST(Values, Arithmetic) {
  for (const Example& example : {
           Example{Op::Modulo, {-0.25, 1}, 0.75},
           {Op::Modulo, {7, -3}, -2},
           {Op::Modulo, {-7, -3}, -1},
           {Op::Modulo, {7, 3}, 1},
           {Op::Modulo, {-1e-30, 1}, 0},
           {Op::Modulo, {6, 3}, 0},
           {Op::Modulo, {5, 0}, 0},
           {Op::Modulo, {1, kNan}, kNan},
           {Op::Divide, {1, 0}, 0},
           {Op::Divide, {0, 0}, 0},
           {Op::Divide, {1, 4}, 0.25},
           {Op::Round, {2.5}, 3},
           {Op::Round, {-2.5}, -2},
           {Op::Ceil, {-0.5}, 0},
           {Op::Ceil, {1.25}, 2},
           {Op::Floor, {-1.25}, -2},
           {Op::Sign, {-3}, -1},
           {Op::Sign, {kNan}, kNan},
           {Op::Wrap, {-0.25}, 0.75},
           {Op::Wrap, {-1e-30}, 0},
           {Op::Fract, {2.25}, 0.25},
           {Op::Fract, {-1e-30}, 0},
           {Op::Min, {kNan, 1}, 1},
           {Op::Min, {1, kNan}, kNan},
           {Op::Max, {3, 2}, 3},
           {Op::Clamp, {5, 0, 1}, 1},
           {Op::Clamp, {0.5, 1, 0}, 1},
           {Op::Clamp, {kNan, 0, 1}, kNan},
           {Op::Mix, {2, 4, 1.5}, 5},
           {Op::Select, {0, kNan, 2}, 2},
           {Op::Select, {1, 3, kNan}, 3},
           {Op::Less, {kNan, 1}, 0},
           {Op::NotEqual, {kNan, kNan}, 1},
           {Op::And, {1, 0}, 0},
           {Op::Or, {0, 2}, 1},
           {Op::Not, {0}, 1},
           {Op::MulAdd, {2, 3, 4}, 10},
           {Op::Quantise, {0.7, 4}, 0.5},
           {Op::Quantise, {0.7, 0}, 0.7},
           {Op::Range, {0.25, 2, 4}, 2.5},
           {Op::Invert, {0.25}, 0.75},
       }) {
    check(example);
  }
}

TEST(Values, PowersAndAngles) {
  constexpr double kPi = 3.14159265358979323846;
  for (const Example& example : {
           Example{Op::Pow, {-2, 3}, -8},
           {Op::Pow, {-2, 2}, 4},
           {Op::Pow, {-8, 1.0 / 3}, kNan},
           {Op::Pow, {0, 0}, 1},
           {Op::Pow, {0, -1}, kInfinity},
           {Op::Pow, {0, 2}, 0},
           {Op::Pow, {kNan, 0}, 1},
           {Op::Pow, {1, kNan}, 1},
           {Op::Pow, {2, kNan}, kNan},
           {Op::Pow, {3, 4}, 81},
           {Op::Pow, {10, -2}, 0.01, 1e-17},
           {Op::Pow, {kInfinity, 0.5}, kInfinity},
           {Op::Pow, {kInfinity, -1}, 0},
           {Op::Pow, {-kInfinity, 3}, -kInfinity},
           {Op::Pow, {0.5, kInfinity}, 0},
           {Op::Pow, {2, kInfinity}, kInfinity},
           {Op::Pow, {2, 10000}, kInfinity},
           {Op::Pow, {2, -10000}, 0},
           {Op::Exp, {0}, 1},
           {Op::Exp, {-kInfinity}, 0},
           {Op::Exp, {kInfinity}, kInfinity},
           {Op::Exp, {kNan}, kNan},
           {Op::Exp2, {10}, 1024},
           {Op::Exp2, {-3}, 0.125},
           {Op::Log, {1}, 0},
           {Op::Log, {0}, -kInfinity},
           {Op::Log, {-1}, kNan},
           {Op::Log, {kInfinity}, kInfinity},
           {Op::Log2, {8}, 3},
           {Op::Log2, {0.0625}, -4},
           {Op::Sqrt, {-1}, kNan},
           {Op::Hypot, {3, 4}, 5},
           {Op::Hypot, {3e30, 4e30}, 5e30},
           {Op::Sin, {kInfinity}, kNan},
           {Op::Cos, {kNan}, kNan},
           {Op::Sin, {0}, 0},
           {Op::Tan, {kPi / 4}, 1, 1e-15},
           {Op::Atan2, {0, 0}, 0},
           {Op::Atan2, {0, -1}, kPi},
           {Op::Atan2, {-0.0, -1}, kPi},
           {Op::Atan2, {1, 0}, kPi / 2},
           {Op::Atan2, {-1, 0}, -kPi / 2},
           {Op::Atan2, {-1, -1}, -3 * kPi / 4, 1e-15},
           {Op::Atan2, {kInfinity, kInfinity}, kPi / 4},
           {Op::Atan, {kInfinity}, kPi / 2},
           {Op::Asin, {-1}, -kPi / 2},
           {Op::Asin, {1.5}, kNan},
           {Op::Acos, {-1}, kPi},
           {Op::Acos, {1}, 0},
           {Op::SinTurns, {0.25}, 1},
           {Op::SinTurns, {1e6 + 0.5}, 0},
           {Op::SinTurns,
            {0x1.fffffep-2},
            1.87253514146195e-7,
            1e-13},  // the float before a half: 1/2 and it have the sum 1
           {Op::CosTurns, {-0.5}, -1},
           {Op::SinTurns, {1e30}, 0},
           {Op::CosTurns, {1e300}, 1},
       }) {
    if (std::fabs(example.args[0]) > 1e38 && !std::isinf(example.args[0])) {
      EXPECT_EQ(scalar(example.op, {example.args[0]}), example.want);
    } else {
      check(example);
    }
  }
}

TEST(Values, Oscillators) {
  for (const Example& example : {
           Example{Op::Triangle, {0}, 1},
           {Op::Triangle, {0.5}, -1},
           {Op::Triangle, {-0.25}, 0},
           {Op::Square, {0.49}, 1},
           {Op::Square, {0.5}, -1},
           {Op::Square, {1.25}, 1},
           {Op::Sawtooth, {0}, -1},
           {Op::Sawtooth, {0.75}, 0.5},
           {Op::OscSin, {0.25}, 1},
           {Op::OscCos, {0.5}, -1},
           {Op::OscTan, {0.125}, 1, 1e-15},
           {Op::Smoothstep, {0, 1, 0.25}, 0.15625},
           {Op::Smoothstep, {2, 2, 1}, 0},
           {Op::Smoothstep, {2, 2, 2}, 1},
           {Op::Step, {0.5, 0.5}, 1},
           {Op::Step, {0.5, 0.4}, 0},
       }) {
    check(example);
  }
}

TEST(Easings, GoldenVectors) {
  const double kTimes[] = {0.1, 0.25, 0.5, 0.75, 0.9};
  const std::pair<const char*, std::array<double, 5>> kGolden[] = {
      {"inOutQuad", {0.02, 0.125, 0.5, 0.875, 0.98}},
      {"inOutCubic", {0.004, 0.0625, 0.5, 0.9375, 0.996}},
      {"inElastic", {0, 0.00390625, 0, -0.125, 0}},
      {"outElastic", {1, 1.125, 1, 0.99609375, 1}},
      {"outBounce", {0.075625, 0.47265625, 0.765625, 0.97265625, 0.988125}},
      {"inExpo", {0.001953125, 0.005524271728019903, 0.03125, 0.1767766952966369, 0.5}},
      {"inCirc",
       {0.005012562893380035, 0.031754163448145745, 0.1339745962155614, 0.3385621722338523, 0.5641101056459327}},
      {"inBack", {-0.014314220, -0.064136563, -0.0876975, 0.182590313, 0.59117202}},
      {"outSine",
       {0.15643446504023087, 0.3826834323650898, 0.7071067811865476, 0.9238795325112867, 0.9876883405951378}},
  };
  for (const auto& [name, values] : kGolden) {
    for (int i = 0; i < 5; ++i) check({*find_easing(name), {kTimes[i]}, values[static_cast<std::size_t>(i)], 1e-6});
  }
  EXPECT_EQ(find_easing("floor"), std::nullopt);
  EXPECT_EQ(find_easing("inquad"), std::nullopt);
}

TEST(Easings, BeginAtZeroEndAtOneAndClamp) {
  int easings = 0;
  for (const OpRow& row : op_rows()) {
    if (find_easing(row.name) != row.op) continue;
    ++easings;
    for (const auto& [t, want] : {std::pair{0.0, 0.0}, {-5.0, 0.0}, {1.0, 1.0}, {7.0, 1.0}}) {
      EXPECT_EQ(scalar(row.op, {t}), want) << row.name;
      EXPECT_EQ(lane(row.op, {static_cast<float>(t)}), static_cast<float>(want)) << row.name;
    }
    EXPECT_TRUE(std::isnan(scalar(row.op, {kNan}))) << row.name;
  }
  EXPECT_EQ(easings, 30);
}

/// Vectors of the numeric reference for what is made of several ops here.
TEST(GoldenVectors, RankCrossFadeAndSlew) {
  const double kRanks[] = {
      0, 0.6180339887498949, 0.2360679774997898, 0.8541019662496847, 0.4721359549995796, 0.09016994374947451};
  for (int i = 0; i < 6; ++i) EXPECT_NEAR(scalar(Op::Wrap, {i * 0.6180339887498949}), kRanks[i], 1e-15);
  const double kWeights[] = {0.15625, 0.5, 0.84375};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(scalar(Op::Smoothstep, {0, 150, 37.5 * (i + 1)}), kWeights[i]);
  const double kSlew[] = {.124826681, .234071662, .329679954, .413353780, .486582881};
  double value = 0;
  for (const double want : kSlew) {
    value = scalar(Op::Mix, {value, 1, 1 - scalar(Op::Exp, {-16.0 / 120})});
    EXPECT_NEAR(value, want, 1e-9);
  }
}

TEST(Colour, HsvGoldenVectors) {
  const double kGolden[][6] = {{0, 1, 1, 255, 0, 0},          {0.5, 1, 1, 0, 255, 255},  {0.1, 0.85, 0.9, 230, 151, 34},
                               {1.25, 0.5, 0.5, 96, 128, 64}, {-0.1, 1, 1, 255, 0, 153}, {0.37, 0, 0.5, 128, 128, 128}};
  for (const auto& row : kGolden) {
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_EQ(std::floor(scalar(Op::HsvToRgb, {row[0], row[1], row[2]}, k) * 255 + 0.5), row[3 + k]);
      const float hue = static_cast<float>(row[0]), saturation = static_cast<float>(row[1]);
      EXPECT_EQ(std::floor(lane(Op::HsvToRgb, {hue, saturation, static_cast<float>(row[2])}, k) * 255 + 0.5f),
                row[3 + k]);
    }
  }
}

TEST(Placement, HaltonGoldenVectors) {
  const double kBase2[] = {0, 0.5, 0.25, 0.75, 0.125, 0.625};
  const double kBase3[] = {0, 1.0 / 3, 2.0 / 3, 1.0 / 9, 4.0 / 9, 7.0 / 9};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(scalar(Op::Halton2, {double(i)}), kBase2[i]);
    EXPECT_EQ(scalar(Op::Halton3, {double(i)}), kBase3[i]);
    EXPECT_EQ(lane(Op::Halton2, {float(i)}), static_cast<float>(kBase2[i]));
    EXPECT_EQ(lane(Op::Halton3, {float(i)}), static_cast<float>(kBase3[i]));
  }
  rc::check("a lane is the scalar, narrowed", [] {
    const int index = *rc::gen::inRange(0, 1 << 24);
    for (const Op op : {Op::Halton2, Op::Halton3}) {
      RC_ASSERT(lane(op, {float(index)}) == static_cast<float>(scalar(op, {double(index)})));
    }
  });
}

TEST(Placement, IndexCountsFromTheBlocksFirstLane) {
  for (const Isa isa : available_isas()) {
    BlockRun run(Op::Index, 37);
    run.run(block_kernel(isa, Op::Index, 0), 8192);
    for (int i = 0; i < 37; ++i) EXPECT_EQ(run.result(0)[i], static_cast<float>(8192 + i));
  }
}

TEST(SeveralSteps, AreThoseStepsOneByOne) {
  const std::vector<float> values = awkward_values(6000, 99);
  const auto same = [](float a, float b) { return canonical_bits(a) == canonical_bits(b); };
  for (std::size_t i = 0; i + 6 <= values.size(); i += 6) {
    const float a = values[i], b = values[i + 1], c = values[i + 2], d = values[i + 3], e = values[i + 4];
    const float f = values[i + 5];
    const float product = lane(Op::Multiply, {a, b}), sum = lane(Op::MulAdd, {a, b, c});
    EXPECT_TRUE(same(lane(Op::MultiplyMulAdd, {a, b, c, d}), lane(Op::MulAdd, {product, c, d})));
    EXPECT_TRUE(same(lane(Op::SinTurnsWave, {a, b, c, d, e}), lane(Op::SinTurnsMulAdd, {sum, d, e})));
    const float unit = lane(Op::HashMixUnit, {a, b}), scaled = lane(Op::MulSubtract, {unit, c, d});
    EXPECT_TRUE(same(lane(Op::HashMixScale, {a, b, c, d}), scaled));
    EXPECT_TRUE(same(lane(Op::HashMixOffset, {a, b, c, d, e, f}), lane(Op::MulAdd, {scaled, e, f})));
    const float key = lane(Op::HashKey, {b});
    EXPECT_TRUE(same(lane(Op::HashRound, {a, key}), lane(Op::HashMix, {a, b})));
    EXPECT_TRUE(same(lane(Op::HashRoundUnit, {a, key}), unit));
    EXPECT_TRUE(same(lane(Op::HashRoundScale, {a, key, c, d}), scaled));
    EXPECT_TRUE(same(lane(Op::HashRoundOffset, {a, key, c, d, e, f}), lane(Op::MulAdd, {scaled, e, f})));
    EXPECT_TRUE(same(lane(Op::AddFive, {a, b, c, d, e}), lane(Op::AddThree, {lane(Op::AddThree, {a, b, c}), d, e})));
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_TRUE(same(lane(Op::HsvSumToRgb, {a, b, c, d}, k), lane(Op::HsvToRgb, {lane(Op::Add, {a, b}), c, d}, k)));
      EXPECT_TRUE(same(lane(Op::HsvWaveToRgb, {a, b, c, d, e}, k), lane(Op::HsvToRgb, {sum, d, e}, k)));
    }
  }
}

TEST(Placement, IndexDividesTheBlocksLanes) {
  for (const Isa isa : available_isas()) {
    BlockRun run(Op::IndexDivide, 37);
    run.set_argument(0, std::vector<float>(37, 7));
    EXPECT_EQ(run.run(block_kernel(isa, Op::IndexDivide, 0), 8192), 0u);
    for (int i = 0; i < 37; ++i) EXPECT_EQ(run.result(0)[i], static_cast<float>(8192 + i) / 7.0f);
    run.argument(0)[36] = 0;
    EXPECT_EQ(run.run(block_kernel(isa, Op::IndexDivide, 0), 8192), 1u);
    EXPECT_EQ(run.result(0)[36], 0.0f);
  }
}

TEST(TwoResults, SineAndCosineAreThoseOfTheSingleOps) {
  rc::check([] {
    const float x = static_cast<float>(*rc::gen::inRange(-1000000, 1000000)) / 128.0f;
    RC_ASSERT(lane(Op::SinCos, {x}, 0) == lane(Op::Sin, {x}) && lane(Op::SinCos, {x}, 1) == lane(Op::Cos, {x}));
    RC_ASSERT(lane(Op::SinCosTurns, {x}, 0) == lane(Op::OscSin, {x}));
    RC_ASSERT(scalar(Op::SinCosTurns, {x}, 1) == scalar(Op::OscCos, {x}));
  });
}

TEST(Rows, NamesFindTheirOps) {
  for (const OpRow& row : op_rows()) {
    EXPECT_EQ(&row_of(row.op), &row);
    EXPECT_EQ(find_op(row.name), row.callable() ? std::optional(row.op) : std::nullopt) << row.name;
    EXPECT_FALSE(row.doc.empty() || row.source.empty()) << row.name;
  }
}

}  // namespace
}  // namespace oscilla::kernels
