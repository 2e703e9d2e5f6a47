// Names, outputs, components, arguments and what stands in their place.
#include <gtest/gtest.h>

#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

std::string codes(const std::string& lines) {
  const Solved solved = solve_drawn(lines);
  for (const Diagnostic& d : solved.diagnostics) EXPECT_FALSE(d.hint.empty()) << lines << ": " << d.message;
  return solved.codes();
}
std::string hint(const std::string& lines) {
  const Solved solved = solve_drawn(lines);
  return solved.diagnostics.empty() ? "" : solved.diagnostics[0].hint;
}

TEST(Names, OwnNamesWinOverBuiltInOnes) {
  Solved solved = solve_drawn("pi = 3\nx = pi");
  EXPECT_EQ(solved.codes(), "I_SHADOWS_BUILTIN");
  EXPECT_EQ(solved.type("x"), "int");
  EXPECT_EQ(codes("canvas = (1, 2)\nx = canvas.x"), "I_SHADOWS_BUILTIN");
}

TEST(Names, TheCanvas) {
  const auto value = [](const char* member, const char* canvas) {
    Solved solved =
        solve(std::string("oscilla 1\ncanvas ") + canvas + "\ntime = TimeRoot()\ny = canvas." + member + "\n");
    return solved.node("y.Const")->constant[0];
  };
  EXPECT_EQ(value("left", "1600x800"), -0.5);
  EXPECT_EQ(value("right", "1600x800"), 1.5);
  EXPECT_EQ(value("bottom", "1600x800"), 0);
  EXPECT_EQ(value("top", "800x1600"), 1.5);
  EXPECT_EQ(value("width", "1600x800"), 2);
  EXPECT_EQ(value("height", "1600x800"), 1);
  EXPECT_EQ(value("aspect", "1600x800"), 2);
  EXPECT_EQ(value("width", "1600x800 fit stretch"), 1);
  EXPECT_EQ(codes("x = canvas.wide"), "E_UNKNOWN_NAME");
  EXPECT_EQ(codes("x = canvas"), "E_UNKNOWN_NAME");
}

TEST(Names, OutputsAndComponents) {
  Solved solved = solve_drawn(
      "x = 1\na = dots.index\nb = dots\nc = b.t\npos = GridLayout(dots, rows: 2, cols: 2)\nd = pos.x\ne = "
      "time.palette.r\nf = (pos + 1).yx");
  EXPECT_EQ(solved.codes(), "");
  EXPECT_EQ(solved.type("a"), "int field");
  EXPECT_EQ(solved.type("b"), "shape field");
  EXPECT_EQ(solved.type("c"), "float field") << "an alias has the outputs too";
  EXPECT_EQ(solved.type("d"), "float field");
  EXPECT_EQ(solved.type("e"), "float");
  EXPECT_EQ(solved.type("f"), "vec2 field");
  EXPECT_EQ(codes("x = dots.q"), "E_UNKNOWN_NAME");
  EXPECT_EQ(hint("x = time.phasA"), "did you mean `phaseA`?");
  EXPECT_EQ(codes("x = time.phaseA.phaseA"), "E_UNKNOWN_NAME");
}

TEST(Names, WhatIsUnknownIsToldOnceWithTheNearest) {
  EXPECT_EQ(codes("x = speed + speed"), "E_UNKNOWN_NAME E_UNKNOWN_NAME");
  EXPECT_EQ(codes("speed = 1\nx = sped"), "E_UNKNOWN_NAME");
  EXPECT_EQ(hint("speed = 1\nx = sped"), "did you mean `speed`?");
  EXPECT_EQ(hint("x = Accumulater(1)"), "did you mean `Accumulator`?");
  EXPECT_EQ(hint("x = sqrr(1)"), "did you mean `sqrt`?");
  EXPECT_EQ(hint("x = sqr(1)"), "here it is written x * x") << "elsewhere it is a square";
  EXPECT_EQ(hint("x = Lag(1, tim: 3s)"), "did you mean `time`?");
  EXPECT_EQ(hint("x = ease(0.5, inOutQuadd)"), "did you mean `inOutQuad`?");
  EXPECT_EQ(codes("x = sin(cos(Foo(bar + 1)))"), "E_UNKNOWN_NAME E_UNKNOWN_NAME") << "the Kind and what is in it";
  EXPECT_EQ(codes("y = foo(1)\nz = y.t + 1\nx = Lag(z) | scale(2)"), "E_UNKNOWN_NAME") << "users are silent";
}

TEST(Names, ASinkHasNoValue) {
  EXPECT_EQ(codes("x = draw"), "E_TYPE_MISMATCH");
  EXPECT_EQ(codes("x = draw.x"), "E_TYPE_MISMATCH");
  EXPECT_EQ(codes("x = draw.position"), "E_UNKNOWN_NAME");
  EXPECT_EQ(codes("x = 1\nalso = draw"), "W_BLOCK_UNREACHABLE_ERROR");
}

