#include "lang/edit.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "lang/format.hpp"
#include "lang/limits.hpp"
#include "lang/parse.hpp"
#include "patch/plan_edit.hpp"
#include "patch/target.hpp"

namespace oscilla::lang {
namespace {

using patch::Patch;
using patch::Replacement;
using patch::Statement;
using patch::StatementKind;

/// A patch of one statement.
Patch read_statement(std::string_view text) { return parse(fmt::format("oscilla {}\n{}", kNewestVersion, text)); }

/// Whether `text` is exactly one sound statement of the kind, to its last character.
bool reads_as(std::string_view text, StatementKind kind) {
  const Patch read = read_statement(text);
  return read.statements.size() == 2 && read.statements[1].kind == kind && !read.diagnostics.has_errors() &&
         read.statements[1].span.end == read.text.size();
}

bool is_expression(std::string_view text) { return reads_as(fmt::format("x = {}", text), StatementKind::Definition); }

std::string setting_statement(const Edit& edit) {
  if (edit.target == "seed") return "seed " + edit.text;
  return edit.target == "size" ? "canvas " + edit.text : fmt::format("canvas 1280x720 {} {}", edit.target, edit.text);
}

/// What is wrong with the text that an edit brings.
std::optional<Diagnostic> refuse_text(const Edit& edit) {
  const auto refuse = [&edit](std::string_view what, std::string hint) {
    return patch::refuse(Code::E_EDIT_VALUE, {}, fmt::format("`{}` is not {}", edit.text, what), std::move(hint))
        .error();
  };
  switch (edit.kind) {
    case Edit::Kind::AddWriter:
      if (!is_expression(edit.mode + "()")) return refuse("joined by a mode", "a mode is a word: sum, last, max");
      [[fallthrough]];
    case Edit::Kind::Set:
      if (is_expression(edit.text)) return std::nullopt;
      return refuse("an expression", "write what could stand behind `=` in a patch");
    case Edit::Kind::Add:
      for (const StatementKind kind :
           {StatementKind::Definition, StatementKind::Input, StatementKind::Define, StatementKind::Use})
        if (reads_as(edit.text, kind)) return std::nullopt;
      return refuse("a statement to add", "write a definition, input, define or use as it would stand in a patch");
    case Edit::Kind::AddInside:
      if (reads_as(edit.text, StatementKind::Definition)) return std::nullopt;
      return refuse("a definition", "write `name = value`");
    case Edit::Kind::Setting: {
      const StatementKind kind = edit.target == "seed" ? StatementKind::Seed : StatementKind::Canvas;
      const Patch read = read_statement(setting_statement(edit));
      if (reads_as(setting_statement(edit), kind)) return std::nullopt;
      const auto& found = read.diagnostics.list();
      // A setting that does not exist is the target's fault.
      if (!found.empty() && found.front().code == "E_UNKNOWN_NAME") return std::nullopt;
      return refuse(fmt::format("a value of `{}`", edit.target), found.empty() ? "" : found.front().message);
    }
    default: return std::nullopt;
  }
}

/// The ranges of the new text whose statements are to be laid out.
struct Spliced {
  std::string text;
  std::vector<Span> touched;
};

Spliced splice(const Patch& patch, const std::vector<Replacement>& plan) {
  const std::size_t newline = patch.text.find('\n');
  const bool crlf = newline != std::string::npos && newline > 0 && patch.text[newline - 1] == '\r';
  Spliced result;
  std::uint32_t at = 0;
  for (const Replacement& replacement : plan) {
    result.text += patch.at({at, replacement.span.begin});
    const auto start = static_cast<std::uint32_t>(result.text.size());
    for (const char c : replacement.text) {
      if (c == '\n' && crlf && !result.text.ends_with('\r')) result.text += '\r';
      result.text += c;
    }
    if (replacement.lays_out) {  // lines of their own touch neither the line above nor the one below
      const auto end = static_cast<std::uint32_t>(result.text.size());
      const std::string_view text = replacement.text;
      result.touched.push_back({start + (text.starts_with('\n') ? 1 : 0), end - (text.ends_with('\n') ? 1 : 0)});
    }
    at = replacement.span.end;
  }
  result.text += patch.at({at, static_cast<std::uint32_t>(patch.text.size())});
  return result;
}

/// A statement in canonical form, without its line's end.
std::string laid_out(std::string_view statement) {
  std::string text = format(read_statement(statement));
  text.erase(0, text.find('\n') + 1);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

Patch lay_out(Spliced spliced, const std::string& file_name) {
  Patch read = parse(std::move(spliced.text), file_name);
  std::vector<Replacement> plan;
  for (const Statement& statement : read.statements) {
    const bool touched = std::any_of(spliced.touched.begin(), spliced.touched.end(), [&](Span span) {
      return span.begin <= statement.span.end && statement.span.begin <= span.end;
    });
    if (!touched || statement.broken || statement.kind == StatementKind::Version) continue;
    std::string text = laid_out(read.at(statement.span));
    if (text != read.at(statement.span)) plan.push_back({statement.span, std::move(text)});
  }
  if (plan.empty()) return read;
  return parse(splice(read, plan).text, file_name);
}

/// Errors of reading that `after` has and `before` has not. Their places are in a text that nobody sees.
std::vector<Diagnostic> new_errors(const Patch& before, const Patch& after) {
  std::vector<Diagnostic> known = before.diagnostics.list();
  std::vector<Diagnostic> result;
  for (Diagnostic diagnostic : after.diagnostics.list()) {
    if (diagnostic.severity < Severity::Error) continue;
    const auto same = std::find_if(known.begin(), known.end(), [&](const Diagnostic& other) {
      return other.code == diagnostic.code && other.message == diagnostic.message;
    });
    if (same != known.end()) {
      known.erase(same);
      continue;
    }
    diagnostic.span = {};
    result.push_back(std::move(diagnostic));
  }
  return result;
}

/// The name of the statement around a place: "draw", "Swing".
std::string_view statement_name(const Patch& patch, Span place) {
  for (const Statement& statement : patch.statements) {
    if (place.begin < statement.span.begin || place.end > statement.span.end) continue;
    if (statement.kind == StatementKind::Definition) return patch.at(patch.definitions[statement.index].name);
    if (statement.kind == StatementKind::Input) return patch.at(patch.inputs[statement.index].name);
    if (statement.kind == StatementKind::Define) return patch.at(patch.defines[statement.index].name);
  }
  return "the canvas";
}

/// What was removed may not be read any more.
std::vector<Diagnostic> still_read(const Patch& after, std::span<const Edit> edits,
                                   const patch::Signatures& signatures) {
  std::vector<Diagnostic> result;
  for (const Edit& edit : edits) {
    if (edit.kind != Edit::Kind::Remove || patch::find_statement(after, edit.target)) continue;
    const std::size_t dot = edit.target.find('.');
    std::uint32_t scope = patch::kNoIndex;
    if (dot != std::string::npos) {
      const auto define = patch::find_statement(after, edit.target.substr(0, dot));
      if (!define) continue;
      scope = define->define;
    }
    const std::string name = dot == std::string::npos ? edit.target : edit.target.substr(dot + 1);
    const Span use = patch::first_use(after, scope, name, signatures);
    if (use.empty()) continue;
    result.push_back(patch::refuse(Code::E_EDIT_IN_USE, {},
                                   fmt::format("`{}` is still read by `{}`", edit.target, statement_name(after, use)),
                                   "rewire or remove its readers in the same transaction")
                         .error());
  }
  return result;
}

}  // namespace

std::expected<Patch, std::vector<Diagnostic>> apply_edits(const Patch& patch, std::span<const Edit> edits,
                                                          const patch::Signatures& signatures) {
  Patch current = patch;
  patch::Renames renames;
  for (const Edit& edit : edits) {
    if (std::optional<Diagnostic> refused = refuse_text(edit)) return std::unexpected(std::vector{std::move(*refused)});
    patch::Plan plan = patch::plan_edit(current, edit, signatures, renames);
    if (!plan) return std::unexpected(std::vector{std::move(plan.error())});
    if (!plan->empty()) current = lay_out(splice(current, *plan), patch.file_name);
  }
  std::vector<Diagnostic> wrong = new_errors(patch, current);
  for (Diagnostic& diagnostic : still_read(current, edits, signatures)) wrong.push_back(std::move(diagnostic));
  if (!wrong.empty()) return std::unexpected(std::move(wrong));
  return current;
}

}  // namespace oscilla::lang
