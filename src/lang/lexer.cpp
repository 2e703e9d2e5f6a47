#include "lang/lexer.hpp"

#include <algorithm>
#include <utility>

#include "lang/characters.hpp"
#include "lang/token_scanner.hpp"

namespace oscilla::lang {
namespace {

/// Follows lines and brackets; the tokens themselves are scan_token's business.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  TokenList run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      if (line_begins_) begin_line();
      if (at_ < text_.size()) step();
    }
    end_statement();
    push(TokenKind::End, {size(), size()});
    return std::move(out_);
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  std::uint32_t next_index() const { return static_cast<std::uint32_t>(out_.tokens.size()); }

  void step() {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '\n' || text_.substr(at_, 2) == "\r\n") {
      at_ += c == '\n' ? 1 : 2;
      if (open_.empty()) end_statement();
      ++line_;
      line_begins_ = true;
    } else if (c == '#' && is_comment()) {
      comment();
    } else {
      token();
      first_on_line_ = false;
    }
  }

  /// A line that starts a statement ends the one before it, whatever bracket is open.
  void begin_line() {
    line_begins_ = false;
    first_on_line_ = true;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (open_.empty() || at_ == text_.size()) return;
    if (starts_statement(text_.substr(at_)) || (in_braces_ && text_[at_] == '}')) end_statement();
  }

  void end_statement() {
    abandon_open();
    if (out_.tokens.empty() || out_.tokens.back().kind == TokenKind::Newline) return;
    const Token& last = out_.tokens.back();
    const Token newline{TokenKind::Newline, {last.span.end, last.span.end}, last.line, kNone};
    out_.tokens.push_back(newline);
  }

  /// What is still open ends at the token that comes next.
  void abandon_open() {
    for (const std::uint32_t open : open_) out_.tokens[open].link = next_index();
    open_.clear();
    open_parens_ = 0;
  }

  bool is_comment() const {
    if (first_on_line_ && open_.empty()) return true;
    return at_ + 1 == text_.size() || !is_alphanumeric(text_[at_ + 1]);
  }

  void comment() {
    const std::size_t begin = at_;
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (end < text_.size() && text_[end - 1] == '\r') --end;
    const Span span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    out_.comments.push_back({span, line_, first_on_line_});
    if (Finding error; find_bad_character(text_, span, error)) out_.comment_errors.push_back(std::move(error));
    at_ = end;
  }

  void token() {
    Finding error;
    const ScannedToken scanned = scan_token(text_, at_, error);
    const Span span{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(scanned.end)};
    if (scanned.kind == TokenKind::RightBrace && in_braces_) {
      abandon_open();
      in_braces_ = false;
    }
    push(scanned.kind, span);
    if (scanned.kind == TokenKind::Invalid) {
      out_.tokens.back().link = static_cast<std::uint32_t>(out_.errors.size());
      out_.errors.push_back(std::move(error));
    }
    match(scanned.kind, next_index() - 1);
    at_ = scanned.end;
  }

  void match(TokenKind kind, std::uint32_t index) {
    switch (kind) {
      case TokenKind::LeftBrace: in_braces_ = in_braces_ || open_.empty(); break;
      case TokenKind::LeftParen: ++open_parens_; [[fallthrough]];
      case TokenKind::LeftBracket: open_.push_back(index); break;
      case TokenKind::RightParen: close(TokenKind::LeftParen, index); break;
      case TokenKind::RightBracket: close(TokenKind::LeftBracket, index); break;
      default: break;
    }
  }

  /// Closes the innermost bracket of that kind, and what is open inside it; if none is open, the innermost of the other
  /// kind.
  void close(TokenKind opener, std::uint32_t index) {
    if (open_.empty()) return;
    const bool is_open = opener == TokenKind::LeftParen ? open_parens_ > 0 : open_.size() > open_parens_;
    for (bool found = false; !found;) {
      Token& open = out_.tokens[open_.back()];
      open.link = index;
      out_.tokens[index].link = open_.back();
      found = !is_open || open.kind == opener;
      if (open.kind == TokenKind::LeftParen) --open_parens_;
      open_.pop_back();
    }
  }

  void push(TokenKind kind, Span span) { out_.tokens.push_back({kind, span, line_, kNone}); }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool line_begins_ = true;
  bool first_on_line_ = true;
  bool in_braces_ = false;
  std::vector<std::uint32_t> open_;  ///< brackets, outermost first
  std::size_t open_parens_ = 0;      ///< how many of them are ( and not [
  TokenList out_;
};

}  // namespace

TokenList tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace oscilla::lang
