// Every tests/errors/syntax/NAME.oscilla has one mistake; NAME.txt beside it is what is said about it. With
// OSCILLA_UPDATE=1 in the environment the texts are written anew, to be read before they are committed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <vector>

#include "lang/format.hpp"
#include "lang/parse.hpp"
#include "support.hpp"

namespace oscilla {
namespace {

std::vector<std::filesystem::path> broken_patches() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(OSCILLA_SOURCE_DIR "/tests/errors/syntax"))
    if (entry.path().extension() == ".oscilla") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(ErrorMessages, AreAsWrittenDown) {
  const char* update = std::getenv("OSCILLA_UPDATE");
  const bool write = update != nullptr && std::string_view(update) == "1";
  for (const std::filesystem::path& path : broken_patches()) {
    const patch::Patch patch = lang::parse(test::read_file(path.string()), path.filename().string());
    const std::string expected_path = std::filesystem::path(path).replace_extension(".txt").string();
    const std::string said = test::rendered(patch);
    if (write) {
      EXPECT_TRUE(test::write_file(expected_path, said)) << expected_path;
    } else {
      EXPECT_EQ(said, test::read_file(expected_path)) << path;
    }
    EXPECT_TRUE(patch.diagnostics.has_errors()) << path;
  }
}

TEST(ErrorMessages, HaveAHint) {
  for (const std::filesystem::path& path : broken_patches()) {
    const patch::Patch patch = lang::parse(test::read_file(path.string()));
    for (const Diagnostic& diagnostic : patch.diagnostics.list()) {
      EXPECT_FALSE(diagnostic.hint.empty()) << path << ": " << diagnostic.message;
      EXPECT_FALSE(diagnostic.message.ends_with('.')) << path;
    }
  }
}

TEST(ErrorMessages, FormattingKeepsThem) {
  for (const std::filesystem::path& path : broken_patches()) {
    const std::string once = lang::format(lang::parse(test::read_file(path.string())));
    EXPECT_TRUE(lang::parse(once).diagnostics.has_errors()) << path;
    EXPECT_EQ(lang::format(lang::parse(once)), once) << path;
  }
}

}  // namespace
}  // namespace oscilla
