// Types and units, row by row of docs/language.md, section 5.
#include <gtest/gtest.h>

#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

struct Typed {
  const char* expression;
  const char* type;
};
/// Every expression is sound and has this type.
void expect_types(std::initializer_list<Typed> rows) {
  for (const Typed& row : rows) {
    Solved solved = solve_lines(std::string("y = ") + row.expression);
    EXPECT_EQ(solved.codes(), "") << row.expression << "\n" << solved.said();
    EXPECT_EQ(solved.type("y"), row.type) << row.expression;
  }
}

struct Wrong {
  const char* expression;
  const char* code;
};
/// Every expression, drawn, has exactly this mistake, and whoever wrote it is told what to do.
void expect_mistakes(std::initializer_list<Wrong> rows) {
  for (const Wrong& row : rows) {
    const Solved solved = solve_drawn(std::string("y = ") + row.expression +
                                      "\nx = true ? 1 : combine(last, 2, z)\nz = combine(first, 3, w)\nw = hash(y)");
    EXPECT_EQ(solved.codes(), row.code) << row.expression << "\n" << solved.said();
    for (const Diagnostic& d : solved.diagnostics) EXPECT_FALSE(d.hint.empty()) << row.expression << ": " << d.message;
  }
}

TEST(Types, IntsAndFloats) {
  expect_types({{"3", "int"},
                {"3.0", "float"},
                {"1 + 2", "int"},
                {"7 - 2", "int"},
                {"3 * 4", "int"},
                {"7 % 4", "int"},
                {"-3", "int"},
                {"7 / 2", "float"},
                {"6 / 2", "float"},
                {"1 + 2.5", "float"},
                {"floor(2.5)", "int"},
                {"ceil(2.5)", "int"},
                {"round(2.5)", "int"},
                {"max(1, 2)", "int"},
                {"max(1, 2.5)", "float"},
                {"abs(-1)", "int"},
                {"dots.index", "int field"},
                {"dots.index + 1", "int field"},
                {"dots.index / 4", "float field"},
                {"true ? 1 : 0", "int"},
                {"true ? 1 : 0.5", "float"},
                {"sqrt(4)", "float"},
                {"Lag(3)", "float"},
                {"UnitDelay(dots.index)", "float field"}});
  expect_mistakes({{"Array(count: 2.5).t", "E_TYPE_MISMATCH"}, {"Array(count: 8 / 2).t", "E_TYPE_MISMATCH"}});
}

TEST(Types, BoolIsNoNumber) {
  expect_types({{"1 < 2", "bool"},
                {"dots.t >= 0.5", "bool field"},
                {"1 == 2 || !(3 != 4)", "bool"},
                {"true == false", "bool"},
                {"dots.active ? 1 : 0.5", "float field"},
                {"dots.t < 0.5 ? #ff0000 : #00ff00", "color field"},
                {"1s < 500ms", "bool"},
                {"1s < 2", "bool"}});
  expect_mistakes({{"true + 1", "E_PAYLOAD_NOT_ALLOWED"},
                   {"1 < 2 < 3", "E_PAYLOAD_NOT_ALLOWED"},
                   {"!1", "E_PAYLOAD_NOT_ALLOWED"},
                   {"1 && true", "E_PAYLOAD_NOT_ALLOWED"},
                   {"1 ? 2 : 3", "E_PAYLOAD_NOT_ALLOWED"},
                   {"true ? 1 : false", "E_TYPE_MISMATCH"},
                   {"true ? (1, 2) : 3", "E_TYPE_MISMATCH"},
                   {"(1, 2) < (3, 4)", "E_PAYLOAD_NOT_ALLOWED"},
                   {"true == 1", "E_TYPE_MISMATCH"},
                   {"sin(true)", "E_PAYLOAD_NOT_ALLOWED"},
                   {"1s < 2rad", "E_UNIT_MISMATCH"}});
}

TEST(Types, LiteralUnits) {
  expect_types({{"6s", "time"},
                {"2min", "time"},
                {"5ms", "time"},
                {"90deg", "deg"},
                {"1rad", "rad"},
                {"0.5turn", "phase"},
                {"pi", "rad"},
                {"tau", "rad"},
                {"goldenAngle", "rad"},
                {"canvas.width", "float"},
                {"time.tMs", "time"},
                {"time.phaseA", "phase"},
                {"dots.t", "float field"}});
  Solved solved = solve_lines("y = 2min");
  EXPECT_EQ(solved.node("y.Const")->constant[0], 120000);
}

