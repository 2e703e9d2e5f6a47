// Statements of a file.
#include "lang/parse.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "lang/habits.hpp"
#include "lang/limits.hpp"
#include "lang/migrate.hpp"
#include "lang/parser.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {

using patch::Statement;
using patch::StatementKind;

namespace {

constexpr std::array<std::string_view, 6> kKeywords = {"oscilla", "canvas", "seed", "use", "input", "define"};

/// Whether a token may follow a keyword; what else follows makes it a name.
bool follows_keyword(TokenKind kind) {
  return kind <= TokenKind::Bool || kind == TokenKind::Minus || kind == TokenKind::Newline ||
         kind == TokenKind::Invalid;
}

}  // namespace

void Parser::file() {
  while (kind() != TokenKind::End) {
    if (!accept(TokenKind::Newline)) statement();
  }
  if (newer_) return;
  if (!has_version_) {
    const Span first = tokens_.front().span;
    rule(Code::E_VERSION, first, "the version line is missing",
         fmt::format("put `oscilla {}` on the first line", kNewestVersion));
  }
  check_names();
}

void Parser::statement() {
  const TokenIx first = at_;
  broken_ = false;
  Statement statement;
  read_statement(statement);
  if (newer_ || statement.kind == StatementKind::Unread) return;
  end_of_statement();
  statement.broken = broken_;
  statement.span = span_from(first);
  patch_.statements.push_back(statement);
}

void Parser::read_statement(Statement& statement) {
  if (is_definition()) {
    if (definitions_++ == kMaxDefinitions) {
      fail_at(at_, fmt::format("more than {} definitions", kMaxDefinitions), "nothing from here on is read",
              Code::E_LIMIT_DEFINITIONS);
      statement.kind = StatementKind::Unread;
      leave_unread(at_);
      return;
    }
    statement.kind = StatementKind::Definition;
    statement.index = static_cast<std::uint32_t>(patch_.definitions.size());
    patch_.definitions.push_back(definition());
    return;
  }
  switch (keyword()) {
    case StatementKind::Version: version(statement); break;
    case StatementKind::Canvas: canvas(statement); break;
    case StatementKind::Seed: seed(statement); break;
    case StatementKind::Use: use(statement); break;
    case StatementKind::Input: input(statement); break;
    case StatementKind::Define: define(statement); break;
    default: unreadable(); break;
  }
}

bool Parser::is_definition() const { return kind() == TokenKind::Name && kind(at_ + 1) == TokenKind::Assign; }

/// The keyword statement that begins here, or Unreadable.
StatementKind Parser::keyword() const {
  const bool is_capital = kind() == TokenKind::Kind && text() == "Oscilla" && kind(at_ + 1) == TokenKind::Number;
  if (is_capital) return StatementKind::Version;
  if (kind() != TokenKind::Name || !follows_keyword(kind(at_ + 1))) return StatementKind::Unreadable;
  const auto found = std::find(kKeywords.begin(), kKeywords.end(), text());
  if (found == kKeywords.end()) return StatementKind::Unreadable;
  return static_cast<StatementKind>(found - kKeywords.begin());
}

void Parser::end_of_statement() {
  if (kind() == TokenKind::Newline || kind() == TokenKind::End) return;
  if (broken_) {
    // one error is enough
  } else if (is_definition()) {
    fail_at(at_, "a second definition stands on one line", "put it on a line of its own");
  } else if (kind() == TokenKind::RightBrace && in_body_) {
    fail_at(at_, "a `}` stands behind a definition", "put it on a line of its own");
  } else {
    fail_in_expression("the end of the line", "delete what is too much");
  }
  skip_statement();
}

void Parser::skip_statement() {
  while (kind() != TokenKind::Newline && kind() != TokenKind::End && !(in_body_ && kind() == TokenKind::RightBrace))
    ++at_;
}

/// Whatever stands from `from` on stays as it is.
void Parser::leave_unread(TokenIx from) {
  Statement rest;
  rest.kind = StatementKind::Unread;
  rest.broken = true;
  rest.span = {tokens_[from].span.begin, static_cast<std::uint32_t>(patch_.text.size())};
  patch_.statements.push_back(rest);
  at_ = static_cast<TokenIx>(tokens_.size() - 1);
}

void Parser::version(Statement& statement) {
  statement.kind = StatementKind::Version;
  const TokenIx word = at_++;
  if (has_version_ || !patch_.statements.empty()) {
    rule(Code::E_VERSION, tokens_[word].span,
         has_version_ ? "a second version line" : "the version line stands too late",
         has_version_ ? "delete it" : "make it the first line");
  }
  const bool seen = std::exchange(has_version_, true);
  const std::optional<patch::Literal> number = kind() == TokenKind::Number ? patch::read_number(text()) : std::nullopt;
  if (!number || !number->is_int || number->value < 1 || text(word) != "oscilla") {
    const TokenIx wrong = text(word) != "oscilla" || kind() == TokenKind::Newline ? word : at_;
    fail_at(wrong, "this is no version line", fmt::format("write `oscilla {}`", kNewestVersion), Code::E_VERSION);
    return;
  }
  if (number->value > kNewestVersion) {
    newer_ = true;
    findings_.clear();
    fail_at(at_, fmt::format("this patch is of version {}, this program reads up to {}", text(), kNewestVersion),
            "update oscilla", Code::E_VERSION);
    patch::Patch unread;
    unread.file_name = std::move(patch_.file_name);
    unread.text = std::move(patch_.text);
    unread.version = static_cast<std::uint32_t>(std::min(number->value, kMaxInt));
    patch_ = std::move(unread);
    leave_unread(0);
    return;
  }
  if (!seen) patch_.version = static_cast<std::uint32_t>(number->value);
  ++at_;
}

