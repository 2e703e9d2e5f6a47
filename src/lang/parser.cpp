// What every part of the parser uses: tokens, findings, brackets.
#include "lang/parser.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "lang/habits.hpp"
#include "lang/limits.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

bool closes(TokenKind closer, TokenKind opener) {
  return closer == (opener == TokenKind::LeftParen ? TokenKind::RightParen : TokenKind::RightBracket);
}

}  // namespace

Span Parser::span_from(TokenIx first) const {
  const Span begin = tokens_[first].span;
  return {begin.begin, at_ > first ? tokens_[at_ - 1].span.end : begin.end};
}

bool Parser::accept(TokenKind wanted) {
  if (kind() != wanted) return false;
  ++at_;
  return true;
}

bool Parser::expect(TokenKind wanted, std::string_view what, std::string_view hint) {
  if (accept(wanted)) return true;
  fail_unexpected(what, hint);
  return false;
}

void Parser::fail_at(TokenIx ix, std::string message, std::string hint, Code code) {
  broken_ = true;
  findings_.push_back({code, tokens_[ix].span, std::move(message), std::move(hint)});
}

void Parser::rule(Code code, Span span, std::string message, std::string hint) {
  findings_.push_back({code, span, std::move(message), std::move(hint)});
}

void Parser::fail_unexpected(std::string_view wanted, std::string_view hint) {
  broken_ = true;
  if (at_ == region_.end && !region_.closed) return;  // the missing bracket is what is wrong, and is reported there
  const Token& token = tokens_[at_];
  const bool at_end = token.kind == TokenKind::Newline || token.kind == TokenKind::End;
  const bool closer = token.kind == TokenKind::RightParen || token.kind == TokenKind::RightBracket;
  if (token.kind == TokenKind::Invalid) {
    findings_.push_back(list_.errors[token.link]);
  } else if (closer && token.link == kNone) {
    fail_at(at_, fmt::format("this `{}` closes nothing", text()), "delete it");
  } else {
    const std::string found = at_end ? "the end of the line" : fmt::format("`{}`", text());
    fail_at(at_, fmt::format("expected {}, found {}", wanted, found), std::string(hint));
  }
}

/// The same inside an expression, where a better hint than `hint` may be known.
void Parser::fail_in_expression(std::string_view wanted, std::string_view hint) {
  const std::string_view better = expression_hint();
  const std::string number = decimal_point_hint(at_);
  fail_unexpected(wanted, !number.empty() ? number : better.empty() ? hint : better);
}

/// Where the comma at `ix` stands in a number.
std::string Parser::decimal_point_hint(TokenIx ix) const {
  const std::string meant = patch::decimal_comma(patch_.text, tokens_[ix].span.begin);
  return meant.empty() ? meant : fmt::format("a decimal point, not a comma: `{}`", meant);
}

/// For what people bring along from elsewhere.
std::string_view Parser::expression_hint() const {
  if (at_ == 0) return {};
  const TokenKind before = kind(at_ - 1);
  const bool in_call = region_.open != kNone;
  if (kind() == TokenKind::Assign)
    return in_call ? "an argument's name is followed by `:`" : "one `=` defines, `==` compares";
  if (before == TokenKind::Color && kind() == TokenKind::Name) return "a comment needs a space after `#`";
  if (kind() == TokenKind::Slash && before == TokenKind::Slash) return "a comment begins with `#`";
  if (kind() == TokenKind::Star && before == TokenKind::Star)
    return "write a power as pow(x, 2), or as a product: `x * x`";
  if (kind() == TokenKind::Colon && before == TokenKind::Name && in_call)
    return "is a `)` missing before this argument?";
  if (kind() == TokenKind::Question || kind() == TokenKind::Colon)
    return "a choice is written `condition ? this : that`";
  const bool value_before =
      before <= TokenKind::Bool || before == TokenKind::RightParen || before == TokenKind::RightBracket;
  if (const std::string_view habit = value_before ? expression_habit(text(at_ - 1), text()) : ""; !habit.empty())
    return habit;
  if (value_before && (kind() <= TokenKind::Bool || kind() == TokenKind::LeftParen || kind() == TokenKind::LeftBracket))
    return in_call ? "is a `,` or an operator missing?" : "is an operator missing?";
  return {};
}

/// at_ is the opening bracket. `outer` keeps what `leave` restores.
bool Parser::enter(Region& outer) {
  const TokenIx open = at_;
  if (nesting_ == kMaxNesting) {
    fail_at(open, fmt::format("brackets are nested more than {} deep", kMaxNesting),
            "give parts of it names of their own", Code::E_LIMIT_NESTING);
    return false;
  }
  outer = region_;
  ++nesting_;
  const TokenIx end = tokens_[open].link;
  region_ = {open, end, tokens_[end].link == open};
  ++at_;
  return true;
}

/// at_ must be the end of the bracket. Reports a bracket that is missing, or of the wrong kind.
bool Parser::leave(const Region& outer) {
  const Region region = std::exchange(region_, outer);
  --nesting_;
  if (at_ != region.end) {
    fail_in_expression(kind(region.open) == TokenKind::LeftParen ? "`)`" : "`]`", "close the bracket");
    return false;
  }
  const std::string_view open = text(region.open);
  const char* close = kind(region.open) == TokenKind::LeftParen ? ")" : "]";
  if (!region.closed) {
    // A string that swallowed the bracket was reported already.
    const TokenIx last = region.end - 1;
    const bool swallowed = kind(last) == TokenKind::Invalid && text(last).starts_with('"') &&
                           list_.errors[tokens_[last].link].span == tokens_[last].span;
    broken_ = true;
    if (!swallowed)
      fail_at(region.open, fmt::format("this `{}` is not closed", open), fmt::format("its `{}` is missing", close));
    return false;
  }
  if (!closes(kind(at_), kind(region.open))) {
    fail_at(at_, fmt::format("a `{}` is closed by `{}`", open, text()), fmt::format("write `{}`", close));
    return false;
  }
  ++at_;
  return true;
}

/// Leaves a bracket in the middle, after an error that is reported or is its missing partner.
patch::NodeIx Parser::give_up(const Region& outer) {
  if (at_ == region_.end && !region_.closed) {
    leave(outer);
  } else {
    region_ = outer;
    --nesting_;
  }
  return {};
}

/// From anywhere inside an item that begins at `first` to its `,` or the end of the bracket.
void Parser::skip_item(TokenIx first) {
  at_ = first;
  while (at_ < region_.end && kind() != TokenKind::Comma) {
    if (!opens(kind())) {
      ++at_;
      continue;
    }
    const TokenIx end = tokens_[at_].link;
    at_ = tokens_[end].link == at_ ? end + 1 : end;
  }
  at_ = std::min(at_, region_.end);
}

/// Whether one more item may stand in this bracket; if not, the rest of it is skipped.
bool Parser::count_item(std::uint32_t& count) {
  if (++count <= kMaxArguments) return true;
  fail_at(at_, fmt::format("more than {} arguments or elements stand in one bracket", kMaxArguments),
          "split it into several", Code::E_LIMIT_ARGUMENTS);
  at_ = region_.end;
  return false;
}

std::vector<Finding> Parser::findings() {
  if (!newer_) findings_.insert(findings_.end(), list_.comment_errors.begin(), list_.comment_errors.end());
  std::vector<std::size_t> order(findings_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(findings_[a].span.begin, a) < std::pair(findings_[b].span.begin, b);
  });
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (const std::size_t ix : order) sorted.push_back(std::move(findings_[ix]));
  return sorted;
}

}  // namespace oscilla::lang
