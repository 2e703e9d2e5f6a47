// A patch from its text to its numbers: frame n is reached through the frames before it.
#include <bit>
#include <cmath>
#include <set>

#include "live/compiled_patch.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

/// The values of a probe over ticks `step_ms` apart, a lane's components together.
std::vector<std::vector<double>> run(const std::string& lines, const std::string& probe, int ticks,
                                     double step_ms = 16) {
  const Program program = compiled(
      "oscilla 1\ntime = TimeRoot(periodA: 4s)\ndraw = RenderInstances2D((0.5, 0.5))\n" + lines + "\n", {probe});
  Session session(program);
  std::vector<std::vector<double>> values;
  for (int tick = 0; tick < ticks; ++tick) {
    session.tick(tick * step_ms);
    values.push_back(session.probe()[0].data);
  }
  return values;
}

std::vector<double> signal(const std::string& lines, const std::string& probe, int ticks, double step_ms = 16) {
  std::vector<double> values;
  for (const std::vector<double>& data : run(lines, probe, ticks, step_ms)) values.push_back(data.at(0));
  return values;
}

using Values = std::vector<double>;

TEST(Session, Counts) {
  EXPECT_EQ(signal("count = UnitDelay(count) + 1", "count", 5), (Values{1, 2, 3, 4, 5}));
  EXPECT_EQ(signal("count = UnitDelay(count) + 1\nlate = UnitDelay(count)", "late", 4), (Values{0, 1, 2, 3}));
  EXPECT_EQ(signal("count = UnitDelay(count, initial: 10) - 1", "count", 3), (Values{9, 8, 7}));
  const auto places = run("p = UnitDelay(p, initial: (1, 2)) + (0.5, 0.25)", "p", 3);
  EXPECT_EQ(places[2], (Values{2.5, 2.75}));
  EXPECT_EQ(run("dots = Array(count: 3)\nsum = Accumulator(dots.index)", "sum", 3)[2], (Values{0, 3, 6}));
}

TEST(Session, TimeAndWhatFollowsFromIt) {
  EXPECT_EQ(signal("y = time.phaseA", "y", 3), (Values{0, 16.0 / 4000, 32.0 / 4000}));
  EXPECT_EQ(signal("y = time.dt", "y", 3), (Values{0, 16, 16}));
  EXPECT_EQ(signal("y = time.tMs", "y", 3, 10), (Values{0, 10, 20}));
  EXPECT_NEAR(signal("y = time.energy", "y", 2, 1000)[1], 1, 1e-12);
  const Values palette = run("y = time.palette", "y", 2, 3000)[1];
  ASSERT_EQ(palette.size(), 4u);
  for (const auto& [got, want] : {std::pair(palette[0], 0.25), {palette[1], 0.0}, {palette[2], 0.5}, {palette[3], 1.0}})
    EXPECT_NEAR(got, want, 1e-6);
}

TEST(Session, TimeNeverGoesBack) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5))\n", {"time.tMs", "time.dt"}));
  session.tick(100);
  session.tick(50);
  EXPECT_EQ(session.probe()[0].data[0], 100);
  EXPECT_GE(session.probe()[1].data[0], 0);
}

TEST(Session, StatefulBlocks) {
  const Values lag = signal("y = Lag(1, time: 1s)", "y", 4, 1000 * 0.69314718055994531);  // half the way in every tick
  EXPECT_EQ(lag[0], 0);
  EXPECT_NEAR(lag[1], 0.5, 1e-9);
  EXPECT_NEAR(lag[2], 0.75, 1e-9);
  EXPECT_NEAR(lag[3], 0.875, 1e-9);
  EXPECT_EQ(signal("y = Lag(3, time: 0)", "y", 2), (Values{3, 3}));
  EXPECT_EQ(signal("y = Phasor(1)", "y", 5, 250), (Values{0, 0.25, 0.5, 0.75, 0}));
  EXPECT_EQ(signal("n = UnitDelay(n) + 1\ny = Accumulator(1, reset: n == 3)", "y", 4), (Values{1, 2, 0, 1}));
}