/// `name = expression`, to the end of the line; the value is an Error node if that is not all there is.
patch::Definition Parser::definition() {
  const TokenIx first = at_;
  const Span name = tokens_[at_].span;
  at_ += 2;
  patch::NodeIx value = expression();
  const bool ends = kind() == TokenKind::Newline;
  if (value.valid() && !ends) end_of_statement();
  if (!value.valid() || !ends) {
    skip_statement();
    value = error_node(first);
  }
  return {span_from(first), name, value};
}

void Parser::unreadable() {
  const TokenKind next = kind() == TokenKind::End ? TokenKind::End : kind(at_ + 1);
  const bool word = kind() == TokenKind::Name || kind() == TokenKind::Kind;
  if (kind() == TokenKind::Kind && next == TokenKind::Assign) {
    std::string name(text());
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    fail_at(at_, "the name of a definition begins with a small letter", fmt::format("write `{} = ...`", name));
  } else if (kind() == TokenKind::Bool && next == TokenKind::Assign) {
    fail_at(at_, fmt::format("`{}` is reserved", text()), "take another name");
  } else if (word && next == TokenKind::LeftParen) {
    const std::string_view habit = statement_habit(text());
    fail_at(at_, "a call needs a name",
            habit.empty() ? fmt::format("write `name = {}(...)`", text()) : std::string(habit));
  } else if (kind() == TokenKind::RightBrace) {
    if (!std::exchange(stray_brace_allowed_, false)) fail_at(at_, "this `}` closes nothing", "delete it");
    broken_ = true;
  } else if (word && kind(at_ + 1) != TokenKind::Invalid) {
    const std::string hint = unreadable_hint();
    fail_at(at_, fmt::format("`{}` begins no statement", text()), hint);
  } else {
    const bool slashes = next == TokenKind::Slash || next == TokenKind::Star;
    const bool comment = kind() == TokenKind::Slash ? slashes : kind() == TokenKind::Minus && next == TokenKind::Minus;
    const std::string_view hint = kind() == TokenKind::LeftParen
                                      ? "a block has one name, and its outputs are read behind a dot: `p.angle`"
                                  : comment ? "a comment begins with `#`"
                                            : "a definition is `name = value`";
    if (word) ++at_;
    fail_unexpected("a statement", hint);
  }
  skip_statement();
}

std::string Parser::unreadable_hint() const {
  const TokenKind next = kind(at_ + 1);
  const TokenKind behind = next == TokenKind::End ? next : kind(at_ + 2);
  if (next == TokenKind::EqualEqual) return "one `=` defines, `==` compares";
  if (const std::string_view habit = statement_habit(text()); !habit.empty()) return std::string(habit);
  if (next == TokenKind::Name && behind == TokenKind::Assign)
    return fmt::format("write `{} = ...`: what it is follows from its value", text(at_ + 1));
  if (next == TokenKind::Colon && behind == TokenKind::Assign) return "one `=` defines: `name = value`";
  if (behind == TokenKind::Assign && next >= TokenKind::Plus && next <= TokenKind::Slash)
    return "a name means one thing; what adds up over time is `Accumulator(...)`";
  const std::string near = follows_keyword(kind(at_ + 1)) ? did_you_mean(text(), kKeywords) : std::string();
  return near.empty() ? "a definition is `name = value`" : near;
}

namespace {

/// What a file is that is no text in UTF-8, from its first bytes; nothing if it may be one.
std::optional<Finding> not_text(std::string_view text) {
  constexpr std::size_t kLooked = 8000;  // as git does
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    return Finding{Code::E_SYNTAX, {}, "this file is text in UTF-16", "save it as UTF-8"};
  if (text.substr(0, kLooked).find('\0') == std::string_view::npos) return std::nullopt;
  return Finding{Code::E_SYNTAX,
                 {},
                 "this file is no text: there are bytes of 0 in it",
                 "a patch is a text file in UTF-8; its name mostly ends in .oscilla"};
}

std::optional<Finding> unreadable_file(std::string_view text) {
  if (std::optional<Finding> found = not_text(text)) return found;
  if (text.size() <= kMaxFileBytes) return std::nullopt;
  return Finding{Code::E_LIMIT_FILE,
                 {},
                 fmt::format("the file is larger than {} bytes", kMaxFileBytes),
                 "split it into files and `use` them"};
}

}  // namespace

patch::Patch parse(std::string text, std::string file_name) {
  patch::Patch patch;
  patch.file_name = std::move(file_name);
  patch.text = std::move(text);
  if (std::optional<Finding> found = unreadable_file(patch.text)) {
    Statement rest;
    rest.kind = StatementKind::Unread;
    rest.broken = true;
    rest.span = {0, static_cast<std::uint32_t>(std::min<std::size_t>(patch.text.size(), kNone))};
    patch.statements.push_back(rest);
    patch.diagnostics.report(found->code, found->span, std::move(found->message), std::move(found->hint));
    return patch;
  }
  const std::optional<std::uint32_t> older = migrate(patch.text);
  const TokenList list = tokenize(patch.text);
  Parser parser(patch, list);
  parser.file();
  if (older && !patch.statements.empty())
    patch.diagnostics.report(
        Code::I_VERSION_MIGRATED, patch.statements.front().span,
        fmt::format("this patch is of version {} and is read as version {}", *older, kNewestVersion),
        "`oscilla fmt -w` writes it in the newest version");
  for (Finding& finding : parser.findings())
    patch.diagnostics.report(finding.code, finding.span, std::move(finding.message), std::move(finding.hint));
  return patch;
}

}  // namespace oscilla::lang
