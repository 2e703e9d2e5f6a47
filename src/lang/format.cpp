// The formatter's outer half: which lines stand where. A unit is what begins a line of its own: a statement, the head
// of a define, a definition in its body, its closing brace. layout.cpp prints the inside of a unit.
#include "lang/format.hpp"

#include <algorithm>
#include <vector>

#include "lang/layout.hpp"
#include "lang/lexer.hpp"

namespace oscilla::lang {

using patch::Statement;
using patch::StatementKind;

namespace {

struct Unit {
  TokenRange tokens;
  enum class Role : std::uint8_t { Plain, Verbatim, Head, Body, Brace } role = Role::Plain;
};

class Formatter {
 public:
  explicit Formatter(const patch::Patch& patch) : patch_(patch), list_(tokenize(patch.text)) {}

  std::string run() {
    for (const Statement& statement : patch_.statements) {
      if (statement.kind == StatementKind::Unread)
        unread_ = line_begin(statement.span.begin);
      else
        split(statement);
    }
    for (const Unit& unit : units_) print(unit);
    comments_before(unread_, kIndentNone);
    if (unread_ < patch_.text.size()) {
      blank_line(line_of(unread_));
      out_ += patch_.text.substr(unread_);
    }
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kIndentNone = 0;

  /// The units of a statement; its tokens begin at next_.
  void split(const Statement& statement) {
    while (token(next_).kind == TokenKind::Newline) ++next_;
    const TokenIx first = next_;
    while (token(next_).kind != TokenKind::End && token(next_).span.end <= statement.span.end) ++next_;
    while (token(next_ - 1).kind == TokenKind::Newline) --next_;
    if (statement.broken)
      units_.push_back({{first, next_}, Unit::Role::Verbatim});
    else if (statement.kind == StatementKind::Define)
      split_define({first, next_});
    else
      units_.push_back({{first, next_}, Unit::Role::Plain});
  }

  void split_define(TokenRange tokens) {
    TokenIx at = tokens.first;
    while (token(at).kind != TokenKind::LeftBrace) ++at;
    units_.push_back({{tokens.first, at + 1}, Unit::Role::Head});
    TokenIx first = ++at;
    for (; at + 1 < tokens.end; ++at) {
      if (token(at).kind != TokenKind::Newline) continue;
      if (first < at) units_.push_back({{first, at}, Unit::Role::Body});
      first = at + 1;
    }
    units_.push_back({{tokens.end - 1, tokens.end}, Unit::Role::Brace});
  }

  void print(const Unit& unit) {
    const Token& first = token(unit.tokens.first);
    const Token& last = token(unit.tokens.end - 1);
    const bool inside = unit.role == Unit::Role::Body || unit.role == Unit::Role::Brace;
    const std::size_t indent = unit.role == Unit::Role::Body ? kIndent : kIndentNone;
    comments_before(first.span.begin, inside ? kIndent : kIndentNone);
    if (unit.role != Unit::Role::Brace) blank_line(first.line);
    const std::uint32_t line_end_ = line_end(last.span.end);
    if (unit.role == Unit::Role::Verbatim) {
      verbatim(line_begin(first.span.begin), line_end_);
      while (comment_ < list_.comments.size() && list_.comments[comment_].span.begin < line_end_) ++comment_;
    } else {
      const std::size_t begin = comment_;
      while (comment_ < list_.comments.size() && list_.comments[comment_].span.begin < last.span.end) ++comment_;
      Layout layout(patch_, list_, unit.tokens, {begin, comment_});
      out_ += layout.print(indent);
      if (comment_ < list_.comments.size() && list_.comments[comment_].span.begin < line_end_)
        out_ += "  " + comment_text(patch_.at(list_.comments[comment_++].span));
      out_ += '\n';
    }
    previous_line_ = last.line;
    after_head_ = unit.role == Unit::Role::Head;
  }

  void verbatim(std::uint32_t begin, std::uint32_t end) {
    out_ += patch_.text.substr(begin, end - begin);
    out_ += out_.ends_with('\r') ? "\r\n" : "\n";  // a stray carriage return must not become part of the line's end
  }

  /// Comments that stand alone before `offset`.
  void comments_before(std::size_t offset, std::size_t indent) {
    for (; comment_ < list_.comments.size() && list_.comments[comment_].span.begin < offset; ++comment_) {
      const Comment& comment = list_.comments[comment_];
      blank_line(comment.line);
      out_ += std::string(indent, ' ') + comment_text(patch_.at(comment.span)) + '\n';
      previous_line_ = comment.line;
      after_head_ = false;
    }
  }

  /// One blank line if there was one, but none at the ends of the file or of a body.
  void blank_line(std::uint32_t line) {
    if (!out_.empty() && !after_head_ && line > previous_line_ + 1) out_ += '\n';
  }

  const Token& token(TokenIx ix) const { return list_.tokens[ix]; }

  std::uint32_t line_begin(std::uint32_t offset) const {
    const std::size_t newline = offset == 0 ? std::string::npos : patch_.text.rfind('\n', offset - 1);
    if (newline != std::string::npos) return static_cast<std::uint32_t>(newline + 1);
    return patch_.text.starts_with("\xEF\xBB\xBF") && offset >= 3 ? 3 : 0;
  }

  std::uint32_t line_end(std::uint32_t offset) const {
    std::size_t end = std::min(patch_.text.find('\n', offset), patch_.text.size());
    if (end < patch_.text.size() && end > offset && patch_.text[end - 1] == '\r') --end;
    return static_cast<std::uint32_t>(end);
  }

  std::uint32_t line_of(std::size_t offset) const {
    const auto begin = patch_.text.begin();
    return 1 + static_cast<std::uint32_t>(std::count(begin, begin + static_cast<std::ptrdiff_t>(offset), '\n'));
  }

  const patch::Patch& patch_;
  TokenList list_;
  std::vector<Unit> units_;
  TokenIx next_ = 0;         // the token behind the last unit
  std::size_t comment_ = 0;  // the first comment not yet printed
  std::size_t unread_ = ~std::size_t{0};
  std::uint32_t previous_line_ = 0;  // where the line printed last ended in the patch
  bool after_head_ = false;
  std::string out_;
};

}  // namespace

std::string format(const patch::Patch& patch) { return Formatter(patch).run(); }

}  // namespace oscilla::lang
