// What hints come to as changes of the text.
#include <algorithm>
#include <vector>

#include "base/nearest_name.hpp"
#include "live/workbench.hpp"
#include "oscilla/inspect.hpp"
#include "oscilla/program.hpp"

namespace oscilla {
namespace {

constexpr std::size_t kMostFixes = 1000;

bool is_word_part(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What stands between the backquotes behind `head` at the hint's begin.
std::optional<std::string_view> quoted(std::string_view hint, std::string_view head) {
  if (!hint.starts_with(head)) return std::nullopt;
  hint.remove_prefix(head.size());
  const std::size_t end = hint.find('`');
  return end == std::string_view::npos ? std::nullopt : std::optional(hint.substr(0, end));
}

/// The first word in `span` that could be a slip for `meant`.
std::optional<Span> misspelt(std::string_view text, Span span, std::string_view meant) {
  const std::vector<std::string_view> candidates = {meant};
  for (std::uint32_t begin = span.begin; begin < span.end;) {
    std::uint32_t end = begin;
    while (end < span.end && is_word_part(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (!word.empty() && word != meant && nearest_name(word, candidates) == meant) return Span{begin, end};
    begin = std::max(end, begin + 1);
  }
  return std::nullopt;
}

/// The line of `span`, its end included.
Span line_of(std::string_view text, Span span) {
  const std::size_t before = span.begin == 0 ? std::string_view::npos : text.rfind('\n', span.begin - 1);
  const std::size_t after = text.find('\n', span.end);
  return {before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1),
          static_cast<std::uint32_t>(after == std::string_view::npos ? text.size() : after + 1)};
}

}  // namespace

std::optional<TextFix> fix_of(const Diagnostic& diagnostic, std::string_view text) {
  if (diagnostic.span.end > text.size()) return std::nullopt;
  if (const auto meant = quoted(diagnostic.hint, "did you mean `")) {
    const auto word = misspelt(text, diagnostic.span, *meant);
    if (!word) return std::nullopt;
    return TextFix{*word, std::string(*meant)};
  }
  if (diagnostic.code != "E_VERSION") return std::nullopt;
  if (const auto line = quoted(diagnostic.hint, "put `")) return TextFix{{0, 0}, std::string(*line) + "\n"};
  if (const auto line = quoted(diagnostic.hint, "write `")) {
    Span whole = line_of(text, diagnostic.span);
    if (whole.end > whole.begin && text[whole.end - 1] == '\n') --whole.end;
    return TextFix{whole, std::string(*line)};
  }
  if (diagnostic.hint == "delete it") return TextFix{line_of(text, diagnostic.span), ""};
  return std::nullopt;
}

FixedPatch fix_patch(const Patch& patch) {
  FixedPatch result{patch, {}};
  std::vector<Diagnostic> found = compile_patch(patch).diagnostics;
  const auto errors = [](const std::vector<Diagnostic>& diagnostics) {
    return std::count_if(diagnostics.begin(), diagnostics.end(),
                         [](const Diagnostic& d) { return d.severity >= Severity::Warning; });
  };
  // What was not mended is behind `tried`: every change starts over with the new text.
  for (std::size_t tried = 0, made = 0; tried < found.size() && made < kMostFixes;) {
    const Diagnostic diagnostic = found[tried++];
    const std::optional<TextFix> fix = fix_of(diagnostic, result.patch.text());
    if (!fix) continue;
    std::string text(result.patch.text());
    text.replace(fix->span.begin, fix->span.end - fix->span.begin, fix->replacement);
    const Patch mended = patch.with_text(std::move(text));
    std::vector<Diagnostic> left = compile_patch(mended).diagnostics;
    if (errors(left) >= errors(found)) continue;
    result.patch = mended;
    result.fixed.push_back(diagnostic);
    found = std::move(left);
    tried = 0;
    ++made;
  }
  return result;
}

}  // namespace oscilla
