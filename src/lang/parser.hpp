// The parser, inside this room only. In: a text and its tokens. Out: the Patch, filled in, and what was found wrong. It
// reads each token a bounded number of times and recurses no deeper than brackets and conditionals may nest.
//
// Functions that read an expression return an invalid NodeIx if they cannot; then the error is reported and the caller
// gives up too, up to the nearest argument, list element or statement, which puts an Error node there and goes on
// behind it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lang/lexer.hpp"
#include "patch/patch.hpp"

namespace oscilla::lang {

class Parser {
 public:
  Parser(patch::Patch& patch, const TokenList& list) : patch_(patch), list_(list), tokens_(list.tokens) {}

  void file();
  /// What was found, in text order.
  std::vector<Finding> findings();

 private:
  using NodeIx = patch::NodeIx;
  using TokenIx = std::uint32_t;

  // Tokens (parser.cpp)
  TokenKind kind(TokenIx ix) const { return tokens_[ix].kind; }
  TokenKind kind() const { return kind(at_); }
  std::string_view text(TokenIx ix) const { return patch_.at(tokens_[ix].span); }
  std::string_view text() const { return text(at_); }
  Span span_from(TokenIx first) const;
  bool accept(TokenKind wanted);
  bool expect(TokenKind wanted, std::string_view what, std::string_view hint);

  // Findings (parser.cpp). `fail` is for text that cannot be read, `rule` for text that can but may not stand here.
  void fail_at(TokenIx ix, std::string message, std::string hint, Code code = Code::E_SYNTAX);
  void fail_unexpected(std::string_view wanted, std::string_view hint);
  void rule(Code code, Span span, std::string message, std::string hint);
  void fail_in_expression(std::string_view wanted, std::string_view hint);
  std::string_view expression_hint() const;
  std::string decimal_point_hint(TokenIx ix) const;

  // Brackets (parser.cpp): enter at the opening one, leave at the closing one.
  struct Region {
    TokenIx open = kNone;
    TokenIx end = kNone;
    bool closed = true;
  };
  bool enter(Region& outer);
  bool leave(const Region& outer);
  NodeIx give_up(const Region& outer);
  bool at_item_end() const { return at_ == region_.end || kind() == TokenKind::Comma; }
  void skip_item(TokenIx first);
  bool count_item(std::uint32_t& count);

  // Expressions (parse_expression.cpp, parse_brackets.cpp)
  NodeIx expression();
  NodeIx choice();
  NodeIx conditional(NodeIx condition, TokenIx first);
  NodeIx binary(int lowest);
  NodeIx unary();
  NodeIx postfix();
  NodeIx primary();
  NodeIx call();
  NodeIx group();
  NodeIx list();
  NodeIx item();
  patch::Argument argument(bool& named);
  bool was_argument(patch::Argument& argument);
  NodeIx leaf(patch::NodeKind kind);
  NodeIx node(patch::Node node, const NodeIx* children, std::size_t count);
  NodeIx error_node(TokenIx first);
  NodeIx push(const patch::Node& node, std::uint32_t height, TokenIx blame);

  // Statements (parse.cpp, parse_settings.cpp)
  void statement();
  void read_statement(patch::Statement& statement);
  bool is_definition() const;
  patch::StatementKind keyword() const;
  void end_of_statement();
  void skip_statement();
  void version(patch::Statement& statement);
  void leave_unread(TokenIx from);
  void canvas(patch::Statement& statement);
  bool canvas_setting(patch::Canvas& canvas);
  void check_setting(const patch::CanvasSetting& setting);
  void seed(patch::Statement& statement);
  void use(patch::Statement& statement);
  void input(patch::Statement& statement);
  patch::Definition definition();
  void unreadable();
  std::string unreadable_hint() const;

  // define (parse_define.cpp)
  void define(patch::Statement& statement);
  bool define_header(patch::Define& define);
  bool parameters(patch::Define& define);
  patch::Parameter parameter();
  bool outputs(patch::Define& define);
  void define_body(patch::Define& define);
  bool find_body(TokenIx first);

  // Names (names.cpp)
  void check_names();
  void check_define_names(const patch::Define& define);
  void check_duplicates(std::vector<Span> names);
  void check_single(const std::vector<Span>& statements, std::string_view keyword);
  std::string first_hint(Span first);

  patch::Patch& patch_;
  const TokenList& list_;
  const std::vector<Token>& tokens_;
  TokenIx at_ = 0;
  Region region_;                     ///< the innermost bracket
  std::uint32_t nesting_ = 0;         ///< brackets around at_
  std::uint32_t choices_ = 0;         ///< choice() calls running
  bool broken_ = false;               ///< something in this statement could not be read
  bool stray_brace_allowed_ = false;  ///< an open `{` was cut off: its `}` is still to come
  std::uint32_t definitions_ = 0;
  bool in_body_ = false;  ///< of a define: a `}` ends what it holds
  bool has_version_ = false;
  bool newer_ = false;                  ///< the version is newer than the program
  std::vector<std::uint32_t> lines_;    ///< where each line begins; empty until somebody asks
  std::vector<std::uint16_t> heights_;  ///< of the nodes
  std::vector<Finding> findings_;
};

}  // namespace oscilla::lang
