#include "lang/layout.hpp"

#include <algorithm>

#include "lang/characters.hpp"

namespace oscilla::lang {
namespace {

bool closes(TokenKind kind) { return kind == TokenKind::RightParen || kind == TokenKind::RightBracket; }

std::string_view without_leading_zeros(std::string_view digits) {
  while (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) digits.remove_prefix(1);
  return digits;
}

}  // namespace

std::string comment_text(std::string_view comment) {
  while (comment.size() > 1 && (is_blank(comment.back()) || comment.back() == '\r')) comment.remove_suffix(1);
  constexpr std::string_view kStays = " \t#!";
  std::string text = "#";
  if (comment.size() > 1 && kStays.find(comment[1]) == std::string_view::npos) text += ' ';
  text += comment.substr(1);
  return text;
}

std::string token_text(TokenKind kind, std::string_view text) {
  std::string result(text);
  if (kind == TokenKind::Number) {
    result.clear();
    if (text.starts_with('.')) result += '0';
    result += without_leading_zeros(text);
  } else if (kind == TokenKind::Size) {
    const std::size_t cross = text.find('x');
    result = std::string(without_leading_zeros(text.substr(0, cross))) + "x";
    result += without_leading_zeros(text.substr(cross + 1));
  } else if (kind == TokenKind::Color) {
    for (char& c : result)
      if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

Layout::Layout(const patch::Patch& patch, const TokenList& list, TokenRange tokens, CommentRange comments)
    : patch_(patch), list_(list), tokens_(tokens), broken_(tokens.end - tokens.first) {
  is_canvas_ = patch_.at(list_.tokens[tokens.first].span) == "canvas" && kind(tokens.first + 1) == TokenKind::Size;
  place_comments(comments);
  break_where_written();
}

std::string Layout::print(std::size_t indent) {
  for (const Comment* comment : above_statement_)
    out_ += std::string(indent, ' ') + comment_text(patch_.at(comment->span)) + '\n';
  out_.append(indent, ' ');
  break_if_long(tokens_, indent, 0);
  print_part(tokens_, indent);
  return std::move(out_);
}

/// A call, a list or a parameter list; not a group, a vector or the outputs of a define.
bool Layout::breakable(TokenIx open) const {
  if (kind(open) == TokenKind::LeftBracket) return true;
  if (kind(open) != TokenKind::LeftParen || open == tokens_.first) return false;
  const TokenKind before = kind(open - 1);
  return before == TokenKind::Name || before == TokenKind::Kind;
}

void Layout::break_where_written() {
  for (TokenIx ix = tokens_.first; ix + 1 < tokens_.end; ++ix)
    if (breakable(ix) && !closes(kind(ix + 1)) && list_.tokens[ix + 1].line > list_.tokens[ix].line) break_at(ix);
}

void Layout::place_comments(CommentRange comments) {
  std::vector<OpenBracket> open;
  TokenIx next = tokens_.first;
  for (std::size_t i = comments.first; i < comments.end; ++i) {
    const Comment& comment = list_.comments[i];
    for (; list_.tokens[next].span.begin < comment.span.begin; ++next) {
      if (opens(kind(next))) open.push_back({next, next + 1});
      if (closes(kind(next))) open.pop_back();
      if (kind(next) == TokenKind::Comma && !open.empty()) open.back().item = next + 1;
    }
    place(comment, next, open);
  }
}

/// `next` is the token behind the comment, `open` the brackets around it.
void Layout::place(const Comment& comment, TokenIx next, const std::vector<OpenBracket>& open) {
  const auto home = std::find_if(open.rbegin(), open.rend(), [&](const OpenBracket& o) { return breakable(o.open); });
  if (home == open.rend()) {
    above_statement_.push_back(&comment);
    return;
  }
  break_at(home->open);
  const TokenKind before = kind(next - 1);
  const bool between_items =
      home == open.rbegin() && (next == home->item || kind(next) == TokenKind::Comma || closes(kind(next)));
  if (!between_items) {
    above_[home->item].push_back(&comment);
    return;
  }
  const bool item_begins = next == home->item;  // behind the bracket or a comma; else before a comma or the bracket
  const TokenIx line_end = item_begins ? next - 1 : next;
  if (!comment.alone && behind_.emplace(line_end, &comment).second) return;
  const bool before_comma = !item_begins && kind(next) == TokenKind::Comma && before != TokenKind::Comma;
  above_[before_comma ? next + 1 : next].push_back(&comment);
}

/// If a line of this part passes the last column, the bracket that ends the part is broken. `behind` columns follow the
/// part.
void Layout::break_if_long(TokenRange part, std::size_t indent, std::size_t behind) {
  const TokenIx last = part.end - 1;
  if (!closes(kind(last))) return;
  const TokenIx open = list_.tokens[last].link;
  if (!breakable(open) || is_broken(open) || open + 1 == last) return;
  std::size_t columns = indent;
  for (TokenIx ix = part.first; ix < part.end; ++ix) {
    columns += code_points(written(ix)) + (ix > part.first && space_before(ix) ? 1 : 0);
    if (!opens(kind(ix)) || !is_broken(ix)) continue;
    if (ix > open && columns > kMaxColumns) return break_at(open);
    ix = list_.tokens[ix].link;
    columns = indent + 1;
  }
  if (columns + behind > kMaxColumns) break_at(open);
}

void Layout::print_part(TokenRange part, std::size_t indent) {
  for (TokenIx ix = part.first; ix < part.end; ++ix) {
    if (ix > part.first && space_before(ix)) out_ += ' ';
    out_ += written(ix);
    if (!opens(kind(ix)) || !is_broken(ix)) continue;
    print_items(ix, indent);
    ix = list_.tokens[ix].link;
  }
}

void Layout::print_items(TokenIx open, std::size_t indent) {
  const TokenIx close = list_.tokens[open].link;
  print_behind(open);
  out_ += '\n';
  for (TokenIx first = open + 1; first < close;) {
    TokenIx end = first;
    while (end < close && kind(end) != TokenKind::Comma) end = opens(kind(end)) ? list_.tokens[end].link + 1 : end + 1;
    print_above(first, indent + kIndent);
    out_.append(indent + kIndent, ' ');
    break_if_long({first, end}, indent + kIndent, 1);
    print_part({first, end}, indent + kIndent);
    out_ += ',';
    print_behind(end);
    out_ += '\n';
    first = end + 1;
  }
  print_above(close, indent + kIndent);
  out_.append(indent, ' ');
  out_ += written(close);
}

void Layout::print_above(TokenIx item, std::size_t indent) {
  const auto found = above_.find(item);
  if (found == above_.end()) return;
  for (const Comment* comment : found->second)
    out_ += std::string(indent, ' ') + comment_text(patch_.at(comment->span)) + '\n';
}

void Layout::print_behind(TokenIx token) {
  const auto found = behind_.find(token);
  if (found != behind_.end()) out_ += "  " + comment_text(patch_.at(found->second->span));
}

bool Layout::ends_value(TokenIx ix) const { return kind(ix) <= TokenKind::Bool || closes(kind(ix)); }

bool Layout::is_unary(TokenIx ix) const {
  if (kind(ix) == TokenKind::Bang) return true;
  if (kind(ix) != TokenKind::Minus && kind(ix) != TokenKind::Plus) return false;
  return ix == tokens_.first || !ends_value(ix - 1);
}

/// The `:` behind an argument's or a parameter's name; the other one belongs to `?`.
bool Layout::is_argument_colon(TokenIx ix) const {
  if (kind(ix) != TokenKind::Colon || ix < tokens_.first + 2 || kind(ix - 1) != TokenKind::Name) return false;
  return kind(ix - 2) == TokenKind::LeftParen || kind(ix - 2) == TokenKind::Comma;
}

bool Layout::space_before(TokenIx ix) const {
  const TokenIx before = ix - 1;
  if (opens(kind(before)) || kind(before) == TokenKind::Dot || is_unary(before)) return false;
  if (is_canvas_ && (kind(ix) == TokenKind::Slash || kind(before) == TokenKind::Slash)) return false;
  switch (kind(ix)) {
    case TokenKind::Comma:
    case TokenKind::Dot:
    case TokenKind::RightParen:
    case TokenKind::RightBracket: return false;
    case TokenKind::Colon: return !is_argument_colon(ix);
    case TokenKind::LeftParen: return !breakable(ix);
    default: return true;
  }
}

}  // namespace oscilla::lang
