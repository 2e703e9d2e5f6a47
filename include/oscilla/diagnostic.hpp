// What the engine says about a patch: plain data, in text order, meant for people first and programs second.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla {

/// How bad it is. Error and Fatal keep a patch from running; the others never do.
enum class Severity : std::uint8_t { Hint, Info, Warning, Error, Fatal };

/// Which part of the engine's life a diagnostic speaks of.
enum class DiagnosticDomain : std::uint8_t { Authoring, Compile, Runtime, Performance };

/// A half-open range of bytes [begin, end) in a patch's text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool empty() const { return begin == end; }
  auto operator<=>(const Span&) const = default;
};

/// Line and column as an editor shows them: both from 1, columns in code points.
struct TextPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// One statement about one place of a patch.
struct Diagnostic {
  std::string_view code;  ///< stable name from the table, e.g. "E_UNKNOWN_NAME"
  Severity severity = Severity::Error;
  DiagnosticDomain domain = DiagnosticDomain::Authoring;
  Span span;            ///< where in the text; empty at 0: about the patch as a whole
  std::string target;   ///< full name of the block or port meant, may be empty
  std::string message;  ///< one sentence, no final full stop
  std::string hint;     ///< what to do about it, may be empty
  std::string file{};   ///< the file whose text `span` is in, one that the patch uses; empty: the patch itself
  bool has_place() const { return span.end > 0; }
  bool operator==(const Diagnostic&) const = default;
};

/// The position of byte `offset` in `text`; offsets past the end give the end.
TextPosition text_position(std::string_view text, std::uint32_t offset);

/// A diagnostic as people read it: `file:line:column: error[CODE]: message`, the line, a caret span, the hint; without
/// a place only the file's name, the message and the hint.
std::string render_diagnostic(const Diagnostic& diagnostic, std::string_view text, std::string_view file_name);

/// True if any diagnostic keeps the patch from running.
bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace oscilla
