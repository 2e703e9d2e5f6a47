// What stands in brackets: groups, vectors, lists, calls and their arguments.
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "lang/limits.hpp"
#include "lang/parser.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {

using patch::Argument;
using patch::Node;
using patch::NodeIx;
using patch::NodeKind;
using patch::Operation;

NodeIx Parser::group() {
  const TokenIx first = at_;
  Region outer;
  if (!enter(outer)) return {};
  std::array<NodeIx, 3> parts;
  std::size_t count = 0;
  do {
    if (count == parts.size()) {
      std::string number;
      for (TokenIx ix = region_.open; number.empty() && ix < at_; ++ix)
        number = patch::decimal_comma(patch_.text, tokens_[ix].span.begin);
      fail_at(at_, "a vector has two or three components",
              number.empty() ? "four make a colour: `rgb(r, g, b, a)`"
                             : fmt::format("a number is written `{}`; four make a colour: `rgb(r, g, b, a)`", number));
      return give_up(outer);
    }
    parts[count] = expression();
    if (!parts[count].valid()) return give_up(outer);
    ++count;
  } while (accept(TokenKind::Comma));
  if (!leave(outer)) return {};
  const NodeKind kind = count == 1 ? NodeKind::Group : NodeKind::Vector;
  return node({kind, Operation::None, span_from(first), tokens_[first].span, 0, 0}, parts.data(), count);
}

NodeIx Parser::list() {
  const TokenIx first = at_;
  Region outer;
  if (!enter(outer)) return {};
  std::vector<NodeIx> elements;
  for (std::uint32_t count = 0; at_ != region_.end && count_item(count); accept(TokenKind::Comma))
    elements.push_back(item());
  if (!leave(outer)) return {};
  return node({NodeKind::List, Operation::None, span_from(first), tokens_[first].span, 0, 0}, elements.data(),
              elements.size());
}

NodeIx Parser::item() {
  const TokenIx first = at_;
  const NodeIx value = expression();
  if (value.valid() && at_item_end()) return value;
  if (value.valid())
    fail_in_expression(kind(region_.open) == TokenKind::LeftParen ? "`,` or `)`" : "`,` or `]`", "close the bracket");
  skip_item(first);
  return error_node(first);
}

NodeIx Parser::call() {
  const TokenIx first = at_++;
  Region outer;
  if (!enter(outer)) return {};
  std::vector<Argument> arguments;
  bool named = false;
  for (std::uint32_t count = 0; at_ != region_.end && count_item(count); accept(TokenKind::Comma))
    arguments.push_back(argument(named));
  if (!leave(outer)) return {};
  std::uint32_t height = 0;
  for (const Argument& argument : arguments)
    if (argument.value.valid()) height = std::max<std::uint32_t>(height, heights_[argument.value.v]);
  const auto begin = static_cast<std::uint32_t>(patch_.arguments.size());
  patch_.arguments.insert(patch_.arguments.end(), arguments.begin(), arguments.end());
  const Node node{NodeKind::Call,      Operation::None, span_from(first),
                  tokens_[first].span, begin,           static_cast<std::uint32_t>(arguments.size())};
  return push(node, height + 1, first);
}

Argument Parser::argument(bool& named) {
  const TokenIx first = at_;
  Argument argument;
  if (kind() == TokenKind::Name && kind(at_ + 1) == TokenKind::Colon) {
    named = true;
    if (text() == "was") {
      if (!was_argument(argument)) {
        skip_item(first);
        argument.was_path = {};
        argument.value = error_node(first);
      }
      argument.span = span_from(first);
      return argument;
    }
    argument.name = tokens_[at_].span;
    at_ += 2;
    argument.value = item();
    argument.span = span_from(first);
    return argument;
  }
  argument.value = item();
  argument.span = span_from(first);
  if (named && patch_[argument.value].kind != NodeKind::Error) {
    const std::string number = decimal_point_hint(first - 1);
    broken_ = broken_ || !number.empty();  // what it means is not what it says: it keeps its bytes
    rule(Code::E_ARGUMENT, argument.span, "an argument without name comes after one with a name",
         number.empty() ? "name it, or move it to the front" : number);
    argument.value = error_node(first);
  }
  return argument;
}

bool Parser::was_argument(Argument& argument) {
  at_ += 2;
  const TokenIx first = at_;
  do {
    if (!expect(TokenKind::Name, "a place after `was:`", "it says where this block stood: `was: pos.radius`"))
      return false;
  } while (accept(TokenKind::Dot));
  if (!at_item_end()) {
    fail_unexpected("`,` or `)`", "a place is names joined by `.`");
    return false;
  }
  argument.was_path = span_from(first);
  return true;
}

}  // namespace oscilla::lang
