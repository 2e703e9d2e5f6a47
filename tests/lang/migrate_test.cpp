// Older versions read as the newest, step by step.
#include "lang/migrate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "lang/format.hpp"
#include "lang/parse.hpp"
#include "random_patch.hpp"

namespace oscilla {
namespace {

std::string migrated(const std::string& statement) {
  std::string text = "oscilla 0\nx = " + statement;
  EXPECT_EQ(lang::migrate(text), 0u);
  EXPECT_TRUE(text.starts_with("oscilla 1\nx = ")) << text;
  return text.substr(14);
}

TEST(Migrate, Version0) {
  EXPECT_EQ(migrated("InfiniteTimeRoot(periodA: 4s)"), "TimeRoot(periodA: 4s)");
  EXPECT_EQ(migrated("FieldAdd(a, b)"), "(a + b)");
  EXPECT_EQ(migrated("Mul(a: 1 + 2, b: c ? 1 : 2)"), "((1 + 2) * (c ? 1 : 2))");
  EXPECT_EQ(migrated("FieldAdd(FieldScale(a, 2), Multiply(b, Add(1, 2)))"), "((a * 2) + (b * (1 + 2)))");
  EXPECT_EQ(migrated("a | FieldScale(2) | FieldAdd(b)"), "a | scale(2) | offset(b)");
  EXPECT_EQ(migrated("Circle(radius: 0.1)"), "Ellipse(rx: 0.1, ry: 0.1)");
  EXPECT_EQ(migrated("Circle(Add(1, 2))"), "Ellipse(rx: (1 + 2), ry: (1 + 2))");
  EXPECT_EQ(migrated("DomainN(Circle(1), n: 5)"), "Array(Ellipse(rx: 1, ry: 1), count: 5)");
  EXPECT_EQ(migrated("FieldAdd(a,  # one\n  b,\n  was: c)"), "(a +  # one\n  b\n  )");
}

TEST(Migrate, WhatIsNotOlderStays) {
  for (const std::string text :
       {"oscilla 1\nx = FieldAdd(a, b)\n", "x = FieldAdd(a, b)\n", "oscilla 2\n", "", "oscilla 0.5\n"}) {
    std::string same = text;
    EXPECT_FALSE(lang::migrate(same).has_value()) << text;
    EXPECT_EQ(same, text);
  }
}

TEST(Migrate, OwnKindsKeepTheirNames) {
  std::string text = "oscilla 0\ndefine Add(a: float) -> (b) {\n  b = a\n}\nx = Add(1)\n";
  EXPECT_TRUE(lang::migrate(text).has_value());
  EXPECT_NE(text.find("x = Add(1)"), std::string::npos) << text;
}

TEST(Migrate, ParsingSaysSoOnce) {
  const patch::Patch patch = lang::parse("# old\noscilla 0\nx = FieldAdd(1, 2)\n");
  ASSERT_EQ(patch.diagnostics.list().size(), 1u);
  EXPECT_EQ(patch.diagnostics.list()[0].code, "I_VERSION_MIGRATED");
  EXPECT_EQ(patch.version, 1u);
  EXPECT_EQ(lang::format(patch), "# old\noscilla 1\nx = (1 + 2)\n");
}

TEST(MigrateProperties, AnyPatchMigratesToASoundOne) {
  EXPECT_TRUE(rc::check("random patches", [] {
    std::string text = test::RandomPatch().patch();
    static const char* const kNames[] = {"f(", "Lag(", "Value("};
    static const char* const kOld[] = {"FieldAdd(", "Circle(", "DomainN("};
    for (int i = 0; i < 2; ++i)
      for (std::size_t at = 0; (at = text.find(kNames[i], at)) != std::string::npos; ++at)
        text.replace(at, std::string_view(kNames[i]).size(), kOld[*rc::gen::inRange(0, 3)]);
    text[text.find("oscilla 1") + 8] = '0';
    const patch::Patch patch = lang::parse(text);
    RC_LOG() << text << "\n" << patch.text;
    for (const Diagnostic& diagnostic : patch.diagnostics.list())
      RC_ASSERT(diagnostic.code == "I_VERSION_MIGRATED" || diagnostic.code == "E_ARGUMENT");
  }));
}

}  // namespace
}  // namespace oscilla
