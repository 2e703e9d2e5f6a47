#include "oscilla/sarif.hpp"

#include <string>
#include <utility>

#include "oscilla/catalogue.hpp"
#include "oscilla/inspect.hpp"

namespace oscilla::cli {
namespace {

const char* level_of(Severity severity) {
  switch (severity) {
    case Severity::Fatal:
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    default: return "note";
  }
}

const char* level_of(std::string_view severity) {
  if (severity == "fatal" || severity == "error") return "error";
  return severity == "warning" ? "warning" : "note";
}

/// A file's name as a relative URI: what may not stand in one as it is is escaped.
std::string uri(std::string_view name) {
  constexpr std::string_view kPlain = "-._~/";
  std::string text;
  for (const char c : name) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       kPlain.find(c) != std::string_view::npos;
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      text += c;
    else
      text += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return text;
}

Json region(const Patch& patch, Span span) {
  const TextPosition begin = text_position(patch.text(), span.begin);
  const TextPosition end = text_position(patch.text(), span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line},
          {"endColumn", end.column}, {"byteOffset", span.begin},    {"byteLength", span.end - span.begin}};
}

Json fix_json(const Patch& patch, const Diagnostic& diagnostic, const TextFix& fix) {
  const Json change = {
      {"artifactLocation", {{"uri", uri(patch.file_name())}}},
      {"replacements",
       Json::array({{{"deletedRegion", region(patch, fix.span)}, {"insertedContent", {{"text", fix.replacement}}}}})}};
  return {{"description", {{"text", diagnostic.hint}}}, {"artifactChanges", Json::array({change})}};
}

}  // namespace

SarifLog::SarifLog() {
  for (const DiagnosticInfo& info : diagnostic_codes())
    rules_.push_back({{"id", info.code},
                      {"shortDescription", {{"text", info.explanation}}},
                      {"defaultConfiguration", {{"level", level_of(info.severity)}}}});
}

void SarifLog::add(const Patch& patch, const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) {
    Json location = {{"physicalLocation", {{"artifactLocation", {{"uri", uri(patch.file_name())}}}}}};
    if (diagnostic.has_place()) location["physicalLocation"]["region"] = region(patch, diagnostic.span);
    if (!diagnostic.target.empty())
      location["logicalLocations"] = Json::array({{{"fullyQualifiedName", diagnostic.target}}});
    std::string message = diagnostic.message;
    if (!diagnostic.hint.empty()) message += "; " + diagnostic.hint;
    Json result = {{"ruleId", diagnostic.code},
                   {"level", level_of(diagnostic.severity)},
                   {"message", {{"text", std::move(message)}}},
                   {"locations", Json::array({std::move(location)})}};
    for (std::size_t i = 0; i < rules_.size(); ++i)
      if (rules_[i]["id"] == diagnostic.code) result["ruleIndex"] = i;
    if (const auto fix = fix_of(diagnostic, patch.text()))
      result["fixes"] = Json::array({fix_json(patch, diagnostic, *fix)});
    results_.push_back(std::move(result));
  }
}

Json SarifLog::finish() && {
  Json driver = {{"name", "oscilla"}, {"semanticVersion", OSCILLA_VERSION}, {"rules", std::move(rules_)}};
  Json run = {
      {"tool", {{"driver", std::move(driver)}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results_)}};
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs", Json::array({std::move(run)})}};
}

}  // namespace oscilla::cli
