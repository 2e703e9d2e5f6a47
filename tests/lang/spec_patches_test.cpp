#include "spec_patches.hpp"

#include <gtest/gtest.h>

#include "lang/format.hpp"
#include "lang/parse.hpp"

namespace oscilla {
namespace {

TEST(SpecPatches, TwelveStandInThePage) { EXPECT_EQ(test::spec_patches().size(), 12u); }

TEST(SpecPatches, ParseWithoutDiagnostics) {
  for (const std::string& text : test::spec_patches()) EXPECT_EQ(test::rendered(lang::parse(text)), "") << text;
}

TEST(SpecPatches, AreInCanonicalForm) {
  for (const std::string& text : test::spec_patches()) EXPECT_EQ(lang::format(lang::parse(text)), text);
}

TEST(SpecPatches, TheFirstPatchIsOneToo) {
  const std::string page = test::read_file(OSCILLA_SOURCE_DIR "/docs/language.md");
  const std::size_t begin = page.find("```oscilla\n") + 11;
  const std::string text = page.substr(begin, page.find("```", begin) - begin);
  EXPECT_EQ(test::rendered(lang::parse(text)), "");
  EXPECT_EQ(lang::format(lang::parse(text)), text);
}

}  // namespace
}  // namespace oscilla
