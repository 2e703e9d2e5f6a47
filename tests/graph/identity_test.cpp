// Full names come from the text alone (docs/language.md, section 4).
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

using Names = std::vector<std::string>;

Names states(const std::string& lines) { return solve_lines(lines).states(); }

TEST(Identity, IsPlaceAndKind) {
  EXPECT_EQ(states("spin = Phasor(0.2)"), Names{"spin.Phasor"});
  EXPECT_EQ(states("pos = CircleLayout(dots, radius: Lag(0.3))"), Names{"pos.radius.Lag"});
  EXPECT_EQ(states("pos = CircleLayout(dots, radius: Lag(Slew(0.3)))"),
            (Names{"pos.radius.Lag", "pos.radius.target.Slew"}));
}

TEST(Identity, SurvivesWhatIsAroundIt) {
  const Names spin{"spin.Phasor"};
  for (const char* line :
       {"spin = Phasor(0.2)", "spin = 2 * Phasor(0.2)", "spin = (Phasor(0.2))", "spin = sin(Phasor(0.2))",
        "spin = -Phasor(frequency: 0.2)", "spin = Phasor(0.3, initial: 0.5)", "spin = Phasor(0.2) | scale(2)",
        "spin = mix(b: Phasor(0.2), a: 1, t: 0.5)", "spin = combine(first, Phasor(0.2), 1turn)",
        "spin = true ? Phasor(0.2) : 0turn", "spin = (Phasor(0.2) + 0, 1)", "spin = 0.2 | Phasor()",
        "spin = Phasor(0.2).phase"})
    EXPECT_EQ(states(line), spin) << line;
}

TEST(Identity, AnotherKindComesAndGoes) {
  EXPECT_EQ(states("spin = Phasor(0.2) | Lag(time: 1s)"), (Names{"spin.Lag", "spin.Phasor"}));
  EXPECT_EQ(states("spin = Lag(1) + Phasor(0.2) + Slew(2)"), (Names{"spin.Lag", "spin.Phasor", "spin.Slew"}));
  EXPECT_EQ(states("pos = GridLayout(dots, rows: 2, cols: 2) + Lag(0.3)"), Names{"pos.Lag"});
  EXPECT_EQ(states("pos = CircleLayout(dots, radius: 0.3) + Lag(0.3)"), Names{"pos.Lag"});
}

TEST(Identity, PositionalAndNamedAreOnePort) {
  EXPECT_EQ(states("pos = CircleLayout(dots, Lag(1))"), states("pos = CircleLayout(dots, radius: Lag(1))"));
  EXPECT_EQ(states("x = Lag(target: Lag(1))"), states("x = Lag(Lag(1))"));
}

TEST(Identity, FurtherOnesAreCountedByPlaceInTextOrder) {
  const Solved two = solve_lines("x = Lag(1) + Lag(2)\ny = Lag(3)");
  EXPECT_EQ(two.states(), (Names{"x.Lag", "x.Lag~2", "y.Lag"}));
  EXPECT_EQ(two.codes(), "I_UNNAMED_STATE");
  EXPECT_NE(two.said().find("x.Lag~2"), std::string::npos);
  const Solved named = solve_lines("x = mix(b: Lag(1), a: Lag(2), t: 0)");
  const Node* first = named.node("x.Lag");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(named.graph[first->inputs[0].source.node].constant[0], 1) << "the order of the text, not of the ports";
  const Solved chain = solve_lines("x = 1 | Lag(time: 10ms) | Lag(time: 20ms)");
  EXPECT_EQ(chain.graph[chain.node("x.Lag~2")->inputs[0].source.node].name, "x.Lag");
  EXPECT_EQ(solve_lines("x = sin(1) + sin(2)").codes(), "") << "only state has to be found again";
}

TEST(Identity, AnAliasIsNoNode) {
  Solved solved = solve_lines("a = Phasor(1)\nb = a\nc = b");
  EXPECT_EQ(solved.states(), Names{"a.Phasor"});
  const Places places = places_of(solved.graph);
  EXPECT_EQ(places.at("a"), places.at("c"));
  EXPECT_EQ(solved.type("c"), "phase");
  for (const Node& node : solved.graph.nodes) EXPECT_NE(node.place, "b");
}

