// What a running patch had to mend: found where it began, the same with every option, until somebody has seen it.
#include <cmath>

#include "oscilla/session.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

const std::string kHead = "oscilla 1\ntime = TimeRoot(periodA: 1s)\ndots = Array(Ellipse(), count: 10007)\n";

std::vector<std::string> errors_of(const Program& program, int ticks, const SessionOptions& options = {}) {
  Session session(program, options);
  for (int tick = 0; tick < ticks; ++tick) session.tick(program.frame_time_ms(tick));
  std::vector<std::string> found;
  for (const RuntimeError& error : session.errors()) found.push_back(describe(error));
  return found;
}

using List = std::vector<std::string>;

List errors_of(const std::string& lines, int ticks = 3) { return errors_of(compiled(kHead + lines), ticks); }

TEST(RuntimeErrors, NameTheOpThatDidItAndNotItsReaders) {
  EXPECT_EQ(errors_of("far = 1 / (dots.index - 300 + floor(time.phaseA))\n"
                      "draw = RenderInstances2D((dots.t, 0.5 + 0.1 * far))\n"),
            List{"far: 1 / 0 in lane 300 of dots counts as 0; in 3 ticks, the last 2"});
  EXPECT_EQ(errors_of("root = sqrt(dots.t - 0.5 - 0.1 * time.phaseA)\n"
                      "draw = RenderInstances2D((dots.t, 0.2 + 0.1 * sin(root)), size: 2 * root)\n"),
            List{"root: sqrt(-0.5) in lane 0 of dots is not finite and counts as 0; in 3 ticks, the last 2"});
  EXPECT_EQ(errors_of("draw = RenderInstances2D((dots.t, 0.5), size: 7 % (dots.index - 2 + 0 * time.phaseA))\n"),
            List{"draw.size: 7 % 0 in lane 2 of dots counts as 0; in 3 ticks, the last 2"});
}

TEST(RuntimeErrors, AChoiceThatDiscardsAQuotientIsAGuard) {
  EXPECT_EQ(errors_of("gap = dots.index - 300 + floor(time.phaseA)\n"
                      "draw = RenderInstances2D((dots.t, gap == 0 ? 0.5 : 1 / gap))\n"),
            List{});
  EXPECT_EQ(errors_of("draw = RenderInstances2D((dots.t, 0.5), size: time.phaseA == 0 ? 1 : 1 / time.phaseA)\n", 1),
            List{});
}

TEST(RuntimeErrors, OfSignals) {
  EXPECT_EQ(errors_of("speed = 1 / floor(time.phaseA * 2)\ndraw = RenderInstances2D((dots.t, 0.1 * speed))\n", 40),
            List{"speed: 1 / 0 counts as 0; in 30 ticks, the last 29"});
  EXPECT_EQ(errors_of("deep = log(time.phaseA - 0.25)\ndraw = RenderInstances2D((dots.t, 0.1 * deep))\n", 40),
            List{"deep: log(-0.25) is not finite and counts as 0; in 16 ticks, the last 15"});
}

TEST(RuntimeErrors, OfWhatIsComputedBeforeTheFirstTick) {
  EXPECT_EQ(errors_of("far = 1 / (dots.index - 300) + noise(dots.t * 9)\n"
                      "draw = RenderInstances2D((dots.t + 0.01 * time.phaseA, 0.1 * far))\n"),
            List{"far: 1 / 0 in lane 300 of dots counts as 0; before the first tick"});
  EXPECT_EQ(errors_of("root = 3 * sqrt(dots.t - 0.5) + noise(dots.t * 9)\n"
                      "draw = RenderInstances2D((dots.t, 0.2 + root * time.phaseA))\n"),
            List{"root: sqrt(-0.5) in lane 0 of dots is not finite and counts as 0; in 3 ticks, the last 2"});
}

TEST(RuntimeErrors, AFeedbackThatIsPoisonedRecovers) {
  // Not a number for a tenth of a second in the lanes of one half; the loop goes on from 0 there.
  const Program program = compiled(kHead +
                                   "bad = floor(time.tMs / 100ms) == 1 ? sqrt(0.5 - dots.t) : 0\n"
                                   "loop = UnitDelay(0.5 * loop + 0.25 + bad)\n"
                                   "draw = RenderInstances2D((dots.t, loop))\n");
  Session session(program);
  bool poisoned = false;
  for (int tick = 0; tick < 60; ++tick) {
    const RenderFrame& frame = session.tick(tick * 10.0);
    EXPECT_EQ(validate_frame(frame), "");
    for (const InstanceCore& lane : frame.passes[0].instances.core) ASSERT_TRUE(std::isfinite(lane.y));
    poisoned |= !session.errors().empty();
    EXPECT_EQ(poisoned, tick >= 10) << tick;
  }
  const InstanceCore& last = session.tick(600).passes[0].instances.core[10006];
  EXPECT_NEAR(last.y, 0.5, 1e-5);
  ASSERT_EQ(session.errors().size(), 1u);
  const RuntimeError& error = session.errors()[0];
  EXPECT_EQ(error.kind, RuntimeErrorKind::NanProduced);
  EXPECT_EQ(error.block, "bad");
  EXPECT_EQ(error.operation, "sqrt");
  EXPECT_EQ(error.first_tick, 10);
  EXPECT_EQ(error.last_tick, 19);
  EXPECT_EQ(error.count, 10u);
  EXPECT_EQ(error.lane, 5004u);
  EXPECT_LT(error.operands[0], 0);
}

