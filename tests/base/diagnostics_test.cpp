// The table of diagnostics, their order, and how they are shown.
#include <set>
#include <string_view>

#include <gtest/gtest.h>

#include "base/diagnostics.hpp"

namespace oscilla {
namespace {

TEST(Diagnostics, TheTableIsSound) {
  std::set<std::string_view> names;
  for (const DiagnosticRow& row : diagnostic_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.explanation.empty()) << row.name;
    const char initial = row.name[0];
    EXPECT_EQ(row.severity, initial == 'E'   ? Severity::Error
                            : initial == 'W' ? Severity::Warning
                                             : Severity::Info)
        << row.name;
  }
  EXPECT_EQ(row_of(Code::E_CYCLE_DETECTED).name, "E_CYCLE_DETECTED");
}

TEST(Diagnostics, AreSortedByPlaceAndWorstFirst) {
  Diagnostics diagnostics;
  diagnostics.report(Code::I_CYCLE_CUT, {5, 6}, "c");
  diagnostics.report(Code::E_ARGUMENT, {9, 10}, "d");
  diagnostics.report(Code::E_SYNTAX, {5, 6}, "b");
  diagnostics.report(Code::E_SYNTAX, {5, 6}, "b");
  diagnostics.report(Code::W_NO_RENDER_SINK, {}, "a");
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) order += diagnostic.message;
  EXPECT_EQ(order, "abcd") << "what is said twice is shown once";
}

TEST(Diagnostics, PositionsCountCodePoints) {
  const std::string_view text = "a\n# \xC3\xA9\xC3\xA9 x";
  EXPECT_EQ(text_position(text, 0).line, 1u);
  const TextPosition position = text_position(text, static_cast<std::uint32_t>(text.size() - 1));
  EXPECT_EQ(position.line, 2u);
  EXPECT_EQ(position.column, 6u);
  EXPECT_EQ(text_position(text, 1000).line, 2u) << "past the end is the end";
}

TEST(Diagnostics, TheCaretStandsUnderWhatIsMeant) {
  const Diagnostic diagnostic{"E_ARGUMENT", Severity::Error, DiagnosticDomain::Authoring, {3, 5}, "", "no", "yes"};
  EXPECT_EQ(render_diagnostic(diagnostic, "\t\xC3\xA9xy\nnext", "p.oscilla"),
            "p.oscilla:1:3: error[E_ARGUMENT]: no\n 1 | \t\xC3\xA9xy\n   | \t ^^\n   hint: yes\n");
  const Diagnostic whole{"W_NO_RENDER_SINK", Severity::Warning, DiagnosticDomain::Compile, {}, "", "nothing draws", ""};
  EXPECT_EQ(render_diagnostic(whole, "text", "p.oscilla"), "p.oscilla: warning[W_NO_RENDER_SINK]: nothing draws\n");
}

}  // namespace
}  // namespace oscilla
