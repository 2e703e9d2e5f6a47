// The twelve patches of docs/language.md, section 7: they run, and do what their titles say.
#include <cmath>

#include "live/compiled_patch.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;

TEST(Specification, PatchesRun) {
  const std::vector<std::string> patches = spec_patches();
  ASSERT_EQ(patches.size(), 12u);
  for (std::size_t i = 0; i < patches.size(); ++i) {
    const Patch patch = Patch::parse(patches[i]);
    const CompileResult result = compile_patch(patch);
    for (const Diagnostic& d : result.diagnostics)
      EXPECT_LT(d.severity, Severity::Warning) << "patch " << i + 1 << "\n" << rendered(result.diagnostics, patch);
    ASSERT_TRUE(result.program) << "patch " << i + 1;
    const auto played = [&] {
      Session session(*result.program);
      std::vector<std::string> all;
      for (int tick = 0; tick < 10; ++tick) all.push_back(frame_digest(session.tick(tick * 150.0)));
      EXPECT_EQ(validate_frame(session.tick(1500)), "");
      return all;
    };
    const std::vector<std::string> first = played();
    EXPECT_EQ(played(), first);
    EXPECT_NE(first[5], first[9]) << "patch " << i + 1 << " moves";
  }
}

/// A session of one of the twelve, with values that are looked at.
struct Shown {
  Shown(std::size_t number, std::vector<std::string> probes)
      : session(compiled(spec_patches().at(number - 1), probes)) {}
  const RenderFrame& at(double t) { return session.tick(t); }
  Values value(std::size_t probe = 0) const { return session.probe()[probe].data; }
  void set(std::string_view input, Values values) {
    const std::vector<ChannelInfo> channels = session.program().channels();
    const auto found = std::ranges::find(channels, input, &ChannelInfo::name);
    EXPECT_TRUE(session.set(static_cast<std::uint32_t>(found - channels.begin()), values));
  }
  Session session;
};

TEST(Specification, FiveThousandShimmer) {
  Shown spiral(1, {"pos", "spiral"});
  EXPECT_EQ(spiral.at(0).passes[0].instances.count, 5000u);
  const Values first = spiral.value();
  spiral.at(16);
  const Values second = spiral.value(), still = spiral.value(1);
  for (std::size_t lane = 0; lane < 5000; ++lane) {
    EXPECT_NE(second[2 * lane], first[2 * lane]);
    EXPECT_LE(std::abs(second[2 * lane] - still[2 * lane]), 0.0151);
  }
}

TEST(Specification, TheMouseTurnsOpensAndSwells) {
  Shown spiral(2, {"pos", "swell"});
  const auto from_middle = [&] { return std::hypot(spiral.value()[0] - 0.5, spiral.value()[1] - 0.5); };
  const auto angle = [&] { return std::atan2(spiral.value()[1] - 0.5, spiral.value()[0] - 0.5); };
  spiral.set("mouse", {0.25, 0});
  spiral.at(0);
  EXPECT_NEAR(angle(), std::acos(0), 1e-6);
  EXPECT_NEAR(from_middle(), 0.1, 1e-6);
  spiral.set("mouse", {0.5, 1});
  spiral.set("held", {1});
  spiral.at(1000);
  EXPECT_NEAR(std::abs(angle()), std::acos(-1), 1e-6);
  EXPECT_NEAR(from_middle(), 0.3, 1e-6);
  EXPECT_NEAR(spiral.value(1)[0], 2, 1e-3);
}

TEST(Specification, ATileIsInEveryCell) {
  Shown tiles(3, {"pos"});
  EXPECT_EQ(tiles.at(0).passes[0].instances.count, 400u);
  std::vector<std::pair<double, double>> places;
  const Values pos = tiles.value();
  for (std::size_t lane = 0; lane < 400; ++lane) places.emplace_back(pos[2 * lane], pos[2 * lane + 1]);
  std::sort(places.begin(), places.end());
  EXPECT_EQ(std::unique(places.begin(), places.end()), places.end());
}

TEST(Specification, FeedbackTurnsTheRimAndPhaseTheCore) {
  Shown rings(4, {"turn", "core"});
  double sum = 0;
  for (int tick = 0; tick < 300; ++tick) {
    rings.at(tick * 10.0);
    sum += 0.01 + 0.008 * std::sin(2 * std::acos(-1) * tick * 10 / 3000);
    EXPECT_NEAR(rings.value()[0], sum - std::floor(sum), 1e-9);
  }
  const Values core = rings.value(1);
  rings.at(2990 + 5000);
  EXPECT_NEAR(rings.value(1)[0], core[0], 1e-6) << "once round in five seconds";
}

