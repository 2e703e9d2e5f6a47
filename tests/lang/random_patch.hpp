// Random texts for properties: patches as somebody might write them, and what is left of them after mistakes.
#pragma once

#include <rapidcheck.h>

#include <string>

namespace oscilla::test {

/// A text that is a patch, with spaces, line breaks and comments wherever they may stand.
class RandomPatch {
 public:
  std::string patch() {
    out_ = pick(3) == 0 ? "# first\noscilla 1 # version\n" : "oscilla 1\n";
    for (int i = *rc::gen::inRange(1, 8); i > 0; --i) statement(i);
    if (pick(3) == 0) settings();
    return out_;
  }

 private:
  void statement(int number) {
    between();
    if (pick(6) == 0) return define(number);
    if (pick(6) == 0) {
      out_ += "input i" + std::to_string(number) + "=Value";
      items("(", ")", 2, pick(3), true);
      return end();
    }
    definition(number, 4);
  }

  void between() {
    if (pick(4) == 0) out_ += pick(2) == 0 ? "#note\n" : "\n\n\n";
  }
  void end() { out_ += pick(4) == 0 ? "  #- behind\n" : "\n"; }

  void definition(int number, int depth) {
    out_ += "n" + std::to_string(number) + "=";
    expression(depth);
    end();
  }

  void define(int number) {
    out_ += "define K" + std::to_string(number) + "(";
    const int parameters = pick(3);
    for (int i = 0; i < parameters; ++i) {
      if (pick(3) == 0) out_ += pick(2) == 0 ? "\n" : " # p\n";
      out_ += "p" + std::to_string(i) + ":float";
      if (pick(2) == 0) out_ += "=.5";
      if (i + 1 < parameters || pick(3) == 0) out_ += ",";
    }
    if (parameters > 0 && pick(4) == 0) out_ += "# q\n";
    out_ += ")->(";
    out_ += pick(3) == 0 ? "n2,n1){ # head\n" : "n1){\n";
    for (int i = 1; i < 3; ++i) {
      between();
      definition(i, 2);
    }
    between();
    out_ += "}";
    end();
  }

  void settings() {
    out_ +=
        "canvas 64x36 fps 30000 / 1001 background #0B0b12 fit stretch\nseed 007 # lucky\nuse \"a/b "
        "\\\"c\\\".oscilla\"\n";
  }

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
    switch (depth == 0 ? 0 : pick(11)) {
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
      case 8: items("combine(sum,", ")", depth, 1 + pick(3), false); break;
      case 9:
        token("Lag(");
        ++brackets_;
        expression(depth - 1);
        token(", was: a .b");
        --brackets_;
        out_ += ')';
        break;
      case 10: token("(-.25rad|Slew(time:120ms)).x"); break;
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

/// `text` after some slips of the hand.
inline std::string mutated(std::string text) {
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
  return text;
}

}  // namespace oscilla::test
