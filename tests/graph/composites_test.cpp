// Composites: what a use stands for, under which names, and how mistakes inside and around one are told.
#include <gtest/gtest.h>

#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

constexpr const char* kSwing =
    "define Swing(rate: float = 0.5, width: float, shift: phase = 0) -> (position, spin) {\n"
    "  spin = Phasor(frequency: rate)\n"
    "  x = sin(spin + shift) | Lag(time: 250ms)\n"
    "  position = (0.5 + width * x, 0.5)\n"
    "}\n";

Solved swing(const std::string& lines) { return solve_drawn(kSwing + lines); }

TEST(Composites, AUseIsItsLinesUnderNamesOfItsOwn) {
  Solved solved =
      swing("left = Swing(width: 0.2)\nright = Swing(0.7, 0.3, shift: 90deg, was: second)\nx = left.spin + right.x");
  EXPECT_EQ(solved.codes(), "");
  EXPECT_EQ(solved.states(),
            (std::vector<std::string>{"left.spin.Phasor", "left.x.Lag", "right.spin.Phasor was second.spin.Phasor",
                                      "right.x.Lag was second.x.Lag"}));
  EXPECT_EQ(solved.type("left"), "vec2") << "the first output";
  EXPECT_EQ(solved.type("left.position.y"), "float");
  EXPECT_EQ(solved.type("left.spin"), "phase");
  EXPECT_EQ(solved.type("right.x"), "float") << "inner names can be probed";
  EXPECT_NE(solved.node("right.shift.DegreesToPhase"), nullptr) << "a parameter is a port: what arrives is converted";
  EXPECT_NE(solved.node("left.width.Const"), nullptr);
}

TEST(Composites, ItsValueGoesWhereAnyValueGoes) {
  EXPECT_EQ(swing("a = Swing(width: 1)\nb = a\nx = b.spin").codes(), "") << "an alias has the outputs too";
  EXPECT_EQ(swing("x = Swing(width: 1).spin + Swing(width: 2).y").codes(), "I_UNNAMED_STATE I_UNNAMED_STATE");
  EXPECT_EQ(swing("x = 0.5 | Swing(width: 2)").said().find("width"), std::string::npos);
  EXPECT_EQ(solve_drawn("define Twice(in: any) -> (out) {\n  out = 2 * in\n}\nx = dots.t | Twice() | Twice()").codes(),
            "");
  EXPECT_EQ(solve_drawn("define Twice(in: any) -> (out) {\n  out = 2 * in\n}\nx = dots.t | Twice()").type("x"),
            "float field");
}

TEST(Composites, AnyIsAnotherNameForWhatWasGiven) {
  Solved solved = solve_drawn(
      "define Hoop(of: any, r: float) -> (out) {\n  out = PolarToCartesian(of.u * 1turn, radius: r)\n}\nx = Hoop(dots, "
      "0.2).x");
  EXPECT_EQ(solved.codes(), "") << solved.said();
  EXPECT_EQ(solved.type("x"), "float field");
}

TEST(Composites, DefaultsSeeTheOtherParametersAndTime) {
  Solved solved = solve_drawn(
      "define Wave(low: float = 0, high: float = low + 1, at: phase = time.phaseA) -> (out) {\n  out = mix(low, high, "
      "oscSin(at))\n}\nx = Wave(2)");
  EXPECT_EQ(solved.codes(), "") << solved.said();
}

TEST(Composites, ABodySeesOnlyItsOwn) {
  Solved solved = solve_drawn("size = 2\ndefine Big(a: float) -> (out) {\n  out = a * size\n}\nx = Big(1)");
  EXPECT_EQ(solved.codes(), "E_UNKNOWN_NAME");
  EXPECT_NE(solved.said().find("give it a parameter `size: any`"), std::string::npos) << solved.said();
  EXPECT_NE(solved.said().find("(in `x`, a Big)"), std::string::npos) << solved.said();
}

TEST(Composites, AMistakeInsideIsToldOnce) {
  Solved solved =
      solve_drawn("define Bad(a: float) -> (out) {\n  out = a + true\n}\ny = Bad(1)\nx = Bad(1) + Bad(2) + y");
  EXPECT_EQ(solved.codes(), "E_PAYLOAD_NOT_ALLOWED") << solved.said();
  solved = solve_drawn("define Bad(a: float) -> (out) {\n  out = a + true\n}\ny = Bad(1)\nx = 1");
  EXPECT_EQ(solved.codes(), "W_BLOCK_UNREACHABLE_ERROR") << "nothing draws it";
}

TEST(Composites, ArgumentsAreChecked) {
  EXPECT_EQ(swing("x = Swing().spin").codes(), "E_ARGUMENT");
  EXPECT_EQ(swing("x = Swing(widht: 1).spin").said(), "`Swing` has no `widht`\ndid you mean `width`?\n");
  EXPECT_EQ(swing("x = Swing(1, 2, 3, 4).spin").codes(), "E_ARGUMENT");
  EXPECT_EQ(swing("x = Swing(width: (1, 2)).spin").codes(), "E_TYPE_MISMATCH");
  EXPECT_EQ(swing("x = Swing(width: 1s).spin").codes(), "E_UNIT_MISMATCH");
  EXPECT_EQ(swing("x = Swing(width: 1).sipn").said(), "`x` has no `sipn`\ndid you mean `spin`?\n");
  EXPECT_EQ(solve_drawn("define A(a: flaot) -> (out) {\n  out = a\n}\nx = A(1)").said(),
            "there is no type `flaot` (in `x`, a A)\ndid you mean `float`?\n");
}

