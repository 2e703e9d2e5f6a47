#include "base/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace oscilla {
namespace {

constexpr DiagnosticRow kDiagnosticRows[] = {
#define OSCILLA_DIAGNOSTIC(code, severity, domain, explanation) \
  {#code, Severity::severity, DiagnosticDomain::domain, explanation},
#include "base/diagnostics.def"
#undef OSCILLA_DIAGNOSTIC
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

std::uint32_t code_points(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

std::string_view severity_word(Severity severity) {
  constexpr std::array<std::string_view, 5> kWords = {"hint", "info", "warning", "error", "fatal"};
  return kWords[static_cast<std::size_t>(severity)];
}

/// The line around `offset`, without its end.
std::string_view line_at(std::string_view text, std::uint32_t offset) {
  const std::size_t at = std::min<std::size_t>(offset, text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// A line as it may stand on a terminal: in place of every control character but tab stands U+FFFD.
std::string printable(std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    const auto next = static_cast<unsigned char>(i + 1 < line.size() ? line[i + 1] : 0);
    const bool upper = byte == 0xc2 && next >= 0x80 && next < 0xa0;  // U+0080 to U+009F
    if (upper) ++i;
    if (upper || (byte < 0x20 && byte != '\t') || byte == 0x7f)
      text += "\ufffd";
    else
      text += line[i];
  }
  return text;
}

}  // namespace

std::span<const DiagnosticRow> diagnostic_rows() { return kDiagnosticRows; }
const DiagnosticRow& row_of(Code code) { return kDiagnosticRows[static_cast<std::size_t>(code)]; }

void Diagnostics::report(Code code, Span span, std::string message, std::string hint, std::string target) {
  const DiagnosticRow& row = row_of(code);
  list_.push_back(
      {row.name, row.severity, row.domain, span, std::move(target), std::move(message), std::move(hint), {}});
}

void Diagnostics::append(const Diagnostics& other) {
  list_.insert(list_.end(), other.list_.begin(), other.list_.end());
}

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result = list_;
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.file, a.span.begin, b.severity, a.code) < std::tie(b.file, b.span.begin, a.severity, b.code);
  });
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity >= Severity::Error; });
}

TextPosition text_position(std::string_view text, std::uint32_t offset) {
  const std::string_view before = text.substr(0, std::min<std::size_t>(offset, text.size()));
  const std::size_t newline = before.rfind('\n');
  const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
  return {1 + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')), 1 + code_points(line)};
}

std::string render_diagnostic(const Diagnostic& diagnostic, std::string_view text, std::string_view file_name) {
  if (!diagnostic.has_place()) {
    std::string out = fmt::format("{}: {}[{}]: {}\n", file_name, severity_word(diagnostic.severity), diagnostic.code,
                                  diagnostic.message);
    if (!diagnostic.hint.empty()) out += fmt::format("   hint: {}\n", diagnostic.hint);
    return out;
  }
  const TextPosition position = text_position(text, diagnostic.span.begin);
  const std::string_view line = line_at(text, diagnostic.span.begin);
  std::string out = fmt::format("{}:{}:{}: {}[{}]: {}\n", file_name, position.line, position.column,
                                severity_word(diagnostic.severity), diagnostic.code, diagnostic.message);
  if (!line.empty()) {
    const std::string number = fmt::format("{}", position.line);
    std::string pad;  // tabs stay tabs so that the caret stands under what it means
    const std::size_t line_begin = static_cast<std::size_t>(line.data() - text.data());
    const std::size_t caret = std::min<std::size_t>(diagnostic.span.begin - line_begin, line.size());
    for (const char c : line.substr(0, caret))
      if (!is_continuation(c)) pad += c == '\t' ? '\t' : ' ';
    const std::size_t end =
        std::clamp<std::size_t>(diagnostic.span.end, diagnostic.span.begin, line_begin + line.size());
    const std::uint32_t width = code_points(text.substr(diagnostic.span.begin, end - diagnostic.span.begin));
    out += fmt::format(" {} | {}\n", number, printable(line));
    out += fmt::format(" {} | {}{}\n", std::string(number.size(), ' '), pad, std::string(std::max(1u, width), '^'));
  }
  if (!diagnostic.hint.empty()) out += fmt::format("   hint: {}\n", diagnostic.hint);
  return out;
}

}  // namespace oscilla
