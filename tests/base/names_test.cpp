// Names as people read them: the nearest one, and the order in which they count.
#include <algorithm>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/natural_order.hpp"
#include "base/nearest_name.hpp"

namespace oscilla {
namespace {

constexpr std::string_view kNames[] = {"Array", "CircleLayout", "radius", "phaseA", "phaseB", "t"};

TEST(NearestName, IsWithinTwoEdits) {
  EXPECT_EQ(nearest_name("Aray", kNames), "Array");
  EXPECT_EQ(nearest_name("raduis", kNames), "radius");
  EXPECT_EQ(nearest_name("circlelayout", kNames), "CircleLayout") << "case does not count";
  EXPECT_EQ(nearest_name("phaseC", kNames), "phaseA") << "the first of the nearest";
  EXPECT_EQ(nearest_name("wobble", kNames), "");
  EXPECT_EQ(nearest_name("Airy", kNames), "") << "two edits of four letters make another word";
  EXPECT_EQ(nearest_name("x", kNames), "") << "one letter is near to everything";
  EXPECT_EQ(did_you_mean("Aray", kNames), "did you mean `Array`?");
  EXPECT_EQ(did_you_mean("wobble", kNames), "");
}

TEST(NaturalOrder, CountsNumbers) {
  std::vector<std::string_view> names = {"draw10", "draw2", "draw", "Draw1", "draw02", "draw1x", "back"};
  std::sort(names.begin(), names.end(), natural_less);
  EXPECT_EQ(names, (std::vector<std::string_view>{"Draw1", "back", "draw", "draw1x", "draw02", "draw2", "draw10"}));
}

RC_GTEST_PROP(NaturalOrder, IsAStrictOrder, ()) {
  const auto name = rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab019")));
  const std::string a = *name, b = *name, c = *name;
  RC_ASSERT(!natural_less(a, a));
  RC_ASSERT(!(natural_less(a, b) && natural_less(b, a)));
  RC_ASSERT(a == b || natural_less(a, b) || natural_less(b, a));
  if (natural_less(a, b) && natural_less(b, c)) RC_ASSERT(natural_less(a, c));
}

}  // namespace
}  // namespace oscilla