TEST(Session, FeedbackThroughACut) {
  EXPECT_EQ(signal("a = Accumulator(b)\nb = a + 1", "b", 4), (Values{1, 2, 4, 8}))
      << "b reads the sum of the frame before";
  EXPECT_EQ(signal("a = Accumulator(b)\nb = a + 1", "a", 4), (Values{0, 1, 3, 7}))
      << "a cut block shows what it had before";
}

TEST(Session, ProbesChangeNoPicture) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const std::string text = read_file(path.string());
    const std::vector<std::string> bare = digests(compiled(text), 3);
    const Program program = compiled(text);
    const graph::Graph& graph = program.compiled().graph;
    std::vector<std::string> probes;
    for (const auto& [place, source] : graph::places_of(graph))
      if (graph[source.node].kind != graph::NodeKind::Error && !graph[source.node].outputs.empty() &&
          graph.type_of(source).payload != ir::Payload::Shape)
        probes.push_back(place);
    ASSERT_FALSE(probes.empty());
    EXPECT_EQ(digests(compiled(text, probes), 3), bare) << path;
  }
}

TEST(Session, TheSameBitsHoweverItRuns) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Program program = compiled(read_file(path.string()));
    const std::vector<std::string> usual = digests(program, 3);
    for (const std::string& isa : available_isas())
      for (const std::uint32_t block_lanes : {16u, 256u, 4096u})
        for (const std::uint32_t threads : {1u, 2u, 3u}) {
          SessionOptions options{isa, threads, block_lanes, threads * 16, {}, block_lanes != 256};
          if (threads > 1) options.parallel_lanes = 0;
          EXPECT_EQ(digests(program, 3, options), usual) << path << " " << isa << " " << block_lanes << " " << threads;
        }
  }
}

/// All that follows from chance under seeds 0 to 64 as pairs of neighbours: a shifted copy would repeat some.
TEST(Session, SeedsAreNoShiftedCopies) {
  for (const char* chance : {"RandomScatter(dots).x", "hash(dots.index)", "StableIdHash(dots)"}) {
    std::set<std::pair<double, double>> pairs;
    std::size_t drawn = 0;
    for (int seed = 0; seed <= 64; ++seed) {
      const std::string text = "oscilla 1\nseed " + std::to_string(seed) +
                               "\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 128)\nvalue = " + chance +
                               "\ndraw = RenderInstances2D((value, 0.5), shape: dots)\n";
      Session session(compiled(text, {"value"}));
      session.tick(0);
      const std::vector<double> values = session.probe()[0].data;
      ASSERT_EQ(values.size(), 128u) << chance;
      for (std::size_t i = 0; i + 1 < values.size(); ++i, ++drawn) pairs.emplace(values[i], values[i + 1]);
    }
    EXPECT_EQ(pairs.size(), drawn) << chance;
  }
}

TEST(Session, WhatIsNotANumberLooksTheSameOnEveryMachine) {
  for (const std::string& isa : available_isas()) {
    const Program program = compiled(
        "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 3)\nbad = sqrt(dots.t - 2) + log(-dots.t - 1)\n"
        "worse = sqrt(-1 - time.tMs / 1s)\ndraw = RenderInstances2D((bad, worse), shape: dots)\n",
        {"bad", "worse"});
    Session session(program, {.isa = isa});
    EXPECT_EQ(validate_frame(session.tick(0)), "");
    for (const ProbeValue& value : session.probe()) {
      for (const double x : value.data) EXPECT_EQ(std::bit_cast<std::uint64_t>(x), 0x7ff8000000000000u) << value.name;
    }
  }
}

