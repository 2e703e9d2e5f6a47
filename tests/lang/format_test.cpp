#include "lang/format.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "laws.hpp"
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

// Random text that is a patch, with spaces, line breaks and comments wherever they may stand.
class Writer {
 public:
  std::string patch() {
    out_ = "oscilla 1\n";
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
      if (pick(4) == 0) out_ += pick(2) == 0 ? "#note\n" : "\n\n\n";
      out_ += "n" + std::to_string(i) + "=";
      expression(4);
      out_ += pick(4) == 0 ? "  #- behind\n" : "\n";
    }
    return out_;
  }

 private:
  static int pick(int count) { return *rc::gen::inRange(0, count); }

  void gap() {
    if (pick(3) == 0) out_ += ' ';
    if (brackets_ > 0 && pick(8) == 0) out_ += pick(3) == 0 ? " # c\n" : "\n  ";
  }

  void token(const char* text) {
    gap();
    out_ += text;
  }

  void expression(int depth) {
    static const char* const kLeaves[] = {"a", "dots.t", ".5", "007", "2.5s", "#FFaa00 ", "true", "\"s\"", "4"};
    static const char* const kOperators[] = {"+", "-", "*", "/", "%", "<", ">=", "==", "!=", "&&", "||", "|f(1)|g()*"};
    switch (depth == 0 ? 0 : pick(8)) {
      case 1:
        expression(depth - 1);
        token(kOperators[pick(11)]);
        expression(depth - 1);
        break;
      case 2: items("f(", ")", depth, pick(4), true); break;
      case 3: items("[", "]", depth, pick(4), false); break;
      case 4: items("(", ")", depth, 1, false, false); break;
      case 5: items("(", ")", depth, 2, false, false); break;
      case 6:
        token("- ");
        expression(depth - 1);
        break;
      case 7:
        token("(c?");
        expression(depth - 1);
        token(":");
        expression(depth - 1);
        out_ += ')';
        break;
      default: token(kLeaves[pick(9)]); break;
    }
  }

  void items(const char* open, const char* close, int depth, int count, bool named, bool may_trail = true) {
    token(open);
    ++brackets_;
    for (int i = 0; i < count; ++i) {
      if (i > 0) token(",");
      if (named && i + 1 == count && pick(2) == 0) {
        token("key");
        token(":");
      }
      expression(depth - 1);
    }
    if (may_trail && count > 0 && pick(3) == 0) token(",");
    gap();
    out_ += close;
    --brackets_;
  }

  std::string out_;
  int brackets_ = 0;
};

TEST(FormatProperties, HoldForWhatIsWritten) {
  EXPECT_TRUE(rc::check("random patches", [] {
    const std::string text = Writer().patch();
    const patch::Patch patch = lang::parse(text);
    RC_LOG() << text << test::rendered(patch);
    RC_ASSERT(patch.diagnostics.empty());
    RC_ASSERT(test::broken_law(text) == "");
  }));
}

TEST(FormatProperties, HoldForWhatIsBroken) {
  const std::vector<std::string> patches = test::spec_patches();
  EXPECT_TRUE(rc::check("mutated patches", [&] {
    std::string text = *rc::gen::elementOf(patches);
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const auto count = *rc::gen::inRange<std::size_t>(0, 12);
      const int kind = *rc::gen::inRange(0, 4);
      if (kind == 0) text[at] = static_cast<char>(*rc::gen::inRange(0, 256));
      if (kind == 1) text.erase(at, count);
      if (kind == 2) text.insert(*rc::gen::inRange<std::size_t>(0, text.size()), text.substr(at, count));
      if (kind == 3) text.insert(at, 1, *rc::gen::elementOf(std::string("()[]{}#\"\n\r,:=.|?")));
      if (text.empty()) text = "\n";
    }
    RC_LOG() << text;
    RC_ASSERT(test::broken_law(text) == "");
  }));
}

}  // namespace
}  // namespace oscilla
