// Whole statements: adding, removing, moving, and the settings of the file.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "patch/plan_edit.hpp"
#include "patch/target.hpp"

namespace oscilla::patch {
namespace {

std::uint32_t line_begin(const Patch& patch, std::uint32_t offset) {
  const std::size_t newline = offset == 0 ? std::string::npos : patch.text.rfind('\n', offset - 1);
  return newline == std::string::npos ? 0 : static_cast<std::uint32_t>(newline + 1);
}

/// Behind the line's end.
std::uint32_t next_line(const Patch& patch, std::uint32_t offset) {
  const std::size_t newline = patch.text.find('\n', offset);
  return static_cast<std::uint32_t>(newline == std::string::npos ? patch.text.size() : newline + 1);
}

/// The lines of a statement or of a definition in a body, the comment behind it included.
Span lines_of(const Patch& patch, Span span) { return {line_begin(patch, span.begin), next_line(patch, span.end)}; }

/// As above, with the comment lines directly above.
Span lines_with_comments(const Patch& patch, Span span) {
  Span lines = lines_of(patch, span);
  while (lines.begin > 0) {
    const std::uint32_t above = line_begin(patch, lines.begin - 1);
    const std::string_view line = patch.at({above, lines.begin});
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] != '#') break;
    lines.begin = above;
  }
  return lines;
}

/// `text` as lines of its own at `offset`, the begin of a line or the end of the file.
Replacement lines_at(const Patch& patch, std::uint32_t offset, std::string_view text, bool lays_out) {
  std::string lines;
  if (offset > 0 && patch.text[offset - 1] != '\n') lines += '\n';
  lines += text;
  if (!lines.ends_with('\n')) lines += '\n';
  return {{offset, offset}, std::move(lines), lays_out};
}

std::uint32_t end_of(const Patch& patch) { return static_cast<std::uint32_t>(patch.text.size()); }

Plan add(const Patch& patch, const Edit& edit) {
  if (edit.target.empty()) return std::vector{lines_at(patch, end_of(patch), edit.text, true)};
  const FoundTarget before = find_statement(patch, edit.target);
  if (!before) return std::unexpected(before.error());
  return std::vector{lines_at(patch, lines_with_comments(patch, before->whole).begin, edit.text, true)};
}

Plan add_inside(const Patch& patch, const Edit& edit) {
  const FoundTarget define = find_statement(patch, edit.target);
  if (!define) return std::unexpected(define.error());
  if (!define->is_define())
    return refuse(Code::E_EDIT_TARGET, define->name, fmt::format("`{}` is no define", edit.target),
                  "only a define has something inside");
  return std::vector{lines_at(patch, line_begin(patch, define->whole.end - 1), edit.text, true)};
}

Plan remove(const Patch& patch, const Edit& edit) {
  const FoundTarget target = find_statement(patch, edit.target);
  if (!target) return std::unexpected(target.error());
  return std::vector<Replacement>{{lines_of(patch, target->whole), "", false}};
}

Plan move(const Patch& patch, const Edit& edit) {
  const FoundTarget target = find_statement(patch, edit.target);
  if (!target) return std::unexpected(target.error());
  const Span from = lines_with_comments(patch, target->whole);
  std::uint32_t to = end_of(patch);
  const bool in_body = target->define != kNoIndex && !target->is_define();
  if (!edit.text.empty()) {
    const FoundTarget before = find_statement(patch, edit.text);
    if (!before) return std::unexpected(before.error());
    const bool before_in_body = before->define != kNoIndex && !before->is_define();
    if (in_body != before_in_body || (in_body && target->define != before->define))
      return refuse(Code::E_EDIT_TARGET, before->name,
                    fmt::format("`{}` and `{}` do not stand in one scope", edit.target, edit.text),
                    "a statement moves within the file or within its define");
    to = lines_with_comments(patch, before->whole).begin;
  } else if (in_body) {
    to = line_begin(patch, patch.defines[target->define].span.end - 1);
  }
  if (to >= from.begin && to <= from.end) return std::vector<Replacement>{};
  std::vector<Replacement> plan = {{from, "", false}, lines_at(patch, to, patch.at(from), false)};
  if (to < from.begin) std::swap(plan[0], plan[1]);
  return plan;
}

/// The line behind the version line, or the first one.
std::uint32_t behind_version(const Patch& patch) {
  for (const Statement& statement : patch.statements)
    if (statement.kind == StatementKind::Version) return next_line(patch, statement.span.end);
  return 0;
}

Plan set_canvas(const Patch& patch, const Edit& edit) {
  if (patch.canvases.empty()) {
    const std::string line = edit.target == "size" ? fmt::format("canvas {}", edit.text)
                                                   : fmt::format("canvas 1280x720 {} {}", edit.target, edit.text);
    return std::vector{lines_at(patch, behind_version(patch), line, true)};
  }
  const Canvas& canvas = patch.canvases.front();
  if (edit.target == "size") return std::vector<Replacement>{{canvas.size, edit.text, true}};
  for (const CanvasSetting& setting : canvas.settings) {
    if (patch.at(setting.name) != edit.target) continue;
    const Span last = patch[setting.divisor.valid() ? setting.divisor : setting.value].span;
    return std::vector<Replacement>{{{patch[setting.value].span.begin, last.end}, edit.text, true}};
  }
  return std::vector<Replacement>{
      {{canvas.span.end, canvas.span.end}, fmt::format(" {} {}", edit.target, edit.text), true}};
}

}  // namespace

Plan plan_setting(const Patch& patch, const Edit& edit) {
  constexpr std::array<std::string_view, 5> kSettings = {"size", "fps", "background", "fit", "seed"};
  if (std::find(kSettings.begin(), kSettings.end(), edit.target) == kSettings.end()) {
    const std::string near = did_you_mean(edit.target, kSettings);
    return refuse(Code::E_EDIT_TARGET, {}, fmt::format("a file has no setting `{}`", edit.target),
                  near.empty() ? fmt::format("its settings are {}", fmt::join(kSettings, ", ")) : near);
  }
  for (const Statement& statement : patch.statements)
    if (statement.broken && (statement.kind == StatementKind::Canvas || statement.kind == StatementKind::Seed))
      return refuse(Code::E_EDIT_UNREADABLE, statement.span, "this line has a syntax error", "mend it as text first");
  if (edit.target != "seed") return set_canvas(patch, edit);
  if (!patch.seeds.empty()) return std::vector<Replacement>{{patch.seeds.front().number, edit.text, true}};
  const std::uint32_t at =
      patch.canvases.empty() ? behind_version(patch) : next_line(patch, patch.canvases.front().span.end);
  return std::vector{lines_at(patch, at, fmt::format("seed {}", edit.text), true)};
}

Plan plan_statement(const Patch& patch, const Edit& edit) {
  switch (edit.kind) {
    case Edit::Kind::Add: return add(patch, edit);
    case Edit::Kind::AddInside: return add_inside(patch, edit);
    case Edit::Kind::Remove: return remove(patch, edit);
    default: return move(patch, edit);
  }
}

}  // namespace oscilla::patch