TEST(Types, SumsTakeTheOthersUnit) {
  expect_types({{"1 + 6s", "time"},
                {"6s - 1", "time"},
                {"7s % 2", "time"},
                {"max(1s, 2)", "time"},
                {"clamp(time.tMs, 0, 2s)", "time"},
                {"mix(1s, 2s, 0.5)", "time"},
                {"true ? 1s : 0", "time"},
                {"90deg + 1rad", "deg"},
                {"1rad + 90deg", "rad"},
                {"time.phaseA + 90deg", "phase"},
                {"90deg + time.phaseA", "deg"},
                {"tau - time.phaseA", "rad"},
                {"time.phaseA + dots.t", "phase field"},
                {"-time.phaseA", "phase"},
                {"abs(-90deg)", "deg"}});
  expect_mistakes({{"1s + 1rad", "E_UNIT_MISMATCH"},
                   {"max(1s, 90deg)", "E_UNIT_MISMATCH"},
                   {"time.tMs - time.phaseA", "E_UNIT_MISMATCH"},
                   {"true ? 1s : 1rad", "E_UNIT_MISMATCH"},
                   {"(1, 2) + 1rad", "E_UNIT_MISMATCH"},
                   {"(1, 2) + 1s", "E_UNIT_MISMATCH"}});
  Solved solved = solve_lines("y = 90deg + 1rad");
  EXPECT_NE(solved.node("y.RadiansToDegrees"), nullptr) << "the right one is converted";
}

TEST(Types, Products) {
  expect_types({{"2 * 6s", "time"},
                {"6s * 2", "time"},
                {"6s / 2", "time"},
                {"6s / 1ms", "float"},
                {"90deg / 45deg", "float"},
                {"tau * time.phaseA", "rad"},
                {"time.phaseA * 1s", "time"},
                {"1s / time.phaseA", "time"},
                {"2 * time.phaseA", "phase"},
                {"time.phaseA / 2", "phase"},
                {"time.phaseA / time.phaseB", "float"},
                {"2 / time.phaseA", "float"},
                {"(1, 2) * time.phaseA", "vec2"},
                {"scale(6s, 2)", "time"}});
  expect_mistakes({{"1rad * 2rad", "E_UNIT_MISMATCH"},
                   {"1s * 1s", "E_UNIT_MISMATCH"},
                   {"1s * 1rad", "E_UNIT_MISMATCH"},
                   {"2 / 1s", "E_UNIT_MISMATCH"},
                   {"(1, 2) * 1s", "E_UNIT_MISMATCH"},
                   {"(1, 2) / 1rad", "E_UNIT_MISMATCH"},
                   {"time.phaseA / 1s", "E_UNIT_MISMATCH"}});
}

TEST(Types, PhasesTurnedTwice) {
  for (const char* factor : {"180", "360", "3.14159", "6.2832", "12.566"})
    EXPECT_EQ(solve_lines(std::string("y = sin(") + factor + " * time.phaseA)").codes(), "W_PHASE_SCALED") << factor;
  EXPECT_EQ(solve_lines("y = sin(time.phaseA * 360)").codes(), "W_PHASE_SCALED");
  EXPECT_EQ(solve_lines("y = floor(180 * time.phaseA)").codes(), "") << "a number of lanes, not an angle";
  for (const char* fine :
       {"tau * time.phaseA", "2 * time.phaseA", "6.3 * time.phaseA", "360deg * time.phaseA", "360 * dots.t"})
    EXPECT_EQ(solve_lines(std::string("y = sin(") + fine + ")").codes(), "") << fine;
}

TEST(Types, Functions) {
  expect_types({{"sin(time.phaseA)", "float"},
                {"cos(90deg)", "float"},
                {"tan(1)", "float"},
                {"atan2(1, 2)", "rad"},
                {"asin(1)", "rad"},
                {"wrap(3.5)", "phase"},
                {"wrap(time.phaseA)", "phase"},
                {"fract(time.phaseA)", "float"},
                {"sqrt(0.5turn)", "float"},
                {"sin((1, 2))", "vec2"},
                {"noise((1, 2))", "float"},
                {"length((3, 4))", "float"},
                {"hsv(0.1)", "color"}});
  expect_mistakes({{"sin(1s)", "E_UNIT_MISMATCH"},
                   {"sqrt(1s)", "E_UNIT_MISMATCH"},
                   {"wrap(1rad)", "E_UNIT_MISMATCH"},
                   {"exp(90deg)", "E_UNIT_MISMATCH"},
                   {"hsv(1rad)", "E_UNIT_MISMATCH"},
                   {"hsv(#ff0000)", "E_TYPE_MISMATCH"},
                   {"rgb(1s, 0, 0)", "E_UNIT_MISMATCH"}});
}

struct Arrival {
  const char* call;
  const char* adapter;  // the node in the port's wire; empty: none
};

