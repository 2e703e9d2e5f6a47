// Edits through the public API: transactions, undo, revisions, and what holds for any sequence of edits.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "oscilla/edit.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

const std::string kEdited =
    "oscilla 1\n"
    "# a comment of the clock\n"
    "time = TimeRoot(periodA: 4s)\n"
    "dots   =  Array(count: 12) # oddly laid out\n"
    "turn = Accumulator(0.01)\n"
    "pos = CircleLayout(dots, radius: 0.3) + 0.1 * sin(time.phaseA + turn)\n"
    "draw = RenderInstances2D(pos, size: combine(sum, 0.1, dots.t, turn))\n";

std::vector<std::string> codes(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> result;
  for (const Diagnostic& diagnostic : diagnostics) result.emplace_back(diagnostic.code);
  return result;
}

TEST(Editor, ATransactionIsOneStep) {
  Editor editor(Patch::parse(kEdited));
  EXPECT_EQ(editor.revision(), 0u);
  EXPECT_FALSE(editor.undo());
  const Edit edits[] = {Edit::rename("turn", "spin"), Edit::set("draw.size", "spin"), Edit::add("spare = Hash(spin)")};
  ASSERT_TRUE(editor.apply(edits).empty());
  const std::string edited(editor.patch().text());
  EXPECT_NE(edited.find("spin = Accumulator(0.01, was: turn)"), std::string::npos) << edited;
  EXPECT_EQ(editor.revision(), 1u);
  ASSERT_TRUE(editor.undo());
  EXPECT_EQ(editor.patch().text(), kEdited);
  ASSERT_TRUE(editor.redo());
  EXPECT_EQ(editor.patch().text(), edited);
  EXPECT_FALSE(editor.redo());
  EXPECT_EQ(editor.revision(), 3u);
}

TEST(Editor, ARefusedTransactionChangesNothing) {
  Editor editor(Patch::parse(kEdited));
  const struct {
    Edit edit;
    const char* code;
  } kRefused[] = {
      {Edit::set("draw.sise", "1"), "E_EDIT_TARGET"},
      {Edit::set("draw.size", "1 +"), "E_EDIT_VALUE"},
      {Edit::set("draw.size", "1\nx = 2"), "E_EDIT_VALUE"},
      {Edit::set("draw.size", "1 # one"), "E_EDIT_VALUE"},
      {Edit::rename("turn", "2turn"), "E_EDIT_NAME"},
      {Edit::rename("turn", "pos"), "E_EDIT_NAME"},
      {Edit::rename("time", "clock"), "E_EDIT_NAME"},
      {Edit::rename("draw", "POS"), "E_EDIT_NAME"},
      {Edit::remove("turn"), "E_EDIT_IN_USE"},
      {Edit::remove_writer("draw.size", 3), "E_EDIT_WRITER"},
      {Edit::move_writer("draw.size", 0, 3), "E_EDIT_WRITER"},
      {Edit::add_writer("draw.size", "1", "last", 4), "E_EDIT_WRITER"},
      {Edit::add("turn = 1"), "E_DUPLICATE_NAME"},
      {Edit::add("a = 1\nb = 2"), "E_EDIT_VALUE"},
      {Edit::setting("fps", "60\nx = 1"), "E_EDIT_VALUE"},
  };
  for (const auto& refused : kRefused) {
    const Edit edits[] = {Edit::set("dots.count", "20"), refused.edit};
    EXPECT_EQ(codes(editor.apply(edits)), std::vector<std::string>{refused.code}) << refused.edit.target;
    EXPECT_EQ(editor.patch().text(), kEdited);
    EXPECT_EQ(editor.revision(), 0u);
  }
}

TEST(Editor, WhatCannotBeReadIsNotEdited) {
  const Patch patch = Patch::parse("oscilla 1\ntime = TimeRoot()\na = (1 +\n");
  const Edit edits[] = {Edit::set("a", "2")};
  EXPECT_EQ(codes(preview_edits(patch, edits).refusals), std::vector<std::string>{"E_EDIT_UNREADABLE"});
}

TEST(Editor, UndoIsBounded) {
  Editor editor(Patch::parse(kEdited), 2);
  for (const char* count : {"1", "2", "3"}) {
    const Edit edits[] = {Edit::set("dots.count", count)};
    ASSERT_TRUE(editor.apply(edits).empty());
  }
  EXPECT_TRUE(editor.undo());
  EXPECT_TRUE(editor.undo());
  EXPECT_FALSE(editor.undo());
  EXPECT_NE(editor.patch().text().find("count: 1)"), std::string::npos);
}

TEST(Editor, APreviewTellsWhatIsNew) {
  const Editor editor(Patch::parse(kEdited + "spare = nothing\n"));
  const Edit edits[] = {Edit::set("draw.size", "1s")};
  const EditPreview preview = editor.preview(edits);
  ASSERT_TRUE(preview.patch.has_value());
  EXPECT_EQ(codes(preview.introduced), std::vector<std::string>{"E_UNIT_MISMATCH"});
  EXPECT_EQ(preview.diagnostics.size(), 2u);
  EXPECT_EQ(editor.revision(), 0u);
}

