#include "oscilla/diagnostic_json.hpp"

#include <utility>

#include "oscilla/inspect.hpp"

namespace oscilla::cli {
namespace {

std::string_view word(DiagnosticDomain domain) {
  switch (domain) {
    case DiagnosticDomain::Authoring: return "authoring";
    case DiagnosticDomain::Compile: return "compile";
    case DiagnosticDomain::Runtime: return "runtime";
    case DiagnosticDomain::Performance: return "performance";
  }
  return "authoring";
}

}  // namespace

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::Hint: return "hint";
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
    case Severity::Fatal: return "fatal";
  }
  return "error";
}

Json diagnostic_json(const Diagnostic& diagnostic, const Patch& patch) {
  const std::string_view text = patch.text_of(diagnostic);
  const TextPosition begin = text_position(text, diagnostic.span.begin);
  const TextPosition end = text_position(text, diagnostic.span.end);
  Json fix = nullptr;
  if (const auto found = fix_of(diagnostic, text))
    fix = {{"begin", found->span.begin}, {"end", found->span.end}, {"replacement", found->replacement}};
  return {{"file", patch.file_name_of(diagnostic)},
          {"line", begin.line},
          {"column", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column},
          {"begin", diagnostic.span.begin},
          {"end", diagnostic.span.end},
          {"code", diagnostic.code},
          {"severity", word(diagnostic.severity)},
          {"domain", word(diagnostic.domain)},
          {"target", diagnostic.target},
          {"message", diagnostic.message},
          {"hint", diagnostic.hint},
          {"fix", std::move(fix)}};
}

}  // namespace oscilla::cli