TEST(Types, ArrivingAtAPort) {
  const Arrival rows[] = {{"CircleLayout(dots, phase: 0.3)", "y.phase.ScalarToPhase"},
                          {"CircleLayout(dots, phase: time.phaseA)", "y.phase.WrapPhase"},
                          {"CircleLayout(dots, phase: 1rad)", "y.phase.RadiansToPhase"},
                          {"CircleLayout(dots, phase: 90deg)", "y.phase.DegreesToPhase"},
                          {"PolarToCartesian(90deg)", ""},
                          {"PolarToCartesian(time.phaseA)", ""},
                          {"PolarToCartesian(3)", "y.angle.ScalarToRadians"},
                          {"CircleLayout(dots, radius: time.phaseA)", "y.radius.PhaseToScalar"},
                          {"ApplyOpacity(#ff0000, 3)", "y.opacity.ScalarToNorm"},
                          {"ApplyOpacity(#ff0000, time.phaseA)", "y.opacity.PhaseToNorm"},
                          {"Lag(1, time: 120ms)", ""},
                          {"Lag(1, time: 0)", ""}};
  for (const Arrival& row : rows) {
    const Solved solved = solve_lines(std::string("y = ") + row.call);
    EXPECT_EQ(solved.codes(), "") << row.call << solved.said();
    std::string adapters;
    for (const Node& node : solved.graph.nodes)
      if (node.kind == NodeKind::Adapter && node.name.starts_with("y.") &&
          std::string_view(row.call).find("phase: 0") == std::string_view::npos)
        adapters += node.name;
    if (*row.adapter != '\0') {
      EXPECT_NE(solved.node(row.adapter), nullptr) << row.call << "\n" << print_graph(solved.graph);
    } else {
      EXPECT_EQ(adapters, "") << row.call;
    }
  }
  expect_mistakes({{"Lag(1, time: 4)", "E_UNIT_MISMATCH"},
                   {"Lag(1, time: dots.t)", "E_UNIT_MISMATCH"},
                   {"Lag(1, time: 1rad)", "E_UNIT_MISMATCH"},
                   {"Lag(1, time: time.phaseA)", "E_UNIT_MISMATCH"},
                   {"CircleLayout(dots, radius: 90deg)", "E_UNIT_MISMATCH"},
                   {"CircleLayout(dots, radius: 1s)", "E_UNIT_MISMATCH"},
                   {"CircleLayout(dots, phase: 1s)", "E_UNIT_MISMATCH"},
                   {"PolarToCartesian(1s)", "E_UNIT_MISMATCH"},
                   {"ApplyOpacity(#ff0000, 1s)", "E_UNIT_MISMATCH"},
                   {"UnitDelay(0.5, initial: 1s)", "E_UNIT_MISMATCH"},
                   {"UnitDelay(0.5, initial: (1, 2))", "E_TYPE_MISMATCH"},
                   {"UnitDelay(0.5, initial: true)", "E_TYPE_MISMATCH"},
                   {"UnitDelay(true, initial: 1)", "E_TYPE_MISMATCH"},
                   {"Lag(true)", "E_TYPE_MISMATCH"}});
}

TEST(Types, Vectors) {
  expect_types({{"(1, 2)", "vec2"},
                {"(1, 2, 3)", "vec3"},
                {"vec3((1, 2), 3)", "vec3"},
                {"(1, dots.t)", "vec2 field"},
                {"(1, 2) + 3", "vec2"},
                {"3 * (1, 2)", "vec2"},
                {"(1, 2) / (3, 4)", "vec2"},
                {"#ff0000 * 0.5", "color"},
                {"#ff0000 + #00ff00", "color"},
                {"(1, 2).y", "float"},
                {"(1, 2, 3).zx", "vec2"},
                {"#ff0000.rgb", "vec3"},
                {"#ff0000.a", "float"},
                {"(1, 2).rgrg", "color"},
                {"(time.phaseA, 1)", "vec2"},
                {"rgb(1, 2, 3, 4)", "color"},
                {"mix(#000000, #ffffff, dots.t)", "color field"},
                {"((3))", "int"}});
  expect_mistakes({{"(1, 2) + (1, 2, 3)", "E_TYPE_MISMATCH"},
                   {"(1s, 2)", "E_UNIT_MISMATCH"},
                   {"(1, 2).z", "E_UNKNOWN_NAME"},
                   {"((1, 2), 3)", "E_TYPE_MISMATCH"},
                   {"dots.t.x", "E_TYPE_MISMATCH"},
                   {"3.0 + dots.elements", "E_PAYLOAD_NOT_ALLOWED"},
                   {"(1, 2) + #ff0000", "E_TYPE_MISMATCH"}});
}

