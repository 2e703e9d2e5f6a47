// The storm of random edits: that it finds nothing in the engine, and that it finds what is put there to be found.
#include "oscilla/edit_storm.hpp"

#include <regex>

#include "live/sabotaged_session.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

/// Remembers a lot, and has something of everything that is edited.
constexpr const char* kPatch = R"(oscilla 1
canvas 640x360
time = TimeRoot(periodA: 4s, periodB: 7s)
dots = Array(Ellipse(rx: 0.02, ry: 0.02), count: 40)
walk = Accumulator(0.004 * (1 + dots.u))
turn = Phasor(0.4)
near = Lag(0.3 + 0.1 * sin(time.phaseB), time: 400ms)
pos = CircleLayout(dots, radius: near, phase: turn) + (0.05 * sin(walk), 0)
draw = RenderInstances2D(
  pos,
  color: hsv(dots.u + time.phaseA, 0.8, 1),
  shape: dots,
  size: 1 + 0.3 * sin(walk) | Slew(time: 200ms),
)
marks = Array(Rect(width: 0.02, height: 0.01), count: 9)
sway = UnitDelay(sway) * 0.9 + 0.1 * sin(time.phaseA)
rim = RenderInstances2D(LineLayout(marks, from: (0.1, 0.1), to: (0.9, 0.1 + 0.1 * sway)), shape: marks, color: #ffd166, layer: 1)
)";

StormOptions options(std::int64_t edits, std::uint32_t seed) {
  StormOptions storm;
  storm.edits = edits;
  storm.seed = seed;
  return storm;
}

std::string told(const StormFailure& failure) {
  std::string text =
      std::string(word_of(failure.fault)) + " at edit " + std::to_string(failure.edit) + ": " + failure.what + "\n";
  for (const std::string& patch : failure.patches) text += "---\n" + patch;
  return text;
}

TEST(EditStorm, FindsNothing) {
  const StormResult result = run_edit_storm(Patch::parse(kPatch), options(100, 1));
  EXPECT_FALSE(result.failure) << told(*result.failure);
  EXPECT_EQ(result.total().edits, 100u);
  EXPECT_EQ(result.swapped + result.refused + result.superseded, 100u);
  EXPECT_GT(result.swapped, 20u);  // on a busy machine more are superseded before they are compiled
  EXPECT_GT(result.kept_checks, 1000u);
}

TEST(EditStorm, SameSeedSameEdits) {
  const Patch patch = Patch::parse(kPatch);
  RandomEdits first(patch, 5), second(patch, 5), other(patch, 6);
  std::size_t different = 0;
  for (int i = 0; i < 40; ++i) {
    const RandomEdit edit = first.next();
    const RandomEdit again = second.next();
    EXPECT_EQ(edit.kind, again.kind);
    EXPECT_EQ(edit.patch.text(), again.patch.text());
    EXPECT_EQ(edit.program.has_value(), compile_patch(edit.patch).program.has_value());
    different += edit.patch.text() != other.next().patch.text();
  }
  EXPECT_GT(different, 20u);
}

TEST(EditStorm, HasEditsForEveryPatchOfTheGallery) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Patch patch = parsed(read_file(path.string()));
    RandomEdits edits(patch, 1);
    std::array<int, kEditKinds> kinds{};
    int compiled = 0;
    for (int i = 0; i < 19; ++i) {
      const RandomEdit edit = edits.next();
      ++kinds[static_cast<std::size_t>(edit.kind)];
      compiled += edit.program.has_value();
    }
    static const std::regex kCount("(count|rows|cols|columns|maxCount|points): *[0-9]");
    const bool has_count = std::regex_search(std::string(patch.text()), kCount);
    for (std::size_t k = 0; k < kinds.size(); ++k)
      EXPECT_GE(kinds[k], k == static_cast<std::size_t>(EditKind::Count) && !has_count ? 0 : 1)
          << path << " " << word_of(static_cast<EditKind>(k));
    EXPECT_GE(compiled, 14) << path;
  }
}

/// The storm over an engine with a fault; the fault must show, and in a session of its own.
StormFailure found(runtime::Sabotage sabotage) {
  const StormResult result = live::run_storm(Patch::parse(kPatch), options(100, 1), {}, sabotage);
  EXPECT_TRUE(result.failure);
  return result.failure.value_or(StormFailure{});
}

TEST(EditStorm, FindsSkippedMigration) {
  const StormFailure failure = found(runtime::Sabotage::SkipMigration);
  EXPECT_EQ(failure.fault, StormFault::Jump) << told(failure);
  EXPECT_NE(failure.what.find("nothing that it is made of was edited, yet "), std::string::npos) << failure.what;
  ASSERT_EQ(failure.patches.size(), 2u) << told(failure);
  // What is left is little more than what shows it.
  EXPECT_LT(failure.patches[0].size(), std::string(kPatch).size() / 2) << told(failure);
}

TEST(EditStorm, FindsAZeroedGauge) {
  const StormFailure failure = found(runtime::Sabotage::ZeroGauge);
  EXPECT_EQ(failure.fault, StormFault::Glide) << told(failure);
  EXPECT_NE(failure.what.find("should glide, yet it jumps from "), std::string::npos) << failure.what;
  ASSERT_EQ(failure.patches.size(), 2u) << told(failure);
  EXPECT_LT(failure.patches[0].size(), std::string(kPatch).size()) << told(failure);
}

TEST(EditStorm, FindsADroppedReportLine) {
  const StormFailure failure = found(runtime::Sabotage::DropReportLine);
  EXPECT_EQ(failure.fault, StormFault::State) << told(failure);
  EXPECT_NE(failure.what.find("the report has no line about "), std::string::npos) << failure.what;
  ASSERT_GE(failure.patches.size(), 2u) << told(failure);
}

std::uint64_t pretended = 0;
template <std::uint64_t step>
std::uint64_t grown() {
  return pretended += step;
}

StormFault fault_of(const StormHost& host) {
  const StormResult result = run_edit_storm(Patch::parse(kPatch), options(100, 1), host);
  return result.failure ? result.failure->fault : StormFault::Kinds;
}

TEST(EditStorm, FindsWhatItsHostMeasures) {
  StormHost host;
  host.processor_nanoseconds = grown<20'000'000>;  // a frame has 16.7 ms
  EXPECT_EQ(fault_of(host), StormFault::Late);
  host = {};
  host.waits = grown<1>;
  EXPECT_EQ(fault_of(host), StormFault::Waited);
  host = {};
  host.heap_bytes = grown<10'000'000>;
  EXPECT_EQ(fault_of(host), StormFault::Memory);
}

}  // namespace
}  // namespace oscilla::test