TEST(Composites, NestingEnds) {
  const std::string chain =
      "define A(a: float) -> (out) {\n  out = B(a)\n}\ndefine B(a: float) -> (out) {\n  out = C(a)\n}\n"
      "define C(a: float) -> (out) {\n  out = D(a)\n}\ndefine D(a: float) -> (out) {\n  out = E(a)\n}\n"
      "define E(a: float) -> (out) {\n  out = F(a)\n}\ndefine F(a: float) -> (out) {\n  out = a\n}\n";
  EXPECT_EQ(solve_drawn(chain + "x = B(1)").codes(), "");
  EXPECT_EQ(solve_drawn(chain + "x = A(1)").codes(), "E_LIMIT_COMPOSITES");
  Solved itself = solve_drawn(
      "define A(a: float) -> (out) {\n  out = B(a)\n}\ndefine B(a: float) -> (out) {\n  out = A(a)\n}\nx = A(1)");
  EXPECT_EQ(itself.codes(), "E_COMPOSITE");
  EXPECT_NE(itself.said().find("`A` contains itself: A -> B -> A"), std::string::npos) << itself.said();
}

TEST(Composites, WhatOnlyAFileMayHold) {
  EXPECT_EQ(solve_drawn("define A() -> (out) {\n  out = TimeRoot()\n}\nx = A()").codes(), "E_COMPOSITE");
  EXPECT_EQ(solve_drawn("define Lag(a: float) -> (out) {\n  out = a\n}\nx = Lag(1)").codes(), "I_SHADOWS_BUILTIN");
}

TEST(Composites, ValuesMayLeadRound) {
  EXPECT_EQ(solve_drawn("define Pass(a: any) -> (out) {\n  out = a\n}\nx = Pass(x)").codes(), "E_CYCLE_DETECTED");
  EXPECT_EQ(solve_drawn("define Two(a: any) -> (p, q) {\n  p = a\n  q = 1\n}\nx = Two(x.q)").codes(), "");
  EXPECT_EQ(solve_drawn("define Slow(a: float) -> (out) {\n  out = Lag(a)\n}\nx = Slow(x + 1)").codes(), "I_CYCLE_CUT");
  EXPECT_EQ(solve_drawn("define Next(a: float) -> (out) {\n  out = a + 1\n}\nx = Next(x)").codes(), "E_CYCLE_DETECTED");
}

TEST(Composites, ABodyMayDraw) {
  Solved solved = solve(
      "oscilla 1\ntime = TimeRoot()\ndefine Dot(at: vec2) -> () {\n  draw = RenderInstances2D(at)\n}\n"
      "a = Dot((0, 0))\nb = Dot((1, 1))\nc = a.x\n");
  EXPECT_EQ(solved.codes(), "W_BLOCK_UNREACHABLE_ERROR") << solved.said();
  EXPECT_NE(solved.node("a.draw.RenderInstances2D"), nullptr);
  EXPECT_NE(solved.node("b.draw.RenderInstances2D"), nullptr);
}

TEST(Composites, TheyExpandUpToALimit) {
  std::string text;
  for (const char* level : {"A B", "B C", "C D", "D E"}) {
    text += std::string("define ") + level[0] + "(a: float) -> (out) {\n";
    std::string sum = "a";
    for (int i = 0; i < 100; ++i) sum += std::string(" + ") + level[2] + "(a)";
    text += "  out = (" + sum + ")\n}\n";
  }
  text += "define E(a: float) -> (out) {\n  out = a\n}\nx = A(1)";
  EXPECT_EQ(solve_drawn(text).codes(), "E_LIMIT_BLOCKS");
}

TEST(Rails, APatchMayGiveItsOwn) {
  const auto with_clock = [](const std::string& clock, const std::string& x) {
    return solve("oscilla 1\ntime = TimeRoot(" + clock + ")\nx = " + x +
                 "\ndraw = RenderInstances2D((0.5, 0.5), size: x)\n");
  };
  Solved solved = with_clock("energy: Lag(time.phaseB * 2)", "time.energy");
  EXPECT_EQ(solved.codes(), "") << "one rail may be made of another: " << solved.said();
  EXPECT_EQ(solved.states(), std::vector<std::string>{"time.energy.Lag"});
  EXPECT_EQ(with_clock("energy: UnitDelay(time.energy) + 0.1", "time.energy").codes(), "");
  EXPECT_EQ(with_clock("energy: time.energy + 1", "time.energy").codes(), "E_CYCLE_DETECTED");
  solved = with_clock("phaseA: 90deg", "Oscillator()");
  EXPECT_EQ(solved.codes(), "");
  EXPECT_NE(solved.node("time.phaseA.DegreesToPhase"), nullptr) << "what arrives at a rail is converted";
  const Node* oscillator = solved.node("x.Oscillator");
  ASSERT_NE(oscillator, nullptr);
  const Node& wrapped = solved.graph[oscillator->inputs[0].source.node];
  EXPECT_EQ(solved.graph[wrapped.inputs[0].source.node].name, "time.phaseA.Parameter") << "default sources read it too";
  EXPECT_EQ(with_clock("energy: (1, 2)", "time.energy").codes(), "E_TYPE_MISMATCH");
  EXPECT_EQ(with_clock("energy: 1s", "time.energy").codes(), "E_UNIT_MISMATCH");
}

}  // namespace
}  // namespace oscilla::graph::test
