#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "lang/habits.hpp"
#include "lang/limits.hpp"
#include "lang/parser.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {

using patch::Node;
using patch::NodeIx;
using patch::NodeKind;
using patch::Operation;

namespace {

struct BinaryOperator {
  int level = 0;  // 1 binds loosest; 0: no operator
  Operation operation = Operation::None;
};

constexpr int kTightest = 5;

BinaryOperator binary_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::OrOr: return {1, Operation::Or};
    case TokenKind::AndAnd: return {2, Operation::And};
    case TokenKind::Less: return {3, Operation::Less};
    case TokenKind::LessEqual: return {3, Operation::LessEqual};
    case TokenKind::Greater: return {3, Operation::Greater};
    case TokenKind::GreaterEqual: return {3, Operation::GreaterEqual};
    case TokenKind::EqualEqual: return {3, Operation::Equal};
    case TokenKind::NotEqual: return {3, Operation::NotEqual};
    case TokenKind::Plus: return {4, Operation::Add};
    case TokenKind::Minus: return {4, Operation::Subtract};
    case TokenKind::Star: return {5, Operation::Multiply};
    case TokenKind::Slash: return {5, Operation::Divide};
    case TokenKind::Percent: return {5, Operation::Modulo};
    default: return {};
  }
}

Operation unary_operation(TokenKind kind) {
  switch (kind) {
    case TokenKind::Minus: return Operation::Negate;
    case TokenKind::Plus: return Operation::Plus;
    case TokenKind::Bang: return Operation::Not;
    default: return Operation::None;
  }
}

}  // namespace

NodeIx Parser::push(const Node& node, std::uint32_t height, TokenIx blame) {
  if (height > kMaxHeight) {
    fail_at(blame, fmt::format("this expression is more than {} operations high", kMaxHeight),
            "give parts of it names of their own", Code::E_LIMIT_HEIGHT);
    return {};
  }
  patch_.nodes.push_back(node);
  heights_.push_back(static_cast<std::uint16_t>(height));
  return {static_cast<std::uint32_t>(patch_.nodes.size() - 1)};
}

NodeIx Parser::node(Node node, const NodeIx* children, std::size_t count) {
  std::uint32_t height = 0;
  for (std::size_t i = 0; i < count; ++i) height = std::max<std::uint32_t>(height, heights_[children[i].v]);
  node.first = static_cast<std::uint32_t>(patch_.children.size());
  node.count = static_cast<std::uint32_t>(count);
  patch_.children.insert(patch_.children.end(), children, children + count);
  return push(node, height + (node.kind == NodeKind::Group ? 0 : 1), at_ - 1);
}

NodeIx Parser::leaf(NodeKind kind) {
  const Span span = tokens_[at_].span;
  ++at_;
  return push({kind, Operation::None, span, span, 0, 0}, 0, at_ - 1);
}

NodeIx Parser::error_node(TokenIx first) {
  const Span span = span_from(first);
  return push({NodeKind::Error, Operation::None, span, span, 0, 0}, 0, first);
}

NodeIx Parser::expression() {
  const TokenIx first = at_;
  NodeIx left = choice();
  while (left.valid() && accept(TokenKind::Pipe)) {
    const bool named = kind() == TokenKind::Name || kind() == TokenKind::Kind;
    if (named && kind(at_ + 1) != TokenKind::LeftParen) {
      fail_at(at_, "after `|` stands a call", fmt::format("write `{}()`", text()));
      return {};
    }
    if (!named) {
      fail_unexpected("a call after `|`", "write, say, `| scale(2)`");
      return {};
    }
    const TokenIx bar = at_ - 1;
    const NodeIx right = call();
    if (!right.valid()) return {};
    const NodeIx children[] = {left, right};
    left = node({NodeKind::Pipe, Operation::None, span_from(first), tokens_[bar].span, 0, 0}, children, 2);
  }
  return left;
}