TEST(Types, Fields) {
  expect_types({{"dots.t + 1", "float field"},
                {"Lag(dots.t)", "float field"},
                {"UnitDelay(1, initial: dots.t)", "float field"},
                {"UnitDelay(time.dt, initial: time.tMs)", "time"},
                {"UnitDelay(true)", "bool"},
                {"UnitDelay(dots.t > 0.5, initial: true)", "bool field"},
                {"Phasor(dots.t)", "phase field"},
                {"noise(dots.t)", "float field"}});
  expect_mistakes({{"dots.t + bars.t", "E_INSTANCE_MISMATCH"},
                   {"(dots.t, bars.t)", "E_INSTANCE_MISMATCH"},
                   {"CircleLayout(dots, radius: bars.t)", "E_INSTANCE_MISMATCH"},
                   {"Ellipse(rx: dots.t)", "E_CARDINALITY_MISMATCH"},
                   {"CircleLayout(3)", "E_CARDINALITY_MISMATCH"},
                   {"Array(maxCount: floor(time.phaseA)).t", "E_CONST_VALUE_INVALID"},
                   {"UnitDelay(1, initial: dots.t + bars.t)", "E_INSTANCE_MISMATCH"}});
}

TEST(Types, FeedbackLoops) {
  const auto in_loop = [](const std::string& line) {
    Solved solved = solve_lines(line);
    EXPECT_EQ(solved.codes(), "") << line << "\n" << solved.said();
    return solved.type("y");
  };
  EXPECT_EQ(in_loop("y = fract(UnitDelay(y) + 0.01)"), "float");
  EXPECT_EQ(in_loop("y = UnitDelay(y) + 1"), "float");
  EXPECT_EQ(in_loop("y = UnitDelay(y) + 0.1turn"), "phase");
  EXPECT_EQ(in_loop("y = UnitDelay(y) + (0.1, 0)"), "vec2");
  EXPECT_EQ(in_loop("y = UnitDelay(y, initial: (0.5, 0.5)) + 0.1"), "vec2");
  EXPECT_EQ(in_loop("y = 0.9 * UnitDelay(y) + 0.1 * #ff0000"), "color");
  EXPECT_EQ(in_loop("y = UnitDelay(y) + dots.t"), "float field");
  EXPECT_EQ(in_loop("y = UnitDelay(y + (0.1, 0), initial: CircleLayout(dots))"), "vec2 field");
  EXPECT_EQ(in_loop("y = UnitDelay(y) || time.phaseA > 0.5"), "bool");
  EXPECT_EQ(in_loop("y = time.phaseA > 0.5 ? UnitDelay(y) : true"), "bool");
  EXPECT_EQ(in_loop("y = UnitDelay(z) + 1\nz = UnitDelay(y) + time.dt"), "time");
}

TEST(Types, MistakesInLoopsAreToldOnce) {
  expect_mistakes({{"UnitDelay(y) + true", "E_PAYLOAD_NOT_ALLOWED"},
                   {"UnitDelay(y)", "E_TYPE_UNRESOLVED"},
                   {"UnitDelay(abs(y))", "E_TYPE_UNRESOLVED"},
                   {"fract(UnitDelay(y) + 1s)", "E_UNIT_MISMATCH"},
                   {"UnitDelay(y) + nothing", "E_UNKNOWN_NAME"},
                   {"UnitDelay(y) + (1, 2) + (1, 2, 3)", "E_TYPE_MISMATCH"},
                   {"UnitDelay(y) + dots.t + bars.t", "E_INSTANCE_MISMATCH"}});
}

TEST(Types, SeveralWriters) {
  expect_types({{"combine(sum, 1, 2)", "int"},
                {"combine(average, 1, 2)", "float"},
                {"combine(sum, 1, (1, 2))", "vec2"},
                {"combine(or, true, false)", "bool"},
                {"combine(blend, #ff0000, #00ff0080)", "color"},
                {"combine(last, 1s, 2s)", "time"},
                {"combine(product, 2, 3s)", "time"},
                {"combine(last, time.phaseA, 0.5turn)", "phase"},
                {"combine(max, 1, dots.t)", "float field"}});
  expect_mistakes({{"combine(or, 1, 2)", "E_PAYLOAD_NOT_ALLOWED"},
                   {"combine(blend, 1, 2)", "E_PAYLOAD_NOT_ALLOWED"},
                   {"combine(sum, true, 2)", "E_TYPE_MISMATCH"},
                   {"combine(sum, 1s, 1rad)", "E_UNIT_MISMATCH"},
                   {"combine(product, 1s, 2s)", "E_UNIT_MISMATCH"},
                   {"combine(sum, time.phaseA, 0.5turn)", "E_PAYLOAD_NOT_ALLOWED"},
                   {"combine(average, time.phaseA, 0.5turn)", "E_PAYLOAD_NOT_ALLOWED"}});
}

}  // namespace
}  // namespace oscilla::graph::test
