// The twelve patches of docs/language.md, section 7: what this version has runs, the rest is told without consequences.
#include <map>

#include "patches.hpp"

namespace oscilla::test {
namespace {

TEST(Specification, PatchesRunOrSayWhyNot) {
  const std::map<std::size_t, std::string> expected = {
      {8, "E_UNKNOWN_NAME Voices\n"},
  };
  const std::vector<std::string> patches = spec_patches();
  ASSERT_EQ(patches.size(), 12u);
  for (std::size_t i = 0; i < patches.size(); ++i) {
    const Patch patch = Patch::parse(patches[i]);
    const CompileResult result = compile_patch(patch);
    std::string errors;
    for (const Diagnostic& d : result.diagnostics)
      if (d.severity >= Severity::Warning)
        errors += std::string(d.code) + " " +
                  std::string(patch.text().substr(d.span.begin, d.span.end - d.span.begin)) + "\n";
    const auto wrong = expected.find(i + 1);
    EXPECT_EQ(errors, wrong == expected.end() ? "" : wrong->second) << "patch " << i + 1 << "\n"
                                                                    << rendered(result.diagnostics, patch);
    if (!result.program) continue;
    const std::vector<std::string> first = digests(*result.program, 4);
    EXPECT_EQ(digests(*result.program, 4), first);
    EXPECT_NE(first[1], first[3]) << "patch " << i + 1 << " moves";
  }
}

}  // namespace
}  // namespace oscilla::test
