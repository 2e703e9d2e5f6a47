#include "lang/format.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "laws.hpp"
#include "random_patch.hpp"
#include "spec_patches.hpp"

namespace oscilla {
namespace {

std::string formatted(const std::string& statements) {
  const std::string text = lang::format(lang::parse("oscilla 1\n" + statements));
  return text.substr(text.find('\n') + 1);
}

TEST(Format, Spaces) {
  EXPECT_EQ(formatted("x=a+b *-c|f( 1,k :2 )|g()"), "x = a + b * -c | f(1, k: 2) | g()\n");
  EXPECT_EQ(formatted("x=c?a:-b"), "x = c ? a : -b\n");
  EXPECT_EQ(formatted("x=f(c?g():b,[ 1,( 2 , 3 ) ])"), "x = f(c ? g() : b, [1, (2, 3)])\n");
  EXPECT_EQ(formatted("canvas 640x480 fps 30000 / 1001"), "canvas 640x480 fps 30000/1001\n");
  EXPECT_EQ(formatted("x = f(was :a . b)"), "x = f(was: a.b)\n");
}

TEST(Format, Literals) {
  EXPECT_EQ(formatted("x = (.5, 007, 00.50s)\ny = #FFaa00"), "x = (0.5, 7, 0.50s)\ny = #ffaa00\n");
}

TEST(Format, CommentsMoveAboveTheirItem) {
  EXPECT_EQ(formatted("x = (1 +# one\n 2) # two\n"), "# one\nx = (1 + 2)  # two\n");
  EXPECT_EQ(formatted("x = f(a, # one\n b + # two\n c # three\n # four\n)"),
            "x = f(\n  a,  # one\n  # two\n  b + c,  # three\n  # four\n)\n");
}

TEST(Format, BrokenAfterTheBracketStaysSo) {
  EXPECT_EQ(formatted("x = f(\na, b)"), "x = f(\n  a,\n  b,\n)\n");
  EXPECT_EQ(formatted("x = f(a,\nb)"), "x = f(a, b)\n");
  EXPECT_EQ(formatted("x = f(\n)"), "x = f()\n");
}

TEST(Format, LongLinesBreakAtTheBracketThatEndsTheValue) {
  const std::string name(45, 'a');
  EXPECT_EQ(formatted("x = g(1) + f(" + name + ", " + name + ")"),
            "x = g(1) + f(\n  " + name + ",\n  " + name + ",\n)\n");
  EXPECT_EQ(formatted("x = f(" + name + ", " + name + ") + 1"), "x = f(" + name + ", " + name + ") + 1\n");
}

TEST(Format, BlankLines) { EXPECT_EQ(formatted("\n\n\nx = 1\n\n\ny = 2\n\n\n"), "\nx = 1\n\ny = 2\n"); }

TEST(Format, BrokenStatementsKeepTheirBytes) {
  EXPECT_EQ(formatted("x=1\ny  =  f( 1 1 ,\n   2 )  # c\nz=2"), "x = 1\ny  =  f( 1 1 ,\n   2 )  # c\nz = 2\n");
}

TEST(Format, Define) {
  EXPECT_EQ(formatted("define A( a:float=.5 )->( p ,q ) {\n\n# one\np=a\n\n\nq=1 # two\n# three\n\n}"),
            "define A(a: float = 0.5) -> (p, q) {\n  # one\n  p = a\n\n  q = 1  # two\n  # three\n}\n");
}

TEST(FormatProperties, HoldForWhatIsWritten) {
  EXPECT_TRUE(rc::check("random patches", [] {
    const std::string text = test::RandomPatch().patch();
    const patch::Patch patch = lang::parse(text);
    RC_LOG() << text << test::rendered(patch);
    RC_ASSERT(patch.diagnostics.empty());
    RC_ASSERT(test::broken_law(text) == "");
  }));
}

TEST(FormatProperties, HoldForWhatIsBroken) {
  const std::vector<std::string> patches = test::spec_patches();
  EXPECT_TRUE(rc::check("mutated patches", [&] {
    const std::string text = test::mutated(*rc::gen::elementOf(patches));
    RC_LOG() << text;
    RC_ASSERT(test::broken_law(text) == "");
  }));
}

}  // namespace
}  // namespace oscilla
