// What is written reads back to the same bits.
#include <bit>
#include <cstdint>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/number_text.hpp"

namespace oscilla {
namespace {

TEST(NumberText, IsShort) {
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(0.1F), "0.1");
  EXPECT_EQ(to_text(500.0), "500");
  EXPECT_EQ(to_text(-0.0), "-0");
  EXPECT_EQ(to_text(0.0 / 0.0), "nan");
  EXPECT_EQ(to_text(-1.0 / 0.0), "-inf");
}

TEST(NumberText, ReadsWholeNumbersOnly) {
  EXPECT_EQ(parse_number("2.5"), 2.5);
  EXPECT_EQ(parse_number(""), std::nullopt);
  EXPECT_EQ(parse_number("2.5s"), std::nullopt);
  EXPECT_EQ(parse_number(" 2"), std::nullopt);
}

RC_GTEST_PROP(NumberText, RoundTrips, ()) {
  const double value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
  RC_PRE(value == value && value - value == 0);
  const auto read = parse_number(to_text(value));
  RC_ASSERT(read.has_value());
  RC_ASSERT(std::bit_cast<std::uint64_t>(*read) == std::bit_cast<std::uint64_t>(value));
}

}  // namespace
}  // namespace oscilla