TEST(Specification, TheCameraGoesRoundOnceInTwelveSeconds) {
  Shown wave(5, {"wave"});
  const auto first = [&](double t) { return wave.at(t).passes[0].instances.core[0]; };
  const InstanceCore begin = first(0), quarter = first(3000), round = first(12000);
  EXPECT_NE(begin.x, quarter.x);
  EXPECT_NEAR(begin.x, round.x, 1e-4);
  EXPECT_NEAR(begin.depth, round.depth, 1e-4);
  const Values depths = wave.value();
  for (const double z : depths) EXPECT_LE(std::abs(z), 0.15001);
}

TEST(Specification, DiscsAndBarsPulseAgainstEachOther) {
  Shown kaleidoscope(6, {"discSize", "barSize"});
  const RenderFrame& frame = kaleidoscope.at(1500);
  ASSERT_EQ(frame.passes.size(), 2u);
  EXPECT_EQ(frame.passes[0].name, "back");
  EXPECT_NEAR(kaleidoscope.value(0)[0], 1.8, 1e-6) << "large";
  EXPECT_LT(kaleidoscope.value(1)[0], 1) << "small";
}

TEST(Specification, DriftIsStateOfEverySpeck) {
  Shown specks(7, {"drift"});
  specks.at(0);
  EXPECT_EQ(specks.value(), Values(40000, 0.0));
  for (int tick = 1; tick <= 20; ++tick) specks.at(tick * 16.0);
  const Values drift = specks.value();
  for (std::size_t lane = 0; lane < 20000; ++lane) {
    const double way = std::hypot(drift[2 * lane], drift[2 * lane + 1]);
    EXPECT_TRUE(way > 0 && way < 0.04 * 0.32 + 1e-6) << way;
  }
}

TEST(Specification, EveryHitTakesAVoiceAndFades) {
  Shown bursts(8, {"voice.active", "spot", "life", "voice.velocity"});
  bursts.at(0);
  EXPECT_EQ(bursts.value()[0], 0);
  bursts.set("hit", {0.75});
  bursts.at(100);
  EXPECT_EQ(bursts.value()[0], 1);
  EXPECT_EQ(bursts.value(3)[0], 0.75);
  const Values born = bursts.value(1);
  bursts.at(700);
  EXPECT_EQ(bursts.value(1)[0], born[0]) << "where it was born";
  EXPECT_NEAR(bursts.value(2)[0], 0.5, 1e-6) << "600 of 1200 ms";
  bursts.at(1299);
  EXPECT_EQ(bursts.value()[0], 1);
  EXPECT_EQ(bursts.value()[1], 1) << "the beat, 120 ms late";
  bursts.at(1300);
  EXPECT_EQ(bursts.value()[0], 0);
}

TEST(Specification, StepsSetTheRadiusAndBeatsTheHues) {
  Shown steps(9, {"step", "hue", "accent"});
  const double beat = 60000.0 / 128;
  const Values values{0.1, 0.3, 0.2, 0.4, 0.15, 0.35, 0.25, 0.45};
  Values hues;
  for (int n = 0; n < 12; ++n) {
    steps.at(n * beat + 1);
    EXPECT_EQ(steps.value()[0], values[static_cast<std::size_t>(n) % 8]) << n;
    EXPECT_EQ(steps.value(2)[0], n > 0 && n % 4 == 0 ? 1 : 0) << n;
    if (n > 0) {
      EXPECT_NE(steps.value(1), hues);
    }
    hues = steps.value(1);
    steps.at(n * beat + 2);
    EXPECT_EQ(steps.value(1), hues) << "held";
  }
}

TEST(Specification, LanesComeAndGoInOneProgram) {
  Shown growing(10, {"n"});
  for (const double t : {0.0, 5000.0, 9999.0, 10000.0, 12345.0}) {
    const RenderFrame& frame = growing.at(t);
    EXPECT_EQ(frame.passes[0].instances.count,
              static_cast<std::uint32_t>(20 + std::floor(180 * std::fmod(t / 1e4, 1))));
  }
  EXPECT_TRUE(growing.session.errors().empty());
}

TEST(Specification, SheetsAreMultipliedAndSparksScreened) {
  Shown layers(11, {"glow"});
  const RenderFrame& frame = layers.at(0);
  ASSERT_EQ(frame.passes.size(), 2u);
  EXPECT_EQ(frame.passes[0].blend, Blend::Multiply);
  EXPECT_EQ(frame.passes[1].blend, Blend::Screen);
  EXPECT_EQ(frame.passes[1].layer, 1);
}

TEST(Specification, EveryUseOfACompositeHasItsState) {
  Shown swings(12, {"left.spin", "right.spin"});
  for (int tick = 0; tick <= 10; ++tick) swings.at(tick * 100.0);
  EXPECT_NEAR(swings.value(0)[0], 0.3, 1e-9);
  EXPECT_NEAR(swings.value(1)[0], 0.7, 1e-9);
  std::vector<std::string> names;
  for (const ir::State& state : swings.session.program().compiled().program->states) names.push_back(state.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"left.spin.Phasor", "left.x.Lag", "right.spin.Phasor", "right.x.Lag"}));
}

}  // namespace
}  // namespace oscilla::test
