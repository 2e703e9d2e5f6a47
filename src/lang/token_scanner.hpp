// One token at a time, without context: where it ends and what it is.
#pragma once

#include <cstddef>
#include <string_view>

#include "lang/lexer.hpp"

namespace oscilla::lang {

struct ScannedToken {
  TokenKind kind = TokenKind::Invalid;
  std::size_t end = 0;
};

/// The longest token at `at`, which is no blank, line end or comment. Never empty. For Invalid, `error` says why.
ScannedToken scan_token(std::string_view text, std::size_t at, Finding& error);

/// True if `line` begins as a definition or a keyword statement does.
bool starts_statement(std::string_view line);

/// The first control character or broken UTF-8 in `span`.
bool find_bad_character(std::string_view text, Span span, Finding& error);

}  // namespace oscilla::lang
