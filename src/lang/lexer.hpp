// Text to tokens (docs/language.md, section 1). Brackets are matched here, so where a statement ends is decided once: a
// Newline token stands behind every statement and nowhere else. Comments are kept apart. Every byte belongs to a token,
// a comment or blank space; what is no token becomes one of kind Invalid, whose error is reported only if somebody has
// to read it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace oscilla::lang {

inline constexpr std::uint32_t kNone = ~0u;

enum class TokenKind : std::uint8_t {
  Name,
  Kind,
  Number,
  Size,
  Color,
  String,
  Bool,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Comma,
  Colon,
  Assign,
  Arrow,
  Pipe,
  Question,
  Dot,
  OrOr,
  AndAnd,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  EqualEqual,
  NotEqual,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
  Bang,
  Newline,
  End,
  Invalid,
};

/// True for a bracket around values.
inline bool opens(TokenKind kind) { return kind == TokenKind::LeftParen || kind == TokenKind::LeftBracket; }

struct Token {
  TokenKind kind = TokenKind::Invalid;
  Span span;
  std::uint32_t line = 1;
  /// Of ( and [: the token that ends what they open; it is the bracket's own partner iff its link points back. Of ) and
  /// ]: the token they close, kNone if nothing is open. Of Invalid: which error.
  std::uint32_t link = kNone;
};

struct Finding {
  Code code = Code::E_SYNTAX;
  Span span;
  std::string message;
  std::string hint;
};

struct Comment {
  Span span;
  std::uint32_t line = 1;
  bool alone = false;  ///< nothing but blanks before it on its line
};

struct TokenList {
  std::vector<Token> tokens;  ///< the last two are Newline (if there is any other) and End
  std::vector<Comment> comments;
  std::vector<Finding> errors;          ///< of the Invalid tokens
  std::vector<Finding> comment_errors;  ///< these stand for themselves
};

TokenList tokenize(std::string_view text);

}  // namespace oscilla::lang
