// Every tests/errors/compile/NAME.oscilla shows one mistake; NAME.txt beside it is what is said about it. With
// OSCILLA_UPDATE=1 in the environment the texts are written anew, to be read before they are committed.
#include <cstdlib>
#include <map>
#include <set>

#include "oscilla/catalogue.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

TEST(CompileMessages, AreAsWrittenDown) {
  const char* update = std::getenv("OSCILLA_UPDATE");
  const bool write = update != nullptr && std::string_view(update) == "1";
  for (const std::filesystem::path& path : patch_files("tests/errors/compile")) {
    const Patch patch = parsed(read_file(path.string()), path.filename().string());
    const CompileResult result = compile_patch(patch);
    EXPECT_EQ(result.program.has_value(), !has_errors(result.diagnostics)) << path;
    const std::string said = rendered(result.diagnostics, patch);
    const std::string expected = std::filesystem::path(path).replace_extension(".txt").string();
    if (write) {
      EXPECT_TRUE(write_file(expected, said)) << expected;
    } else {
      EXPECT_EQ(said, read_file(expected)) << path;
    }
    EXPECT_FALSE(result.diagnostics.empty()) << path;
    for (const Diagnostic& d : result.diagnostics) {
      EXPECT_FALSE(d.hint.empty()) << path << ": " << d.message;
      EXPECT_FALSE(d.message.ends_with('.')) << path << ": " << d.message;
    }
  }
}

TEST(CompileMessages, EveryCodeIsShownSomewhere) {
  const std::map<std::string_view, const char*> kWithoutPatch = {
      {"E_LIMIT_FILE", "a patch of more than 1 MiB: tests/lang"},
      {"E_EDIT_TARGET", "an edit: editor_test.cpp"},
      {"E_EDIT_VALUE", "an edit: editor_test.cpp"},
      {"E_EDIT_NAME", "an edit: editor_test.cpp"},
      {"E_EDIT_IN_USE", "an edit: editor_test.cpp"},
      {"E_EDIT_WRITER", "an edit: editor_test.cpp"},
      {"E_EDIT_UNREADABLE", "an edit: editor_test.cpp"},
      {"E_LIMIT_FILES", "a patch that uses 65 files: tests/live"},
      {"E_LIMIT_ARGUMENTS", "a patch of 1,025 arguments: tests/lang"},
      {"E_LIMIT_DEFINITIONS", "a patch of 65,537 definitions: tests/lang"},
      {"E_LIMIT_STRING", "a string of more than 4,096 bytes: tests/lang"},
      {"E_LIMIT_NESTING", "long brackets: tests/lang"},
      {"E_LIMIT_HEIGHT", "long expressions: tests/lang"},
      {"E_LIMIT_BLOCKS", "a patch of 262,145 blocks: tests/live"},
      {"E_LIMIT_PLANES", "a field program of more than 65,535 values"},
      {"E_LIMIT_WIRES", "composites of many writers: tests/live"},
  };
  std::set<std::string> shown;
  for (const char* folder : {"tests/errors/syntax", "tests/errors/compile"})
    for (const std::filesystem::path& path : patch_files(folder))
      for (const Diagnostic& d : compile_patch(parsed(read_file(path.string()))).diagnostics)
        shown.insert(std::string(d.code));
  for (const DiagnosticInfo& info : diagnostic_codes())
    EXPECT_TRUE(shown.contains(std::string(info.code)) || kWithoutPatch.contains(info.code))
        << info.code << " is in no patch";
}

TEST(CompileMessages, TooManyBlocks) {
  std::string text = "oscilla 1\ntime = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5), size: a0)\n";
  std::string sum = "1";
  for (int i = 0; i < 100; ++i) sum += "+1";
  for (int i = 0; i < 1400; ++i) text += "a" + std::to_string(i) + "=" + sum + "\n";
  const CompileResult result = compile_patch(Patch::parse(text));
  EXPECT_FALSE(result.program.has_value());
  ASSERT_EQ(result.diagnostics.size(), 1u) << result.diagnostics[1].message;
  EXPECT_EQ(result.diagnostics[0].code, "E_LIMIT_BLOCKS");
}

TEST(CompileMessages, TooManyWires) {
  std::string writers;
  for (int i = 0; i < 1000; ++i) writers += ", a";
  std::string text = "oscilla 1\ndefine Many(a: any) -> (out) {\n  out = combine(sum" + writers +
                     ")\n}\ntime = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5), size: m0)\n";
  for (int i = 0; i < 1100; ++i) text += "m" + std::to_string(i) + " = Many(time.energy)\n";
  const CompileResult result = compile_patch(Patch::parse(text));
  EXPECT_FALSE(result.program.has_value());
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_EQ(result.diagnostics[0].code, "E_LIMIT_WIRES");
}

TEST(Libraries, AreReadOnceAndUpToALimit) {
  int reads = 0;
  const ReadSource chain = [&](std::string_view path, std::string_view) -> std::optional<SourceText> {
    ++reads;
    const int n = std::stoi(std::string(path));
    return SourceText{std::string(path), "oscilla 1\nuse \"" + std::to_string(n + 1) + "\"\n"};
  };
  const auto codes = [](const Patch& patch) {
    std::string all;
    for (const Diagnostic& d : patch.diagnostics()) all += std::string(d.code) + " ";
    return all;
  };
  EXPECT_EQ(codes(Patch::parse("oscilla 1\nuse \"1\"\n", "a", chain)), "E_LIMIT_FILES ");
  EXPECT_EQ(reads, 9) << "eight deep";
  reads = 0;
  const ReadSource flat = [&](std::string_view path, std::string_view) -> std::optional<SourceText> {
    ++reads;
    return SourceText{std::string(path), "oscilla 1\n" + std::string(path.size() > 3 ? 1000000 : 0, '\n')};
  };
  std::string text = "oscilla 1\n";
  for (int i = 0; i < 70; ++i) text += "use \"" + std::to_string(i % 64) + "\"\n";
  EXPECT_EQ(codes(Patch::parse(text, "a", flat)), "");
  EXPECT_EQ(codes(Patch::parse(text + "use \"64\"\nuse \"65\"\n", "a", flat)), "E_LIMIT_FILES ");
  text = "oscilla 1\n";
  for (int i = 0; i < 9; ++i) text += "use \"long" + std::to_string(i) + "\"\n";
  EXPECT_EQ(codes(Patch::parse(text, "a", flat)), "E_LIMIT_FILES ") << "8 MiB";
  EXPECT_EQ(codes(Patch::parse("oscilla 1\nuse \"x\"\n", "a", [](auto, auto) { return std::optional<SourceText>(); })),
            "E_USE ");
}

TEST(ErrorIsolation, WhatNothingDrawsMayBeWrong) {
  const std::string sound =
      "oscilla 1\ntime = TimeRoot()\ndots = Array(count: 9)\ndraw = RenderInstances2D(CircleLayout(dots, radius: 0.1 + "
      "0.2 * time.energy))\n";
  const Patch broken =
      Patch::parse(sound + "spare = Lag(nothing) + 1s\nhalf = (1, 2\nloop = sin(loop)\nmany = Array(count: 2.5)\n");
  const CompileResult result = compile_patch(broken);
  ASSERT_TRUE(result.program.has_value());
  EXPECT_EQ(result.diagnostics.size(), 4u);
  for (const Diagnostic& d : result.diagnostics) EXPECT_EQ(d.code, "W_BLOCK_UNREACHABLE_ERROR") << d.message;
  EXPECT_EQ(digests(*result.program, 3), digests(compiled(sound), 3));
}

}  // namespace
}  // namespace oscilla::test