TEST(Session, TheOrderOfDefinitionsShowsNowhere) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Patch patch = parsed(read_file(path.string()));
    std::string reversed = "oscilla 1\n";
    for (const auto& canvas : patch.model().canvases) reversed += std::string(patch.model().at(canvas.span)) + "\n";
    for (const auto& seed : patch.model().seeds) reversed += std::string(patch.model().at(seed.span)) + "\n";
    for (const auto& input : patch.model().inputs) reversed += std::string(patch.model().at(input.span)) + "\n";
    for (const auto& define : patch.model().defines) reversed += std::string(patch.model().at(define.span)) + "\n";
    const auto& definitions = patch.model().definitions;
    for (auto it = definitions.rbegin(); it != definitions.rend(); ++it)
      reversed += std::string(patch.model().at(it->span)) + "\n";
    const Program written = compiled(std::string(patch.text()));
    const Program permuted = compiled(reversed);
    for (const DumpStage stage : {DumpStage::Graph, DumpStage::Types, DumpStage::Program, DumpStage::Schedule,
                                  DumpStage::Slots, DumpStage::State})
      EXPECT_EQ(written.dump(stage), permuted.dump(stage)) << path << " " << static_cast<int>(stage);
    EXPECT_EQ(digests(written, 2), digests(permuted, 2)) << path;
  }
}

TEST(Session, JitterIsFreshAfterTenHours) {
  const Program program = compiled(read_file(OSCILLA_SOURCE_DIR "/patches/golden-spiral.oscilla"), {"pos", "spiral"});
  Session session(program);
  using Offset = std::pair<double, double>;
  std::vector<Offset> first;
  for (const std::int64_t frame : {std::int64_t{2160000}, std::int64_t{2160001}}) {  // ten hours at 60 a second
    session.tick(program.frame_time_ms(frame));
    const std::vector<ProbeValue> values = session.probe();
    const std::vector<double>& pos = values[0].data;
    const std::vector<double>& spiral = values[1].data;
    std::vector<Offset> jitter;
    for (std::size_t lane = 0; lane < values[0].lanes; ++lane)
      jitter.emplace_back(pos[2 * lane] - spiral[2 * lane], pos[2 * lane + 1] - spiral[2 * lane + 1]);
    ASSERT_EQ(jitter.size(), 5000u);
    std::size_t repeated = 0;
    for (std::size_t lane = 0; lane < first.size(); ++lane) repeated += jitter[lane] == first[lane] ? 1 : 0;
    EXPECT_EQ(repeated, 0u) << "every frame trembles anew";
    first = jitter;
    for (const auto& [x, y] : jitter) EXPECT_LE(std::max(std::abs(x), std::abs(y)), 0.0151);
    std::sort(jitter.begin(), jitter.end());
    EXPECT_EQ(std::unique(jitter.begin(), jitter.end()), jitter.end()) << "every disc trembles on its own";
  }
}

TEST(Program, NamesItsValues) {
  const Program program = compiled(
      "oscilla 1\ninput knob = Value(0.5)\ntime = TimeRoot(periodA: 1s)\ndots = Array(Ellipse(), count: 5)\n"
      "define Wide(a: float) -> (b) {\n  b = 2 * a\n}\nbroad = Wide(a: dots.t)\n"
      "pos = CircleLayout(dots, radius: knob * broad)\ndraw = RenderInstances2D(pos, shape: dots)\n");
  std::string text;
  for (const ValueInfo& value : program.values())
    text += value.name + ": " + value.kind + ", " + value.type +
            (value.instance.empty() ? "" : " of " + value.instance) + "\n";
  EXPECT_NE(text.find("\npos: CircleLayout, vec2 field of dots\n"), std::string::npos) << text;
  EXPECT_NE(text.find("dots.t: Array, float field of dots\n"), std::string::npos) << text;
  EXPECT_NE(text.find("broad.b: multiply, float field of dots\n"), std::string::npos) << text;
  EXPECT_NE(text.find("knob: Value, float"), std::string::npos) << text;
  EXPECT_NE(text.find("time.phaseA: "), std::string::npos) << text;
  // Probes and traces know each by its name.
  std::vector<std::string> names;
  for (const ValueInfo& value : program.values()) names.push_back(value.name);
  CompileOptions options;
  options.probes = names;
  options.optional_probes = true;
  EXPECT_TRUE(compile_patch(program.patch(), options).program.has_value());
}

}  // namespace
}  // namespace oscilla::test
