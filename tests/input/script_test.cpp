#include "input/script.hpp"

#include <gtest/gtest.h>

namespace oscilla::input {
namespace {

using Values = std::vector<double>;

TEST(Script, ReadsLinesInOrderOfTime) {
  const auto writes = read_script(R"({"time": 500, "channel": "level", "value": 0.75}

{"time": 0, "channel": "mouse", "value": [0.25, 0.5]}
{"channel": "held", "value": true, "time": 500})");
  ASSERT_TRUE(writes.has_value());
  ASSERT_EQ(writes->size(), 3u);
  EXPECT_EQ((*writes)[0].channel, "mouse");
  EXPECT_EQ((*writes)[0].values, (Values{0.25, 0.5}));
  EXPECT_EQ((*writes)[1].channel, "level");
  EXPECT_EQ((*writes)[1].line, 1u);
  EXPECT_EQ((*writes)[2].values, (Values{1}));
  EXPECT_EQ((*writes)[2].time_ms, 500);
}

TEST(Script, NamesEveryLineThatIsWrong) {
  const auto writes = read_script(
      "nonsense\n"
      R"({"time": -1, "channel": "level", "value": 1})"
      "\n"
      R"({"time": 0, "channel": 7, "value": 1})"
      "\n"
      R"({"time": 0, "channel": "level", "value": "loud"})"
      "\n"
      R"({"time": 0, "channel": "level", "value": 1e999})"
      "\n"
      R"({"time": 0, "channel": "level", "value": 1, "speed": 2})"
      "\n"
      R"({"time": 0, "channel": "level", "value": 1})"
      "\n"
      R"([])");
  ASSERT_FALSE(writes.has_value());
  std::vector<std::uint32_t> lines;
  for (const ScriptProblem& problem : writes.error()) lines.push_back(problem.line);
  EXPECT_EQ(lines, (std::vector<std::uint32_t>{1, 2, 3, 4, 5, 6, 8}));
}

TEST(Script, SaysWhatReachesNobody) {
  const std::vector<Listener> listeners{{"level", {"level", "midi.cc.7"}, 1, false, true},
                                        {"place", {"place", "mouse"}, 2, false, true},
                                        {"again", {"again", "mouse"}, 1, false, true},
                                        {"hit", {"hit", "/hit"}, 1, true}};
  const auto writes = read_script(R"({"time": 1, "channel": "mouse", "value": [1, 2]}
{"time": 2, "channel": "levl", "value": 1}
{"time": 3, "channel": "levl", "value": 1}
{"time": 4, "channel": "place", "value": 3}
{"time": 5, "channel": "midi.keys.ch2.cc.7", "value": 1}
{"time": 6, "channel": "/hit", "value": 1, "key": "a"}
{"time": 7, "channel": "level", "value": 1, "key": "a"}
{"time": 8, "channel": "midi.cc.8", "value": 1})");
  ASSERT_TRUE(writes.has_value());
  std::string text;
  for (const ScriptProblem& problem : check_script(*writes, listeners))
    text += std::to_string(problem.line) + ": " + problem.sentence + "\n";
  EXPECT_EQ(text,
            "1: `again` takes 1 value, not 2\n"
            "2: the patch has no input `levl`; did you mean `level`?\n"
            "7: `level` takes no events, so nothing with a key\n"
            "8: the patch has no input `midi.cc.8`; did you mean `midi.cc.7`?\n");
}

}  // namespace
}  // namespace oscilla::input
