#include "patch/literal.hpp"

#include <gtest/gtest.h>

namespace oscilla::patch {
namespace {

TEST(Literal, Numbers) {
  const std::optional<Literal> period = read_number("2.5s");
  ASSERT_TRUE(period);
  EXPECT_EQ(period->value, 2.5);
  EXPECT_EQ(period->suffix, Suffix::Seconds);
  EXPECT_FALSE(period->is_int);
  EXPECT_TRUE(read_number("007")->is_int);
  EXPECT_FALSE(read_number("7ms")->is_int);
  EXPECT_EQ(read_number(".5")->value, 0.5);
  EXPECT_FALSE(read_number("5px"));
  EXPECT_FALSE(read_number("x"));
}

TEST(Literal, SizesColoursStrings) {
  EXPECT_EQ(read_size("1280x720")->height, 720u);
  EXPECT_FALSE(read_size("99999999999x1"));
  EXPECT_EQ(read_color("#ff0080")[0], 1.0);
  EXPECT_EQ(read_color("#FF0080")[3], 1.0);
  EXPECT_EQ(read_color("#00000080")[3], 128 / 255.0);
  EXPECT_EQ(read_string(R"("a\"b\\c")"), R"(a"b\c)");
}

}  // namespace
}  // namespace oscilla::patch
