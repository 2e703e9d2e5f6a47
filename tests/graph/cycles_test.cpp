// Feedback: which loops are legal, and where they are cut.
#include <gtest/gtest.h>

#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

using Names = std::vector<std::string>;

TEST(Cycles, AUnitDelayIsAlwaysTheCut) {
  const Solved solved = solve_lines("x = Lag(UnitDelay(y))\ny = Slew(x + 1)\nalone = UnitDelay(3)");
  EXPECT_EQ(solved.codes(), "");
  EXPECT_EQ(solved.states(), (Names{"alone.UnitDelay cut", "x.Lag", "x.target.UnitDelay cut", "y.Slew"}));
}

TEST(Cycles, OthersAreCutAtTheFirstByName) {
  const Solved solved = solve_lines("b = Lag(c + 1)\nc = Accumulator(b)");
  EXPECT_EQ(solved.codes(), "I_CYCLE_CUT");
  EXPECT_EQ(solved.states(), (Names{"b.Lag cut", "c.Accumulator"}));
  EXPECT_EQ(solved.diagnostics[0].target, "b.Lag");
}

TEST(Cycles, ARenamedBlockKeepsItsTurn) {
  const Solved solved = solve_lines("b = Lag(c + 1, was: x)\nc = Accumulator(b)");
  EXPECT_EQ(solved.states(), (Names{"b.Lag was x.Lag", "c.Accumulator cut"}));
  EXPECT_EQ(solve_lines("b = Lag(c + 1)\nc = Accumulator(b, was: a)").states(),
            (Names{"b.Lag", "c.Accumulator was a.Accumulator cut"}));
}

TEST(Cycles, OnlyOneOfTwoLoopsIsCutWhereTheyShareABlock) {
  const Solved solved = solve_lines("a = Lag(b + c + 1)\nb = Slew(a)\nc = Accumulator(a)");
  EXPECT_EQ(solved.states(), (Names{"a.Lag cut", "b.Slew", "c.Accumulator"}));
  EXPECT_EQ(solved.codes(), "I_CYCLE_CUT");
}

TEST(Cycles, ALoopBesideALegalOneIsStillAMistake) {
  const Solved solved = solve_drawn("x = UnitDelay(x) + y\ny = sin(x) + y");
  EXPECT_EQ(solved.codes(), "E_CYCLE_DETECTED");
  EXPECT_NE(solved.said().find("y -> y"), std::string::npos) << solved.said();
  EXPECT_EQ(solve_drawn("x = Lag(y)\ny = x + z\nz = cos(y)").codes(), "E_CYCLE_DETECTED")
      << "what is left when the wrong one is taken out is no loop";
}

TEST(Cycles, TheShortestWayRoundIsShown) {
  const Solved solved = solve_drawn("x = a + 1\na = b + c\nb = d * 2\nd = x - 1\nc = x * 3");
  EXPECT_EQ(solved.codes(), "E_CYCLE_DETECTED");
  EXPECT_NE(solved.said().find("a -> x -> c -> a"), std::string::npos) << solved.said();
}

TEST(Cycles, NothingElseComplainsAboutThem) {
  EXPECT_EQ(solve_drawn("x = sin(y)\ny = cos(x)").codes(), "E_CYCLE_DETECTED");
  EXPECT_EQ(solve_drawn("x = y.x\ny = (x, 1)").codes(), "E_CYCLE_DETECTED");
  EXPECT_EQ(solve_drawn("x = y ? 1 : 0\ny = !y").codes(), "E_CYCLE_DETECTED");
}

TEST(Cycles, NamesThatOnlyLeadToEachOther) {
  EXPECT_EQ(solve_drawn("x = x").codes(), "E_CYCLE_DETECTED");
  const Solved solved = solve_drawn("x = y\ny = z\nz = y");
  EXPECT_EQ(solved.codes(), "E_CYCLE_DETECTED");
  EXPECT_NE(solved.said().find("y -> z -> y"), std::string::npos) << solved.said();
  EXPECT_EQ(solve_drawn("x = y.x\ny = x").codes(), "E_CYCLE_DETECTED");
}

TEST(Cycles, WhereNothingDrawsThemThePatchRuns) {
  EXPECT_EQ(solve_lines("x = y + 1\ny = x * 2").codes(), "W_BLOCK_UNREACHABLE_ERROR");
  EXPECT_EQ(solve_lines("x = y\ny = x").codes(), "W_BLOCK_UNREACHABLE_ERROR");
}

}  // namespace
}  // namespace oscilla::graph::test
