#include "input/lines.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace oscilla::input {
namespace {

TEST(Lines, AreTakenWhole) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  {
    Lines lines(ends[0]);
    const auto type = [&](std::string_view text) {
      EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    };
    type("back");
    type(" 5\n\npause\nplay");
    std::vector<std::string> taken;
    while (taken.size() < 3)
      for (std::string& line : lines.take()) taken.push_back(std::move(line));
    EXPECT_EQ(taken, (std::vector<std::string>{"back 5", "", "pause"}));
    type("\n");
    while (taken.size() < 4)
      for (std::string& line : lines.take()) taken.push_back(std::move(line));
    EXPECT_EQ(taken.back(), "play");
  }  // though nothing ends it
  close(ends[0]);
  close(ends[1]);
}

TEST(Lines, OfWhatIsTooLongNothingIsALine) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const std::string text = std::string(10'000, 'x') + "\nback 5\r\n" + std::string(4090, ' ') + "back 9\n" +
                           std::string(5000, 'y') + "\npause\n";
  EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  {
    Lines lines(ends[0]);
    std::vector<std::string> taken;
    while (taken.empty() || taken.back() != "pause")
      for (std::string& line : lines.take()) taken.push_back(std::move(line));
    ASSERT_EQ(taken.size(), 3u);
    EXPECT_EQ(taken[0], "back 5");
    EXPECT_EQ(taken[1].size(), 4096u);
  }
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace oscilla::input
