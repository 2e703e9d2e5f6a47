// docs/diagnostics.md is written by this test: with OSCILLA_UPDATE=1 it makes the page, without it compares.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "oscilla/catalogue.hpp"

namespace oscilla {
namespace {

constexpr const char* kPage = OSCILLA_SOURCE_DIR "/docs/diagnostics.md";

constexpr std::string_view kIntroduction = R"(# Diagnostics

What `oscilla check` says about a patch. Errors keep a patch from running, warnings and infos do not. A code never changes its
meaning; with `--json` it is the field `code`. This page is generated: `scripts/docs` rewrites it.
)";

struct Group {
  std::string_view severity;
  std::string_view title;
};
constexpr Group kGroups[] = {
    {"fatal", "Fatal errors"}, {"error", "Errors"}, {"warning", "Warnings"}, {"info", "Infos"}, {"hint", "Hints"},
};

std::string rows_of(std::string_view severity) {
  std::string rows;
  for (const DiagnosticInfo& info : diagnostic_codes())
    if (info.severity == severity)
      rows += "| `" + std::string(info.code) + "` | " + std::string(info.explanation) + " |\n";
  return rows;
}

std::string make_page() {
  std::string page(kIntroduction);
  for (const Group& group : kGroups) {
    const std::string rows = rows_of(group.severity);
    if (!rows.empty()) page += "\n## " + std::string(group.title) + "\n\n| code | meaning |\n|---|---|\n" + rows;
  }
  return page;
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string read_page() {
  const File file(std::fopen(kPage, "rb"), std::fclose);
  std::string text;
  for (int c = 0; file && (c = std::fgetc(file.get())) != EOF;) text += static_cast<char>(c);
  return text;
}

TEST(DiagnosticsPage, IsWhatTheTableSays) {
  const std::string page = make_page();
  if (std::getenv("OSCILLA_UPDATE") != nullptr) {
    const File file(std::fopen(kPage, "wb"), std::fclose);
    ASSERT_TRUE(file);
    ASSERT_EQ(std::fwrite(page.data(), 1, page.size(), file.get()), page.size());
  } else {
    EXPECT_EQ(read_page(), page) << "scripts/docs rewrites the page";
  }
}

TEST(DiagnosticsPage, HasEveryCodeOnce) {
  const std::string page = make_page();
  for (const DiagnosticInfo& info : diagnostic_codes()) {
    const std::string cell = "| `" + std::string(info.code) + "` |";
    EXPECT_NE(page.find(cell), std::string::npos) << info.code;
    EXPECT_EQ(page.find(cell), page.rfind(cell)) << info.code;
    EXPECT_EQ(info.explanation.find('|'), std::string_view::npos) << info.code << ": a bar would end the table's cell";
  }
}

}  // namespace
}  // namespace oscilla