TEST(Editor, AWordIsNoName) {
  const Patch patch = Patch::parse(
      "oscilla 1\ntime = TimeRoot()\nscreen = 0.5\nsum = 1\n"
      "draw = RenderInstances2D((screen, 0.5), blend: screen, size: combine(sum, screen, sum))\n");
  const Edit edits[] = {Edit::rename("screen", "width"), Edit::rename("sum", "total")};
  const EditPreview preview = preview_edits(patch, edits);
  ASSERT_TRUE(preview.patch.has_value());
  EXPECT_NE(
      preview.patch->text().find("RenderInstances2D((width, 0.5), blend: screen, size: combine(sum, width, total))"),
      std::string::npos)
      << preview.patch->text();
}

TEST(Editor, LineEndsStay) {
  const Patch patch = Patch::parse("oscilla 1\r\ntime = TimeRoot()\r\n");
  const Edit edits[] = {Edit::add("n = 1"), Edit::setting("fps", "30")};
  const EditPreview preview = preview_edits(patch, edits);
  ASSERT_TRUE(preview.patch.has_value());
  EXPECT_EQ(preview.patch->text(), "oscilla 1\r\ncanvas 1280x720 fps 30\r\ntime = TimeRoot()\r\nn = 1\r\n");
}

TEST(Editor, LinesBesideAnAddedOneStay) {
  const std::string odd = "dots   =  Array(count: 12)";
  const Patch patch = Patch::parse("oscilla 1\n" + odd + "\ntime   = TimeRoot()\n" + "last  =  1");
  const Edit edits[] = {Edit::setting("fps", "30"), Edit::add("first = 1", "time"), Edit::add("end = 2")};
  const EditPreview preview = preview_edits(patch, edits);
  ASSERT_TRUE(preview.patch.has_value());
  EXPECT_EQ(preview.patch->text(),
            "oscilla 1\ncanvas 1280x720 fps 30\n" + odd + "\nfirst = 1\ntime   = TimeRoot()\nlast  =  1\nend = 2\n");
}

/// Some edit, often one that makes sense.
Edit some_edit() {
  const auto name = [] { return *rc::gen::element<std::string>("time", "dots", "turn", "pos", "draw", "a", "b"); };
  const auto target = [] {
    return *rc::gen::element<std::string>("draw.size", "draw.position", "draw.color", "pos.radius", "pos", "turn",
                                          "dots.count", "a", "b", "draw.size.value", "turn.amount");
  };
  const auto value = [] {
    return *rc::gen::element<std::string>("1", "dots.t", "turn", "a + b", "Lag(a)", "combine(sum, 1, a)", "(0.5, b)",
                                          "dots | Lag()");
  };
  const auto index = [] { return *rc::gen::inRange<std::size_t>(0, 4); };
  switch (*rc::gen::inRange(0, 10)) {
    case 0: return Edit::add(name() + " = " + value(), *rc::gen::arbitrary<bool>() ? name() : "");
    case 1: return Edit::remove(name());
    case 2: return Edit::rename(name(), name());
    case 3: return Edit::clear(target());
    case 4: return Edit::add_writer(target(), value(), "sum", index());
    case 5: return Edit::remove_writer(target(), index());
    case 6: return Edit::move_writer(target(), index(), index());
    case 7: return Edit::move(name(), *rc::gen::arbitrary<bool>() ? name() : "");
    case 8: return Edit::setting("fps", std::to_string(*rc::gen::inRange(1, 99)));
    default: return Edit::set(target(), value());
  }
}

TEST(Editor, AnyEditsKeepTheTextSoundAndCanBeUndone) {
  rc::check([] {
    Editor editor(Patch::parse(kEdited));
    std::vector<std::string> texts = {kEdited};
    const int steps = *rc::gen::inRange(1, 12);
    for (int i = 0; i < steps; ++i) {
      const Edit edit = some_edit();
      const std::string before(editor.patch().text());
      if (editor.apply(std::span(&edit, 1)).empty()) {
        texts.emplace_back(editor.patch().text());
        RC_ASSERT(!has_errors(editor.patch().diagnostics()));
        RC_ASSERT(editor.patch().text().find("# a comment of the clock\n") != std::string_view::npos);
        const bool adds = edit.kind == Edit::Kind::Add;  // leaves what it stands before as it is
        const bool touched = (edit.target.starts_with("dots") && !adds) ||
                             before.find("dots   =  Array(count: 12) # oddly laid out") == std::string::npos;
        if (!touched)
          RC_ASSERT(editor.patch().text().find("dots   =  Array(count: 12) # oddly laid out") !=
                    std::string_view::npos);
      } else {
        RC_ASSERT(editor.patch().text() == before);
      }
    }
    for (std::size_t i = texts.size(); i-- > 0;) {
      RC_ASSERT(editor.patch().text() == texts[i]);
      RC_ASSERT(editor.undo() == (i > 0));
    }
    for (std::size_t i = 1; i < texts.size(); ++i) RC_ASSERT(editor.redo());
    RC_ASSERT(editor.patch().text() == texts.back());
  });
}

}  // namespace
}  // namespace oscilla::test
