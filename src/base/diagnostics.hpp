// The closed table of everything the engine can say about a patch, and the list that passes report into. A code is a
// row: enum, name, severity, domain and the page in docs/diagnostics.md follow from it. Passes never stop at the first
// finding.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

enum class Code : std::uint16_t {
#define OSCILLA_DIAGNOSTIC(code, severity, domain, explanation) code,
#include "base/diagnostics.def"
#undef OSCILLA_DIAGNOSTIC
};

/// One row of the table. `explanation` is Markdown for the docs page: what it means and what to do.
struct DiagnosticRow {
  std::string_view name;
  Severity severity;
  DiagnosticDomain domain;
  std::string_view explanation;
};

/// All rows, in the order of the enum.
std::span<const DiagnosticRow> diagnostic_rows();
const DiagnosticRow& row_of(Code code);

/// What a pass reports into. Order of reporting is kept; `sorted` brings the text order.
class Diagnostics {
 public:
  /// `target` is the full name of the block or port meant, if there is one.
  void report(Code code, Span span, std::string message, std::string hint = {}, std::string target = {});
  void add(Diagnostic diagnostic) { list_.push_back(std::move(diagnostic)); }
  void append(const Diagnostics& other);

  const std::vector<Diagnostic>& list() const { return list_; }
  bool has_errors() const { return oscilla::has_errors(list_); }
  bool empty() const { return list_.empty(); }

  /// By place in the text, then by severity (worst first), then by code; exact repetitions dropped.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> list_;
};

}  // namespace oscilla
