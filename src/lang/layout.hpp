// One statement on its line or lines, in canonical form. In: the tokens of a statement that was read without error, and
// the comments between them. Out: text without a final line end. Works on tokens: spaces follow from neighbours, lines
// from brackets.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lang/lexer.hpp"
#include "patch/patch.hpp"

namespace oscilla::lang {

using TokenIx = std::uint32_t;

inline constexpr std::size_t kIndent = 2;
inline constexpr std::size_t kMaxColumns = 100;

/// Half-open.
struct TokenRange {
  TokenIx first = 0;
  TokenIx end = 0;
};

struct CommentRange {
  std::size_t first = 0;
  std::size_t end = 0;
};

/// `#x ` as `# x`.
std::string comment_text(std::string_view comment);

/// `.5` as `0.5`, `#FF00AA` as `#ff00aa`, the rest as it is.
std::string token_text(TokenKind kind, std::string_view text);

class Layout {
 public:
  Layout(const patch::Patch& patch, const TokenList& list, TokenRange tokens, CommentRange comments);

  /// The comments that move above the statement, then the statement.
  std::string print(std::size_t indent);

 private:
  struct OpenBracket {
    TokenIx open = 0;
    TokenIx item = 0;  ///< where the item begins that is being read
  };

  void place_comments(CommentRange comments);
  void place(const Comment& comment, TokenIx next, const std::vector<OpenBracket>& open);
  void break_where_written();
  bool breakable(TokenIx open) const;
  bool is_broken(TokenIx open) const { return broken_[open - tokens_.first]; }
  void break_at(TokenIx open) { broken_[open - tokens_.first] = true; }

  void break_if_long(TokenRange part, std::size_t indent, std::size_t behind);
  void print_part(TokenRange part, std::size_t indent);
  void print_items(TokenIx open, std::size_t indent);
  void print_above(TokenIx item, std::size_t indent);
  void print_behind(TokenIx token);

  TokenKind kind(TokenIx ix) const { return list_.tokens[ix].kind; }
  std::string written(TokenIx ix) const { return token_text(kind(ix), patch_.at(list_.tokens[ix].span)); }
  bool ends_value(TokenIx ix) const;
  bool is_unary(TokenIx ix) const;
  bool is_argument_colon(TokenIx ix) const;
  bool space_before(TokenIx ix) const;

  const patch::Patch& patch_;
  const TokenList& list_;
  TokenRange tokens_;
  bool is_canvas_ = false;
  std::vector<bool> broken_;  ///< of brackets: one item a line
  std::vector<const Comment*> above_statement_;
  std::map<TokenIx, std::vector<const Comment*>> above_;  ///< by the item's first token, or the closing bracket
  std::map<TokenIx, const Comment*> behind_;              ///< by the bracket or comma that ends the line
  std::string out_;
};

}  // namespace oscilla::lang
