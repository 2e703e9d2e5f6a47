#include "oscilla/literals.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "lang/parse.hpp"

namespace oscilla {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  for (const NumberLiteral& literal : number_literals(text))
    found.push_back(std::string(text.substr(literal.span.begin, literal.span.end - literal.span.begin)) + "|" +
                    literal.unit);
  return found;
}

constexpr std::string_view kPatch = R"(oscilla 1
canvas 1280x720 fps 60 background #0b0b12
seed 7
a = Lag(0.35, time: 2.5s)  # not 9
b = a-5 + -3 * (-0.25) - 1turn
c = clamp(b, -1, "text 4" == "x" ? 2 : 30deg)
)";

TEST(Literals, AreNumbersOfThePatchWithTheirSignsAndUnits) {
  EXPECT_EQ(words(kPatch),
            (std::vector<std::string>{"7|", "0.35|", "2.5|s", "5|", "-3|", "-0.25|", "1|turn", "-1|", "2|", "30|deg"}));
  EXPECT_EQ(words("canvas = 3\noscilla = 4"), (std::vector<std::string>{"3|", "4|"}));
  EXPECT_TRUE(words("").empty());
  EXPECT_EQ(words("a = ((\x01 7 @ 2"), (std::vector<std::string>{"7|", "2|"}));
}

TEST(Literals, AreFoundByTheCursor) {
  const auto at = [](std::uint32_t line, std::uint32_t column) {
    const auto literal = literal_at(kPatch, text_offset(kPatch, {line, column}).value());
    return literal ? plain_decimal(literal->value) + literal->unit : "none";
  };
  EXPECT_EQ(at(4, 9), "0.35");
  EXPECT_EQ(at(4, 13), "0.35");  // behind it
  EXPECT_EQ(at(4, 23), "2.5s");  // in its unit
  EXPECT_EQ(at(4, 1), "none");
  EXPECT_EQ(at(4, 34), "none");  // in the comment
  EXPECT_EQ(at(5, 11), "-3");    // at the sign
  EXPECT_EQ(at(1, 9), "none");
  EXPECT_EQ(text_offset(kPatch, {99, 1}), std::nullopt);
  EXPECT_EQ(text_offset(kPatch, {0, 1}), std::nullopt);
  EXPECT_EQ(text_offset("é = 1\nb", {1, 99}), 6u);
  EXPECT_EQ(text_offset("é = 1\nb", {1, 2}), 2u);
}

TEST(Literals, AreReplacedByPlainDecimals) {
  const auto edited = [](std::string_view text, double value) {
    return with_number(text, number_literals(text).front(), value);
  };
  EXPECT_EQ(edited("a = 2.5s # why", 0.25), "a = 0.25s # why");
  EXPECT_EQ(edited("a = 2.5s # why", 4), "a = 4s # why");
  EXPECT_EQ(edited("a = 0.5", 1), "a = 1.0");
  EXPECT_EQ(edited("a = 5", 12), "a = 12");
  EXPECT_EQ(edited("a = 5", 1e-9), "a = 0.000000001");
  EXPECT_EQ(edited("a = 5", 1.5e21), "a = 1500000000000000000000.0");
  EXPECT_EQ(edited("seed 7", -2.5), "seed 0");
  EXPECT_EQ(edited("seed 7", 8.4), "seed 8");
  EXPECT_EQ(edited("a = -0.5 + b", 0.125), "a = 0.125 + b");
  EXPECT_EQ(edited("a = -0.5 + b", -0.0), "a = 0.0 + b");
  EXPECT_EQ(edited("a = b-5", -2), "a = b- -2");
  EXPECT_EQ(plain_decimal(-1.25e-10), "-0.000000000125");
  EXPECT_EQ(plain_decimal(std::numeric_limits<double>::infinity()), "0");
}

TEST(Literals, HaveRangesThatMakeSense) {
  const auto range = [](std::string_view text) {
    const SliderRange r = slider_range(number_literals(text).front());
    return plain_decimal(r.low) + " " + plain_decimal(r.high) + " " + plain_decimal(r.step);
  };
  EXPECT_EQ(range("a = 0.35"), "0 1 0.001");
  EXPECT_EQ(range("a = 5000"), "0 10000 1");
  EXPECT_EQ(range("a = 3"), "0 10 1");
  EXPECT_EQ(range("a = -0.2"), "-0.5 0.5 0.0001");
  EXPECT_EQ(range("a = 35deg"), "0 360 0.1");
  EXPECT_EQ(range("a = 0.1turn"), "0 1 0.001");
  EXPECT_EQ(range("a = 0"), "0 10 1");
  EXPECT_EQ(range("a = 0.0"), "0 1 0.001");
  EXPECT_EQ(range("a = 120ms"), "0 500 0.1");
  EXPECT_EQ(range("a = 0.00012"), "0 0.0005 0.0000001");
  EXPECT_EQ(rounded_to(0.123456, 0.001), 0.123);
  EXPECT_EQ(rounded_to(7.6, 1), 8);
  EXPECT_EQ(rounded_to(std::numeric_limits<double>::quiet_NaN(), 1), 0);
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Whatever number takes a literal's place in a patch of the gallery: it reads as well, has as many literals,
/// that one says the number, and no other byte is another one.
RC_GTEST_PROP(Literals, ReplacingOneLeavesEverythingElse, ()) {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(OSCILLA_SOURCE_DIR "/patches"))
      if (entry.path().extension() == ".oscilla") found.push_back(read(entry.path()));
    std::ranges::sort(found);
    return found;
  }();
  const std::string text = *rc::gen::elementOf(texts);
  const std::vector<NumberLiteral> literals = number_literals(text);
  const auto index = *rc::gen::inRange<std::size_t>(0, literals.size());
  const double value = *rc::gen::inRange(-1000000, 1000000) * *rc::gen::element(1.0, 0.1, 1e-3, 1e-9, 1e12);
  const std::string edited = with_number(text, literals[index], value);
  const std::vector<NumberLiteral> after = number_literals(edited);
  RC_ASSERT(after.size() == literals.size());
  const bool says_it = std::abs(after[index].value) == std::abs(value);  // a minus before it may be the operator's
  RC_ASSERT(says_it || literals[index].seed);
  RC_ASSERT(after[index].unit == literals[index].unit);
  const std::size_t behind = text.size() - literals[index].span.end;
  RC_ASSERT(edited.substr(0, literals[index].span.begin) == text.substr(0, literals[index].span.begin));
  RC_ASSERT(edited.substr(edited.size() - behind) == text.substr(text.size() - behind));
  RC_ASSERT(lang::parse(edited).diagnostics.list().size() == lang::parse(text).diagnostics.list().size());
}

}  // namespace
}  // namespace oscilla
