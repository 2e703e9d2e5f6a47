#include "lang/parse.hpp"

#include <gtest/gtest.h>

#include <string>

#include "lang/limits.hpp"
#include "structure.hpp"
#include "support.hpp"

namespace oscilla {
namespace {

using test::findings;

std::string in_patch(const std::string& statement) { return "oscilla 1\n" + statement + "\n"; }

std::string repeated(const std::string& part, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += part;
  return out;
}

/// The structure of one definition's value.
std::string value(const std::string& text) { return test::structure(lang::parse(in_patch("x = " + text))); }

TEST(Parse, PrecedenceIsTheGrammars) {
  EXPECT_EQ(value("a"), value("a"));
  const patch::Patch patch = lang::parse(in_patch("x = -a.b * c + d < e && f || g ? h : i | j()"));
  ASSERT_TRUE(patch.diagnostics.empty()) << test::rendered(patch);
  const patch::Node& pipe = patch[patch.find("x")->value];
  ASSERT_EQ(pipe.kind, patch::NodeKind::Pipe);
  const patch::Node& choice = patch[patch.children_of(pipe)[0]];
  ASSERT_EQ(choice.kind, patch::NodeKind::Conditional);
  const patch::Node& either = patch[patch.children_of(choice)[0]];
  EXPECT_EQ(either.operation, patch::Operation::Or);
  const patch::Node& both = patch[patch.children_of(either)[0]];
  EXPECT_EQ(both.operation, patch::Operation::And);
  const patch::Node& less = patch[patch.children_of(both)[0]];
  EXPECT_EQ(less.operation, patch::Operation::Less);
  const patch::Node& sum = patch[patch.children_of(less)[0]];
  EXPECT_EQ(sum.operation, patch::Operation::Add);
  const patch::Node& product = patch[patch.children_of(sum)[0]];
  EXPECT_EQ(product.operation, patch::Operation::Multiply);
  const patch::Node& negation = patch[patch.children_of(product)[0]];
  EXPECT_EQ(negation.operation, patch::Operation::Negate);
  EXPECT_EQ(patch[patch.children_of(negation)[0]].kind, patch::NodeKind::Member);
}

TEST(Parse, SumsAssociateToTheLeft) {
  const patch::Patch patch = lang::parse(in_patch("x = a - b - c"));
  const patch::Node& outer = patch[patch.find("x")->value];
  EXPECT_EQ(patch.at(patch[patch.children_of(outer)[0]].span), "a - b");
}

TEST(Parse, KeywordsAreNamesElsewhere) {
  EXPECT_EQ(findings(in_patch("seed = Hash(x)\ncanvas = seed\nuse = 1\ninput = 2\ndefine = 3\noscilla = 4")), "");
}

TEST(Parse, LineEndsAndByteOrderMark) {
  EXPECT_EQ(findings("\xEF\xBB\xBFoscilla 1\r\nx = f(1,\r\n  2)\r\n"), "");
  EXPECT_EQ(findings("oscilla 1"), "");
  EXPECT_EQ(findings("# first\n\noscilla 1\n"), "");
  EXPECT_EQ(findings(""), "E_VERSION:1:1");
}

TEST(Parse, AStatementStartsWhateverBracketIsOpen) {
  const patch::Patch patch = lang::parse(in_patch("x = f(1, [2,\n# note\ny = 3\nz = g((1\nseed 4"));
  EXPECT_EQ(patch.definitions.size(), 3u);
  EXPECT_EQ(patch.seeds.size(), 1u);
  EXPECT_EQ(patch[patch.find("x")->value].kind, patch::NodeKind::Error);
  EXPECT_EQ(patch[patch.find("y")->value].kind, patch::NodeKind::Number);
  EXPECT_EQ(findings(patch.text), "E_SYNTAX:2:6 E_SYNTAX:2:10 E_SYNTAX:5:6 E_SYNTAX:5:7");
}

TEST(Parse, AComparisonDoesNotStartAStatement) { EXPECT_EQ(findings(in_patch("x = f(a,\nb == c)")), ""); }

TEST(Parse, OneErrorPerArgumentAllOfThem) {
  EXPECT_EQ(findings(in_patch("x = f(1 2 3, a b c, ok, [1 1, 2 2], b: #12 #13)")),
            "E_SYNTAX:2:9 E_SYNTAX:2:16 E_SYNTAX:2:28 E_SYNTAX:2:33 E_SYNTAX:2:40");
}

TEST(Parse, ArgumentsWithoutNameComeFirst) {
  EXPECT_EQ(findings(in_patch("x = f(a: 1, 2, was: p, 3)")), "E_ARGUMENT:2:13 E_ARGUMENT:2:24");
}

TEST(Parse, ABrokenArgumentLeavesItsNeighbours) {
  const patch::Patch patch = lang::parse(in_patch("x = f(1, 2 3, c: 4)"));
  const patch::Node& call = patch[patch.find("x")->value];
  ASSERT_EQ(patch.arguments_of(call).size(), 3u);
  EXPECT_EQ(patch[patch.arguments_of(call)[1].value].kind, patch::NodeKind::Error);
  EXPECT_EQ(patch.at(patch[patch.arguments_of(call)[2].value].span), "4");
}

TEST(Parse, AnOpenBraceEndsBeforeAKeywordStatement) {
  const patch::Patch patch = lang::parse(in_patch("define A() -> (p) {\n  p = 1\nseed 3\nx = 1"));
  ASSERT_EQ(patch.diagnostics.list().size(), 1u) << test::rendered(patch);
  EXPECT_EQ(patch.seeds.size(), 1u);
  EXPECT_NE(patch.find("x"), nullptr);
}

TEST(Parse, ANewerVersionIsTheOnlyError) {
  const patch::Patch patch = lang::parse("oscilla 9\nx = = #\n");
  EXPECT_EQ(patch.version, 9u);
  ASSERT_EQ(patch.diagnostics.list().size(), 1u);
  EXPECT_TRUE(patch.definitions.empty());
}

TEST(Parse, LimitsAreExact) {
  const auto nested = [](std::size_t depth) {
    return in_patch("x = " + repeated("(", depth) + "1" + repeated(")", depth));
  };
  EXPECT_EQ(findings(nested(lang::kMaxNesting)), "");
  EXPECT_EQ(findings(nested(lang::kMaxNesting + 1)), "E_LIMIT_NESTING:2:69");
  EXPECT_EQ(findings(in_patch("x = 1" + repeated("+1", lang::kMaxHeight))), "");
  EXPECT_EQ(findings(in_patch("x = 1" + repeated("+1", lang::kMaxHeight + 1))), "E_LIMIT_HEIGHT:2:519");
  EXPECT_EQ(findings(in_patch("x = [" + repeated("1,", lang::kMaxArguments) + "]")), "");
  EXPECT_EQ(findings(in_patch("x = [" + repeated("1,", lang::kMaxArguments + 1) + "]")), "E_LIMIT_ARGUMENTS:2:2054");
  EXPECT_EQ(findings(in_patch(repeated("a", lang::kMaxNameBytes) + " = 1")), "");
  EXPECT_EQ(findings(in_patch("x = \"" + repeated("a", lang::kMaxStringBytes) + "\"")), "");
  EXPECT_EQ(findings(in_patch("x = \"" + repeated("a", lang::kMaxStringBytes + 1) + "\"")), "E_LIMIT_STRING:2:5");
  EXPECT_EQ(findings(in_patch("x = 2147483647")), "");
  EXPECT_EQ(findings(in_patch("x = 2147483648")), "E_LIMIT_NUMBER:2:5");
  EXPECT_EQ(findings(std::string(lang::kMaxFileBytes + 1, '\n')), "E_LIMIT_FILE:1:1");
}

TEST(Parse, TooManyDefinitionsLeaveTheRestUnread) {
  std::string text = "oscilla 1\n";
  for (std::uint32_t i = 0; i <= lang::kMaxDefinitions; ++i) text += "a" + std::to_string(i) + "=1\n";
  const patch::Patch patch = lang::parse(text);
  EXPECT_EQ(patch.definitions.size(), lang::kMaxDefinitions);
  ASSERT_EQ(patch.diagnostics.list().size(), 1u);
  EXPECT_EQ(patch.diagnostics.list()[0].code, "E_LIMIT_DEFINITIONS");
}

TEST(Parse, HostileChainsEnd) {
  for (const char* part :
       {"-", "(", "[", "f(", "a?", "a?b:", "a.", "a|f()|", "1+", "!", "f(a:", ")", "]", "}", "\"", "#", "((]"}) {
    const std::string text = in_patch("x = " + repeated(part, 100000) + "a");
    EXPECT_TRUE(lang::parse(text).diagnostics.has_errors()) << part;
  }
}

}  // namespace
}  // namespace oscilla
