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

TEST(Script, BindsByNameAndByWhatAnInputListensTo) {
  const std::vector<ScriptTarget> targets{{"level", "", 1}, {"place", "mouse", 2}, {"again", "mouse", 1}};
  const auto writes = read_script(R"({"time": 1, "channel": "mouse", "value": [1, 2]}
{"time": 2, "channel": "levl", "value": 1}
{"time": 3, "channel": "levl", "value": 1}
{"time": 4, "channel": "place", "value": 3})");
  ASSERT_TRUE(writes.has_value());
  const BoundScript bound = bind_script(*writes, targets);
  ASSERT_EQ(bound.writes.size(), 2u);
  EXPECT_EQ(bound.writes[0].target, 1u);
  EXPECT_EQ(bound.writes[1].values, (Values{3}));
  ASSERT_EQ(bound.problems.size(), 2u);
  EXPECT_EQ(bound.problems[0].sentence, "`again` takes 1 values, not 2");
  EXPECT_EQ(bound.problems[1].sentence, "the patch has no input `levl`; did you mean `level`?");
}

}  // namespace
}  // namespace oscilla::input