TEST(Identity, WasKeepsABlockWithItsInside) {
  EXPECT_EQ(states("turn = Phasor(Lag(1), was: spin)"),
            (Names{"turn.Phasor was spin.Phasor", "turn.frequency.Lag was spin.frequency.Lag"}));
  EXPECT_EQ(states("pos = CircleLayout(dots, radius: Lag(0.3, was: far.radius))"),
            Names{"pos.radius.Lag was far.radius.Lag"});
  EXPECT_EQ(solve_lines("turn = 2 * Phasor(1, was: spin)").codes(), "");
}

TEST(Identity, WasOfAPlaceThatIsStillThereDoesNothing) {
  const Solved solved = solve_lines("spin = 3\nturn = Phasor(Lag(1), was: spin)");
  EXPECT_EQ(solved.states(), (Names{"turn.Phasor", "turn.frequency.Lag"}));
  EXPECT_EQ(solved.codes(), "W_WAS_DEFINED");
  EXPECT_EQ(solve_lines("spin = Lag(3)\nturn = Phasor(1, was: spin.target)").codes(), "W_WAS_DEFINED");
}

TEST(Identity, OneBlockOnlyCarriesAStateOn) {
  const Solved solved = solve_lines("a = Phasor(1, was: spin)\nb = Phasor(2, was: spin)");
  EXPECT_EQ(solved.states(), (Names{"a.Phasor was spin.Phasor", "b.Phasor"}));
  EXPECT_EQ(solved.codes(), "W_WAS_DEFINED");
  EXPECT_EQ(solve_lines("a = Phasor(1, was: spin)\nb = Lag(2, was: spin)").codes(), "")
      << "another Kind had another state";
}

TEST(Identity, DefaultsAndConversionsAreNodesWithNames) {
  const Solved solved = solve_lines("pos = CircleLayout(dots, phase: 90deg)");
  ASSERT_NE(solved.node("pos.radius.Const"), nullptr);
  EXPECT_FALSE(solved.node("pos.CircleLayout")->inputs[1].given);
  ASSERT_NE(solved.node("pos.phase.DegreesToPhase"), nullptr);
  EXPECT_EQ(places_of(solved.graph).count("pos.radius"), 1u);
  const std::string dump = print_graph(solved.graph);
  EXPECT_NE(dump.find("phase: pos.phase.DegreesToPhase"), std::string::npos) << dump;
  EXPECT_NE(dump.find("[radius: pos.radius.Const]"), std::string::npos) << dump;
}

const Names kLines{"time = TimeRoot(periodA: 3s)",
                   "dots = Array(Ellipse(), count: 5)",
                   "turn = fract(UnitDelay(turn) + Lag(0.1) + Lag(speed))",
                   "speed = 0.1 * sin(time.phaseA)",
                   "pos = CircleLayout(dots, radius: Lag(0.3), phase: turn)",
                   "left = Accumulator(right)",
                   "right = Lag(left + 1)",
                   "draw = RenderInstances2D(pos, size: 1 + right)",
                   "front = RenderInstances2D(pos, layer: 1)"};

RC_GTEST_PROP(Identity, TheOrderOfDefinitionsShowsNowhere, ()) {
  Names lines = kLines;
  for (std::size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[*rc::gen::inRange<std::size_t>(0, i)]);
  const auto text_of = [](const Names& all) {
    std::string text = "oscilla 1\n";
    for (const std::string& line : all) text += line + "\n";
    return text;
  };
  const Solved written = solve(text_of(kLines));
  const Solved permuted = solve(text_of(lines));
  RC_ASSERT(print_graph(written.graph) == print_graph(permuted.graph));
  RC_ASSERT(print_types(written.graph) == print_types(permuted.graph));
  RC_ASSERT(written.diagnostics.size() == permuted.diagnostics.size());
}

}  // namespace
}  // namespace oscilla::graph::test