TEST(RuntimeErrors, StayUntilTheyAreAcknowledged) {
  const Program program = compiled(kHead + "draw = RenderInstances2D((dots.t, 1 / floor(time.phaseA * 2)))\n");
  Session session(program);
  session.tick(0);
  EXPECT_EQ(session.errors().size(), 1u);
  session.tick(700);
  EXPECT_EQ(session.errors().size(), 1u);
  session.acknowledge_errors();
  session.tick(800);
  EXPECT_TRUE(session.errors().empty());
  session.tick(1000);
  EXPECT_EQ(session.errors().size(), 1u) << "it goes on";
}

TEST(RuntimeErrors, AreLookedForOnceInSixtyTicks) {
  // The first fault is over after a tick, another op of the same program has one from the third tick on, and then
  // nothing moves any more.
  const Program program = compiled(kHead +
                                   "first = 1 / (time.tMs < 10 ? 0 * dots.index : dots.index + 1)\n"
                                   "second = 2 / (time.tMs > 40 ? 0 * dots.index : dots.index + 1)\n"
                                   "draw = RenderInstances2D((first, second), shape: dots)\n");
  for (const bool skip : {false, true}) {
    SessionOptions options;
    options.skip = skip;
    EXPECT_EQ(errors_of(program, 60, options),
              List{"first: 1 / 0 in lane 0 of dots counts as 0; in 58 ticks, the last 59"})
        << "nobody looked since";
    EXPECT_EQ(errors_of(program, 100, options),
              (List{"first: 1 / 0 in lane 0 of dots counts as 0; in 58 ticks, the last 59",
                    "second: 2 / 0 in lane 0 of dots counts as 0; in 40 ticks, the last 99"}))
        << skip;
  }
}

TEST(RuntimeErrors, OfAScanThatDoesNotMoveStay) {
  const Program program = compiled(kHead +
                                   "sums = Scan(sqrt(dots.t - 0.5 - floor(time.phaseA)))\n"
                                   "draw = RenderInstances2D((dots.t, 0.001 * sums), shape: dots)\n");
  SessionOptions options;
  options.skip = false;
  const List expected = errors_of(program, 20, options);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(errors_of(program, 20), expected);
}

TEST(RuntimeErrors, AreTheSameWithEveryOption) {
  const Program program =
      compiled(kHead +
               "gap = floor(dots.index / 7) - 900 + floor(time.phaseA * 3)\nfar = 1 / gap\n"
               "root = sqrt(sin(dots.t * 9 + time.phaseA))\nmiddle = Reduce(root)\nheld = Lag(root * far)\n"
               "deep = Neighbour(held, offset: 3)\n"
               "draw = RenderInstances2D((dots.t, far * 0.01 + deep), size: root, color: hsv(root / middle, 1, 1))\n");
  const List expected = errors_of(program, 80);
  EXPECT_GE(expected.size(), 2u);
  for (const std::string& isa : available_isas()) {
    for (const std::uint32_t block : {16u, 256u, 4096u}) {
      SessionOptions options{.isa = isa, .threads = block == 16 ? 3u : 1u, .block_lanes = block};
      options.chunk_lanes = block == 16 ? 64 : 4096;
      options.parallel_lanes = 0;
      options.optimise = block != 4096;
      options.skip = block != 256;
      EXPECT_EQ(errors_of(program, 80, options), expected) << isa << " " << block;
    }
  }
}

TEST(RuntimeErrors, HaveAPlaceInTheText) {
  const Program program = compiled(kHead + "draw = RenderInstances2D((dots.t, 1 / floor(time.phaseA * 2)))\n");
  Session session(program);
  session.tick(0);
  ASSERT_EQ(session.errors().size(), 1u);
  const Diagnostic diagnostic = to_diagnostic(session.errors()[0], program);
  EXPECT_EQ(diagnostic.code, "division_by_zero");
  EXPECT_EQ(text_position(program.patch().text(), diagnostic.span.begin).line, 4u);
  EXPECT_EQ(program.patch().text().substr(diagnostic.span.begin, 1), "(");
}

}  // namespace
}  // namespace oscilla::test
