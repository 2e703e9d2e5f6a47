// docs/inputs.md against the table of channels: its table is written by this test (OSCILLA_UPDATE=1; else compared).
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/channel_names.hpp"

namespace oscilla {
namespace {

constexpr const char* kPage = OSCILLA_SOURCE_DIR "/docs/inputs.md";
constexpr std::string_view kHead = "| channel | what it says |\n|---|---|\n";

/// A bar would end the table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

TEST(InputsPage, IsWhatTheTableSays) {
  std::ostringstream text;
  text << std::ifstream(kPage).rdbuf();
  const std::string page = text.str();
  std::string table(kHead);
  for (const ChannelRow& row : channel_rows())
    table += "| `" + cell(row.pattern) + "` | " + std::string(row.doc) + " |\n";
  const std::size_t begin = page.find(kHead);
  ASSERT_NE(begin, std::string::npos) << "the page has no table of channels";
  const std::size_t end = page.find("\n\n", begin) + 1;
  if (std::getenv("OSCILLA_UPDATE") != nullptr) {
    std::ofstream(kPage) << page.substr(0, begin) << table << page.substr(end);
    return;
  }
  EXPECT_EQ(page.substr(begin, end - begin), table) << "run scripts/docs";
}

}  // namespace
}  // namespace oscilla
