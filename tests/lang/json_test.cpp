// JSON says what the text says, comments and line breaks included, and gives the canonical text back.
#include "lang/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "lang/format.hpp"
#include "lang/parse.hpp"
#include "random_patch.hpp"
#include "spec_patches.hpp"
#include "support.hpp"

namespace oscilla {
namespace {

std::string there_and_back(const std::string& text) {
  const auto back = lang::text_of_json(lang::to_json(lang::parse(text)));
  return back ? *back : back.error();
}

std::string read(const std::string& statements) {
  const auto text =
      lang::text_of_json(R"({"format": "oscilla patch", "formatVersion": 1, "statements": [)" + statements + "]}");
  return text ? *text : "error: " + text.error();
}

TEST(Json, HoldsTheSpecification) {
  for (const std::string& patch : test::spec_patches()) EXPECT_EQ(there_and_back(patch), patch);
}

TEST(Json, ShowsWhatATextSays) {
  const std::string json =
      lang::to_json(lang::parse("oscilla 1\n\na = -2.50s | Slew(time: 0.1 * b.x,  # fast\n was: c.d)  # end\n"));
  const std::string path = OSCILLA_SOURCE_DIR "/tests/lang/example.json";
  if (std::getenv("OSCILLA_UPDATE") != nullptr) {
    EXPECT_TRUE(test::write_file(path, json));
  }
  EXPECT_EQ(json, test::read_file(path));
}

TEST(Json, AddsBracketsThatTheTreeNeeds) {
  const std::string one = R"({"number": 1})";
  const std::string sum = R"({"binary": "+", "left": )" + one + R"(, "right": )" + one + "}";
  const std::string product = R"({"binary": "*", "left": )" + sum + R"(, "right": )" + sum + "}";
  EXPECT_EQ(read(R"({"oscilla": 1}, {"name": "a", "value": )" + product + "}"), "oscilla 1\na = (1 + 1) * (1 + 1)\n");
  const std::string difference = R"({"binary": "-", "left": )" + one + R"(, "right": )" + sum + "}";
  EXPECT_EQ(read(R"({"name": "a", "value": )" + difference + "}"), "a = 1 - (1 + 1)\n");
  EXPECT_EQ(read(R"({"name": "a", "value": {"member": "x", "of": )" + sum + "}}"), "a = (1 + 1).x\n");
}

TEST(Json, SaysWhatIsWrong) {
  EXPECT_EQ(read(R"({"name": "a b", "value": {"number": 1}})"),
            R"(error: statement 0: "name" is "a b", which is no name)");
  EXPECT_EQ(read(R"({"name": "a", "value": {}})"), "error: statement 0: here an expression is missing");
  EXPECT_EQ(read(R"({"comment": "no sign"})"), "error: statement 0: a comment begins with # and has no line end");
  EXPECT_EQ(read(R"({"oscilla": 1}, {"name": "a", "value": {"number": 1, "unit": "h"}})"),
            R"(error: statement 1: "1h" is no number of the language)");
  EXPECT_EQ(read(R"({"name": "a", "value": {"number": 1e-9}})"),
            R"(error: statement 0: "1e-09" is no number of the language)");
  EXPECT_EQ(read(R"({"name": "a", "value": {"binary": "+", "left": {"number": 1}}})"),
            "error: statement 0: here an expression is missing");
  EXPECT_EQ(lang::text_of_json("{").error(), "it is no JSON");
  EXPECT_EQ(lang::text_of_json("[]").error(), R"("format" must be a text)");
}

TEST(Json, KeepsStatementsWithRefusedArguments) {
  const std::string text = "oscilla 1\na = f(b: 1, 2)  # why\n";
  EXPECT_EQ(there_and_back(text), text);
}

TEST(Json, DeepTreesAreRefused) {
  std::string value = R"({"number": 1})";
  for (int i = 0; i < 3000; ++i) value = R"({"group": )" + value + "}";
  EXPECT_EQ(read(R"({"name": "a", "value": )" + value + "}"), "error: statement 0: expressions are nested too deep");
}

TEST(JsonProperties, HoldForWhatIsWritten) {
  EXPECT_TRUE(rc::check("random patches", [] {
    const std::string text = test::RandomPatch().patch();
    RC_LOG() << text;
    const std::string back = there_and_back(text);
    RC_ASSERT(back == lang::format(lang::parse(text)));
  }));
}

TEST(JsonProperties, HoldForWhatIsBroken) {
  const std::vector<std::string> patches = test::spec_patches();
  EXPECT_TRUE(rc::check("mutated patches", [&] {
    const std::string text = test::mutated(*rc::gen::elementOf(patches));
    RC_LOG() << text;
    const std::string back = there_and_back(text);
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) return;
    RC_ASSERT(back == lang::format(lang::parse(text)));
  }));
}

TEST(JsonProperties, NoJsonBreaksTheReader) {
  const std::string json = lang::to_json(lang::parse(test::spec_patches().back()));
  EXPECT_TRUE(rc::check("mutated JSON", [&] {
    std::string text = json;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      static const char* const kWords[] = {"\"name\"", "\"value\"", "\"call\"", "null", "7",
                                           "[]",       "{}",        "true",     "\"\""};
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      const std::size_t begin = text.find('"', at);
      const std::size_t end = begin == std::string::npos ? begin : text.find('"', begin + 1);
      if (end != std::string::npos) text.replace(begin, end + 1 - begin, kWords[*rc::gen::inRange(0, 9)]);
    }
    if (const auto back = lang::text_of_json(text)) RC_ASSERT(lang::format(lang::parse(*back)) == *back);
  }));
}

}  // namespace
}  // namespace oscilla
