// `define`: a Kind of one's own.
#include <fmt/format.h>

#include <utility>

#include "lang/limits.hpp"
#include "lang/parser.hpp"

namespace oscilla::lang {
namespace {

constexpr std::string_view kHeadHint = "write, say, `define Ring(size: float = 1) -> (position) {`";
constexpr std::string_view kParameterHint = "write `name: type` or `name: type = default`";

}  // namespace

void Parser::define(patch::Statement& statement) {
  const TokenIx first = at_++;
  patch::Define define;
  const bool has_body = define_header(define) || find_body(first);
  if (has_body) define_body(define);
  end_of_statement();
  if (define.name.empty()) return;
  define.span = span_from(first);
  statement.kind = patch::StatementKind::Define;
  statement.index = static_cast<std::uint32_t>(patch_.defines.size());
  patch_.defines.push_back(std::move(define));
}

bool Parser::define_header(patch::Define& define) {
  if (kind() == TokenKind::Name) {
    fail_at(at_, "the name of a Kind begins with a capital letter",
            fmt::format("write `define {}{}(...)`", text()[0] == '_' ? 'A' : static_cast<char>(text()[0] - 'a' + 'A'),
                        text().substr(1)));
    return false;
  }
  if (!expect(TokenKind::Kind, "the name of a Kind", kHeadHint)) return false;
  define.name = tokens_[at_ - 1].span;
  if (kind() != TokenKind::LeftParen) {
    fail_unexpected("`(` and the parameters", kHeadHint);
    return false;
  }
  if (!parameters(define)) return false;
  if (!expect(TokenKind::Arrow, "`->` and the outputs", kHeadHint)) return false;
  if (kind() != TokenKind::LeftParen) {
    fail_unexpected("`(` and the outputs", kHeadHint);
    return false;
  }
  if (!outputs(define)) return false;
  if (kind() == TokenKind::LeftBrace) return true;
  fail_unexpected("`{`", "it ends the line of `define`");
  return false;
}

bool Parser::parameters(patch::Define& define) {
  Region outer;
  if (!enter(outer)) return false;
  for (std::uint32_t count = 0; at_ != region_.end && count_item(count); accept(TokenKind::Comma)) {
    const TokenIx first = at_;
    patch::Parameter parameter = this->parameter();
    if (parameter.type.empty()) skip_item(first);
    if (!parameter.name.empty()) define.parameters.push_back(parameter);
  }
  return leave(outer);
}

/// `name: type` or `name: type = default`; without a type if it cannot be read.
patch::Parameter Parser::parameter() {
  const TokenIx first = at_;
  patch::Parameter parameter;
  if (!expect(TokenKind::Name, "a parameter's name", kParameterHint)) return parameter;
  parameter.name = tokens_[first].span;
  if (!expect(TokenKind::Colon, "`:` and the parameter's type", kParameterHint)) return parameter;
  if (!expect(TokenKind::Name, "a type such as `float`", kParameterHint)) return parameter;
  const Span type = tokens_[at_ - 1].span;
  const bool has_default = accept(TokenKind::Assign);
  if (tokens_[at_ - 1].line != tokens_[first].line || (has_default && tokens_[at_].line != tokens_[first].line)) {
    fail_at(first, "a parameter stands on one line", std::string(kParameterHint));
    return parameter;
  }
  if (has_default)
    parameter.fallback = item();
  else if (!at_item_end()) {
    fail_unexpected("`,`, `)` or `=` and a default", kParameterHint);
    return parameter;
  }
  parameter.type = type;
  return parameter;
}

bool Parser::outputs(patch::Define& define) {
  Region outer;
  if (!enter(outer)) return false;
  bool more = at_ != region_.end;
  for (std::uint32_t count = 0; more; more = accept(TokenKind::Comma)) {
    if (!count_item(count)) break;
    if (!expect(TokenKind::Name, "an output's name", "outputs are names of definitions in the body")) {
      give_up(outer);
      return false;
    }
    define.outputs.push_back(tokens_[at_ - 1].span);
  }
  return leave(outer);
}

/// After a header that could not be read: the `{` of its body, on its line or first on the next.
bool Parser::find_body(TokenIx first) {
  at_ = first;
  while (kind() != TokenKind::LeftBrace && kind() != TokenKind::Newline) ++at_;
  if (kind() == TokenKind::Newline && kind(at_ + 1) == TokenKind::LeftBrace) ++at_;
  return kind() == TokenKind::LeftBrace;
}

void Parser::define_body(patch::Define& define) {
  const TokenIx brace = at_++;
  in_body_ = true;
  while (true) {
    while (accept(TokenKind::Newline)) {
    }
    if (kind() == TokenKind::RightBrace) break;
    if (kind() == TokenKind::End || (!is_definition() && keyword() != patch::StatementKind::Unreadable)) break;
    if (!is_definition()) {
      unreadable();
    } else if (definitions_++ < kMaxDefinitions) {
      define.body.push_back(definition());
    } else {
      if (definitions_ == kMaxDefinitions + 1)
        fail_at(at_, fmt::format("more than {} definitions", kMaxDefinitions), "the rest is not read",
                Code::E_LIMIT_DEFINITIONS);
      skip_statement();
    }
  }
  in_body_ = false;
  if (accept(TokenKind::RightBrace)) return;
  --at_;
  fail_at(brace, "this `{` is not closed", "its `}` is missing, on a line of its own");
  stray_brace_allowed_ = true;
}

}  // namespace oscilla::lang