TEST(Arguments, FindTheirPorts) {
  const Solved solved = solve_drawn("x = Lag(1, initial: 3, time: 20ms)\ny = mix(1, t: 0.5, b: 2)");
  EXPECT_EQ(solved.codes(), "");
  const Node* lag = solved.node("x.Lag");
  EXPECT_EQ(solved.graph[lag->inputs[1].source.node].constant[0], 20);
  EXPECT_EQ(solved.graph[lag->inputs[2].source.node].constant[0], 3);
  const Node* mix = solved.node("y.mix");
  EXPECT_EQ(solved.graph[mix->inputs[1].source.node].constant[0], 2);
}

TEST(Arguments, AreMatchedWithOneErrorAMistake) {
  EXPECT_EQ(codes("x = mix(1, 2)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = mix(1, 2, 3, 4)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = mix(1, 2, 3, 4, 5, 6)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = mix(1, a: 2, t: 3)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = Lag()"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = Lag(targt: 1)"), "E_UNKNOWN_NAME");
  EXPECT_EQ(codes("x = Lag(1, target: 2)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = 1 | Lag(2)"), "E_UNIT_MISMATCH") << "the value on the left is the first argument";
  EXPECT_EQ(codes("x = sin(1, was: y)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = combine(sum, a: 1)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = combine(sum)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = combine(avg, 1)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = combine(1, 2)"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = \"text\""), "E_ARGUMENT");
  EXPECT_EQ(codes("x = [1, 2]"), "E_ARGUMENT");
  EXPECT_EQ(codes("x = ease(0.5, 3)"), "E_ARGUMENT");
}

TEST(Arguments, WordsAreNeverWired) {
  EXPECT_EQ(codes("inOutQuad = 3\nx = ease(0.5, inOutQuad)"), "");
  EXPECT_EQ(codes("sum = 3\nx = combine(sum, 1, 2)"), "");
}

TEST(Arguments, DefaultsAreValuesOfTheirPort) {
  Solved solved = solve_drawn("x = Oscillator()\npos = CircleLayout(dots)");
  EXPECT_EQ(solved.codes(), "");
  EXPECT_EQ(solved.type("x.phase"), "phase");
  EXPECT_EQ(solved.type("pos.radius"), "float");
  const Node* oscillator = solved.node("x.Oscillator");
  const Node& phase = solved.graph[oscillator->inputs[0].source.node];
  EXPECT_EQ(phase.name, "x.phase.WrapPhase");
  EXPECT_EQ(phase.inputs[0].source.node, solved.graph.time_root) << "the rail time.phaseA";
}

TEST(Errors, MatterOnlyWhereSomethingDraws) {
  EXPECT_EQ(solve_lines("y = Lag(nothing)").codes(), "W_BLOCK_UNREACHABLE_ERROR");
  EXPECT_EQ(solve_lines("y = Lag(1, tim: 3s)").codes(), "W_BLOCK_UNREACHABLE_ERROR");
  EXPECT_EQ(solve_lines("y = (1, 2").codes(), "W_BLOCK_UNREACHABLE_ERROR");
  EXPECT_EQ(solve_lines("y = 1s + 1rad").codes(), "W_BLOCK_UNREACHABLE_ERROR");
  EXPECT_EQ(solve_drawn("x = Lag(nothing)").codes(), "E_UNKNOWN_NAME");
  EXPECT_EQ(solve_drawn("x = Lag(1, tim: nothing)").codes(), "E_UNKNOWN_NAME E_UNKNOWN_NAME")
      << "a drawn definition is right or wrong as a whole";
  EXPECT_EQ(solve("oscilla 1\ntime = TimeRoot()\ny = nothing\n").codes(), "E_UNKNOWN_NAME")
      << "where nothing draws, everything matters";
}

TEST(Clock, ThereIsOneAndItIsCalledTime) {
  EXPECT_EQ(solve("oscilla 1\ndraw = RenderInstances2D((0.5, 0.5))\n").codes(), "E_TIME_ROOT_MISSING");
  EXPECT_EQ(solve("oscilla 1\nclock = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5))\n").codes(),
            "E_TIME_ROOT_MISSING");
  const Solved two = solve("oscilla 1\nclock = TimeRoot()\ntime = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5))\n");
  EXPECT_EQ(two.codes(), "E_TIME_ROOT_MULTIPLE");
  EXPECT_EQ(two.graph[two.graph.time_root].name, "time.TimeRoot");
  EXPECT_EQ(text_position(two.patch.text, two.diagnostics[0].span.begin).line, 2u) << "the one that is not called time";
}

}  // namespace
}  // namespace oscilla::graph::test