NodeIx Parser::choice() {
  if (choices_ == kMaxHeight + kMaxNesting) {
    fail_at(at_, fmt::format("this expression is more than {} operations high", kMaxHeight),
            "give parts of it names of their own", Code::E_LIMIT_HEIGHT);
    return {};
  }
  ++choices_;
  const TokenIx first = at_;
  NodeIx result = binary(1);
  if (result.valid() && kind() == TokenKind::Question) result = conditional(result, first);
  --choices_;
  return result;
}

NodeIx Parser::conditional(NodeIx condition, TokenIx first) {
  const TokenIx question = at_++;
  const NodeIx yes = choice();
  if (!yes.valid()) return {};
  if (!expect(TokenKind::Colon, "`:`", "a choice is written `condition ? this : that`")) return {};
  const NodeIx no = choice();
  if (!no.valid()) return {};
  const NodeIx children[] = {condition, yes, no};
  return node({NodeKind::Conditional, Operation::None, span_from(first), tokens_[question].span, 0, 0}, children, 3);
}

NodeIx Parser::binary(int lowest) {
  if (lowest > kTightest) return unary();
  const TokenIx first = at_;
  NodeIx left = binary(lowest + 1);
  while (left.valid() && binary_operator(kind()).level == lowest) {
    const TokenIx sign = at_++;
    const NodeIx right = binary(lowest + 1);
    if (!right.valid()) return {};
    const NodeIx children[] = {left, right};
    const Operation operation = binary_operator(kind(sign)).operation;
    left = node({NodeKind::Binary, operation, span_from(first), tokens_[sign].span, 0, 0}, children, 2);
  }
  return left;
}

NodeIx Parser::unary() {
  const TokenIx first = at_;
  while (unary_operation(kind()) != Operation::None) ++at_;
  const TokenIx last = at_;
  NodeIx value = postfix();
  for (TokenIx sign = last; value.valid() && sign-- > first;)
    value = node({NodeKind::Unary, unary_operation(kind(sign)), span_from(sign), tokens_[sign].span, 0, 0}, &value, 1);
  return value;
}

NodeIx Parser::postfix() {
  const TokenIx first = at_;
  NodeIx value = primary();
  while (value.valid() && accept(TokenKind::Dot)) {
    if (!expect(TokenKind::Name, "a name after `.`",
                kind(at_ - 2) == TokenKind::Number ? "digits stand on both sides of a point" : "write, say, `pos.x`"))
      return {};
    value = node({NodeKind::Member, Operation::None, span_from(first), tokens_[at_ - 1].span, 0, 0}, &value, 1);
  }
  return value;
}

NodeIx Parser::primary() {
  switch (kind()) {
    case TokenKind::Number: {
      const std::optional<patch::Literal> number = patch::read_number(text());
      if (number && number->is_int && number->value > kMaxInt) {
        fail_at(at_, "a whole number is at most 2147483647", fmt::format("write `{}.0` for a float", text()),
                Code::E_LIMIT_NUMBER);
        return {};
      }
      return leaf(NodeKind::Number);
    }
    case TokenKind::Color: return leaf(NodeKind::Color);
    case TokenKind::String: return leaf(NodeKind::String);
    case TokenKind::Bool: return leaf(NodeKind::Bool);
    case TokenKind::Name: return kind(at_ + 1) == TokenKind::LeftParen ? call() : leaf(NodeKind::Name);
    case TokenKind::Kind:
      if (kind(at_ + 1) == TokenKind::LeftParen) return call();
      if (std::string habit = capital_habit(text()); !habit.empty())
        fail_at(at_, fmt::format("`{}` is no value", text()), std::move(habit));
      else
        fail_at(at_, fmt::format("`{}` makes a block and needs its brackets", text()),
                fmt::format("write `{}()`", text()));
      return {};
    case TokenKind::LeftParen: return group();
    case TokenKind::LeftBracket: return list();
    case TokenKind::Size:
      fail_at(at_, "a size stands only after `canvas`", "two numbers are written `(x, y)`");
      return {};
    default:
      fail_in_expression("a value", "a value is a number, a name, a call, or brackets with one inside");
      return {};
  }
}

}  // namespace oscilla::lang
