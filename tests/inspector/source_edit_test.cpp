// Numbers that are turned in a patch's file.
#include "oscilla/play/source_edit.hpp"

#include "oscilla/interrupt.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace oscilla::cli::play {
namespace {

const std::string kText =
    "oscilla 1\n# as slow as it gets\ntime = TimeRoot(periodA: 4s)   # four\n\npos = (0.5, -0.25)  # not 0.5\n";

struct File {
  File() : path(testing::TempDir() + "source_edit.oscilla") { write(kText); }
  ~File() { std::filesystem::remove(path); }
  void write(const std::string& text) const { std::ofstream(path, std::ios::binary) << text; }
  std::string text() const {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string path;
};

TEST(SourceEdit, WritesAPlainDecimalWhenItIsLetGo) {
  const File file;
  SourceEdit edit(file.path, kText);
  ASSERT_TRUE(edit.choose_at({3, 26}));
  EXPECT_EQ(edit.range().high, 10);
  EXPECT_TRUE(edit.turn(2.25));
  EXPECT_TRUE(edit.turn(7.5));
  EXPECT_FALSE(edit.turn(7.5)) << "nothing changed";
  EXPECT_EQ(edit.range().high, 10) << "it stays under the hand";
  EXPECT_EQ(file.text(), kText) << "not yet";
  EXPECT_NE(edit.text().find("7.5s)   # four"), std::string::npos);
  edit.show("oscilla 1\n");  // the reload of what is tried
  EXPECT_TRUE(edit.is_turned());
  ASSERT_TRUE(edit.let_go());
  std::string expected = kText;
  expected.replace(expected.find("4s"), 1, "7.5");
  EXPECT_EQ(file.text(), expected);
  EXPECT_FALSE(edit.is_turned());
  EXPECT_TRUE(edit.let_go()) << "nothing to be written";
}

TEST(SourceEdit, LeavesInterruptsHeldAsTheyWere) {
  const auto plays_on = [] {
    const File file;
    catch_interrupts();
    const HeldInterrupts for_the_show;
    SourceEdit edit(file.path, kText);
    if (!edit.choose_at({5, 8}) || !edit.turn(0.75) || !edit.let_go()) std::_Exit(1);
    std::raise(SIGINT);
    std::_Exit(interrupted() ? 0 : 2);
  };
  EXPECT_EXIT(plays_on(), testing::ExitedWithCode(0), "");
}

TEST(SourceEdit, WritesNothingOverWhatSomebodySaved) {
  const File file;
  SourceEdit edit(file.path, kText);
  ASSERT_TRUE(edit.choose_at({5, 8}));
  ASSERT_TRUE(edit.turn(0.75));
  file.write(kText + "# more\n");
  const auto written = edit.let_go();
  ASSERT_FALSE(written);
  EXPECT_TRUE(written.error().ends_with("was saved meanwhile: the number was not written over it"));
  EXPECT_EQ(file.text(), kText + "# more\n");
  EXPECT_EQ(edit.text(), kText + "# more\n");
  ASSERT_TRUE(edit.turn(0.75));
  std::filesystem::remove(file.path);
  EXPECT_FALSE(edit.let_go());
}

TEST(SourceEdit, KeepsWhatIsChosenWhileItCanBeTold) {
  const File file;
  SourceEdit edit(file.path, kText);
  EXPECT_FALSE(edit.choose_at({1, 1}));
  EXPECT_FALSE(edit.choose_at({77, 1}));
  EXPECT_FALSE(edit.turn(1)) << "nothing is chosen";
  ASSERT_TRUE(edit.choose_at({5, 16}));
  EXPECT_EQ(edit.literals()[*edit.chosen()].value, -0.25);
  ASSERT_TRUE(edit.turn(0));
  ASSERT_TRUE(edit.turn(0.5));  // over a whole number
  ASSERT_TRUE(edit.let_go());
  EXPECT_NE(file.text().find("pos = (0.5, 0.5)  # not 0.5"), std::string::npos) << file.text();
  edit.show("# one line more\n" + file.text());
  ASSERT_TRUE(edit.chosen());
  EXPECT_EQ(edit.literals()[*edit.chosen()].value, 0.5);
  edit.show("a = 1\n");
  EXPECT_FALSE(edit.chosen());
}

}  // namespace
}  // namespace oscilla::cli::play
