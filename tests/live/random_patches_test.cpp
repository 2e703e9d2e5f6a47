// Patches that nobody wrote. Compiling one ends with a program or with an error, twice the same, in little memory and
// soon; and a program runs, from a snapshot too.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "../allocation_counts.hpp"
#include "patches.hpp"
#include "random_patches.hpp"

namespace oscilla::test {
namespace {

constexpr long kMostBytes = 64L << 20;  // reading and compiling some thirty lines
constexpr std::chrono::seconds kMostTime{30};
constexpr std::uint64_t kMostLanes = 20000;  // more lanes find nothing more

/// True if it is a program.
bool compiles_and_runs(const std::string& text) {
  RC_LOG(text);
  const auto begin = std::chrono::steady_clock::now();
  const long held = held_bytes;
  most_bytes = held;
  const Patch patch = Patch::parse(text);
  const CompileResult result = compile_patch(patch);
  RC_ASSERT(most_bytes - held < kMostBytes);
  RC_ASSERT(result.program.has_value() != has_errors(result.diagnostics));
  RC_ASSERT(compile_patch(patch).diagnostics == result.diagnostics);
  for (const Diagnostic& d : result.diagnostics) {
    RC_ASSERT(d.span.end <= patch.text_of(d).size());
    RC_ASSERT(!d.message.empty());
  }
  if (result.program && result.program->lanes() <= kMostLanes) {
    Session session(*result.program);
    for (const double t_ms : {0.0, 16.0, 1e7}) RC_ASSERT(validate_frame(session.tick(t_ms)) == "");
    const auto snapshot = session.save();
    RC_ASSERT(snapshot.has_value());
    SessionOptions options;
    options.isa = "scalar";
    Session other(*result.program, options);
    RC_ASSERT(other.load(*snapshot).has_value());
    for (const double t_ms : {1.1e7, 2e7})
      RC_ASSERT(frame_digest(session.tick(t_ms)) == frame_digest(other.tick(t_ms)));
  }
  RC_ASSERT(std::chrono::steady_clock::now() - begin < kMostTime);
  return result.program.has_value();
}

std::vector<std::uint16_t> some_choices() {
  return *rc::gen::resize(600, rc::gen::arbitrary<std::vector<std::uint16_t>>());
}

RC_GTEST_PROP(RandomPatches, EndInAProgramOrAnError, ()) { compiles_and_runs(WildWriter(some_choices()).patch()); }

TEST(RandomPatches, RunWhereTypesFit) {
  int patches = 0, programs = 0;
  std::string wrong;
  const bool sound = rc::check([&] {
    const auto choices = some_choices();
    const std::string text = TypedWriter(choices).patch();
    ++patches;
    if (compiles_and_runs(text))
      ++programs;
    else
      wrong = text;
  });
  EXPECT_TRUE(sound);
  const Patch last = Patch::parse(wrong);
  EXPECT_GE(10 * programs, patches) << "too few of the patches mean something, not, say,\n"
                                    << wrong << rendered(compile_patch(last).diagnostics, last);
}

}  // namespace
}  // namespace oscilla::test
