// Voices: events take lanes. What a patch sees of them, alone and repeated, and what becomes of them at swaps.
#include "patches.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;

/// Every 100 ms a hit, four voices.
std::string voices_patch(const std::string& lines, const std::string& voices = "max: 4, release: 250ms") {
  return "oscilla 1\nseed 3\ntime = TimeRoot()\nbeat = ClockPulse(period: 100ms)\nv = Voices(beat, " + voices + ")\n" +
         lines + "\ndraw = RenderInstances2D((see, 0.5))\n";
}

struct RunningVoices {
  explicit RunningVoices(const std::string& text) : session(compiled(text, {"see"})) { session.tick(0); }
  Values at(double t) {
    session.tick(t);
    return session.probe()[0].data;
  }
  Session session;
};

TEST(Voices, EventsTakeLanesInTurn) {
  RunningVoices active(voices_patch("see = v.active ? 1 : 0"));
  EXPECT_EQ(active.at(50), (Values{0, 0, 0, 0}));
  EXPECT_EQ(active.at(100), (Values{1, 0, 0, 0}));
  EXPECT_EQ(active.at(200), (Values{1, 1, 0, 0}));
  EXPECT_EQ(active.at(300), (Values{1, 1, 1, 0}));
  EXPECT_EQ(active.at(400), (Values{1, 1, 1, 0})) << "the first is free again, and taken";
  RunningVoices age(voices_patch("see = v.age / 1ms"));
  age.at(100);
  EXPECT_EQ(age.at(150), (Values{50, 0, 0, 0}));
  EXPECT_EQ(age.at(210), (Values{110, 0, 0, 0}));
  RunningVoices note(voices_patch("see = v.note"));
  for (const double t : {100, 200, 300, 400}) note.at(t);
  EXPECT_EQ(note.at(401), (Values{4, 2, 3, 0}));
}

TEST(Voices, WhatAVoiceRemembersBeginsAnew) {
  RunningVoices sum(voices_patch("see = Accumulator(1 + 0 * v.index, initial: 10)", "max: 2, release: 150ms"));
  sum.at(50);
  EXPECT_EQ(sum.at(100), (Values{11, 13})) << "new: one tick old; never taken: since the beginning";
  EXPECT_EQ(sum.at(200), (Values{12, 11}));
  EXPECT_EQ(sum.at(300), (Values{11, 12}));
}

TEST(Voices, RepeatedVoicesBeginAnewToo) {
  RunningVoices sum(
      voices_patch("many = Repeat(v, count: 2)\nsee = Accumulator(1 + 0 * many.index)", "max: 2, release: 150ms"));
  sum.at(50);
  sum.at(100);
  EXPECT_EQ(sum.at(200), (Values{2, 2, 1, 1}));
  EXPECT_EQ(sum.at(300), (Values{1, 1, 2, 2}));
  RunningVoices shared(
      voices_patch("many = Repeat(v, count: 2)\nsee = v.note * 10 + many.ownIndex", "max: 2, release: 150ms"));
  shared.at(100);
  EXPECT_EQ(shared.at(200), (Values{10, 11, 20, 21}));
}

TEST(Voices, ChanceBelongsToTheNote) {
  RunningVoices chance(voices_patch("own = StableIdHash(v)\nsee = own.rand", "max: 1, release: 90ms"));
  const double first = chance.at(100)[0];
  EXPECT_EQ(chance.at(150)[0], first);
  EXPECT_NE(chance.at(200)[0], first);
}

TEST(Voices, StartIsAnEventOfItsLane) {
  RunningVoices held(voices_patch("see = SampleAndHold(time.tMs / 1ms, trigger: v.start)"));
  held.at(100);
  EXPECT_EQ(held.at(150), (Values{100, 0, 0, 0}));
  held.at(200);
  EXPECT_EQ(held.at(250), (Values{100, 200, 0, 0}));
}

TEST(Voices, GoOnAtASwap) {
  RunningVoices notes(voices_patch("see = v.note"));
  notes.at(100);
  notes.at(200);
  const SwapReport report = notes.session.swap(Patch::parse(voices_patch("see = v.note", "max: 3, release: 250ms")));
  EXPECT_EQ(report.outcome, SwapOutcome::Swapped);
  EXPECT_EQ(notes.at(210), (Values{1, 2, 0}));
  EXPECT_EQ(notes.at(300), (Values{1, 2, 3}));
}

TEST(Voices, WhatStatesBeginWithIsReadWithEveryNote) {
  const std::string two = "max: 2, release: 150ms";
  RunningVoices angle(
      voices_patch("turned = UnitDelay(turned + 45deg + 0 * v.index, initial: 90deg)\nsee = turned / 1deg", two));
  angle.at(50);
  EXPECT_EQ(angle.at(100), (Values{90, 180})) << "a literal, converted, behind a cut";
  EXPECT_EQ(angle.at(200), (Values{135, 90}));
  RunningVoices born(voices_patch("born = UnitDelay(born + 0 * v.index, initial: time.tMs / 1ms)\nsee = born", two));
  for (const double t : {100, 200, 210}) born.at(t);
  EXPECT_EQ(born.at(220), (Values{100, 200})) << "a signal";
  EXPECT_EQ(born.at(300), (Values{300, 200}));
  RunningVoices spring(voices_patch("see = Spring(1, initial: v.index, frequency: 1)", two));
  spring.at(90);
  const Values first = spring.at(100);
  EXPECT_LT(first[0], spring.at(101)[0]);
}

TEST(Voices, OtherLanesSeeANewElementToo) {
  RunningVoices next(
      voices_patch("sum = Accumulator(1 + 0 * v.index)\nsee = Neighbour(UnitDelay(sum))", "max: 2, release: 150ms"));
  next.at(50);
  EXPECT_EQ(next.at(100), (Values{2, 0})) << "lane 0 is new, which lane 1 reads";
  EXPECT_EQ(next.at(200), (Values{0, 1}));
}

TEST(Voices, ReductionsAndEventsOfThemWorkInOneTick) {
  RunningVoices total(voices_patch("total = Reduce(v.active ? v.velocity : 0)\nsee = total + 0 * v.index"));
  EXPECT_EQ(total.at(100)[0], 1);
  EXPECT_EQ(total.at(200)[0], 2);
  RunningVoices again(
      voices_patch("w = Voices(Collect(v.start) | EventDelay(delay: 50ms), max: 2, release: 1s)\nsee = w.age / 1ms"));
  again.at(100);
  EXPECT_EQ(again.at(149), (Values{0, 0}));
  again.at(150);
  EXPECT_EQ(again.at(160), (Values{10, 0})) << "voices take voices";
}

TEST(Voices, TakenByTheirOwnElementsAreALoop) {
  const auto codes = [](const std::string& lines) {
    std::string all;
    for (const Diagnostic& d : compile_patch(Patch::parse("oscilla 1\ntime = TimeRoot()\n" + lines +
                                                          "\ndraw = RenderInstances2D((v.t, 0))\n"))
                                   .diagnostics)
      if (d.severity >= Severity::Error) all += std::string(d.code) + " ";
    return all;
  };
  EXPECT_EQ(codes("v = Voices(Collect(v.start))"), "E_CYCLE_DETECTED ");
  EXPECT_EQ(codes("v = Voices(RisingEdge(Reduce(UnitDelay(v.age / 1ms))))"), "E_CYCLE_DETECTED ")
      << "what a lane remembers depends on which it is";
  EXPECT_EQ(codes("v = Voices(RisingEdge(UnitDelay(Reduce(v.age / 1ms))))"), "");
}

/// Keys held down: a patch with notes from outside.
TEST(Voices, NotesAreHeldAndLetGo) {
  Session session(
      compiled("oscilla 1\ninput keys = Trigger()\ntime = TimeRoot()\n"
               "v = Voices(keys, max: 3, release: 100ms, mode: note)\n"
               "see = (v.gate ? 1 : 0, v.key, v.velocity)\ndraw = RenderInstances2D((v.t, 0))\n",
               {"see"}));
  const auto at = [&](double t) {
    session.tick(t);
    return session.probe()[0].data;
  };
  session.send(0, "60", 0.5);
  session.send(0, "64", 0.75);
  EXPECT_EQ(at(0), (Values{1, 60, 0.5, 1, 64, 0.75, 0, 0, 0}));
  session.send(0, "60", 0);
  EXPECT_EQ(at(10), (Values{0, 60, 0.5, 1, 64, 0.75, 0, 0, 0})) << "let go, it sounds on";
  EXPECT_EQ(at(109), (Values{0, 60, 0.5, 1, 64, 0.75, 0, 0, 0}));
  EXPECT_EQ(at(110), (Values{0, 0, 0, 1, 64, 0.75, 0, 0, 0}));
  session.send(0, "67", 1);
  session.send(0, "67", 0);
  EXPECT_EQ(at(120), (Values{1, 67, 1, 1, 64, 0.75, 0, 0, 0})) << "as short as a note can be";
  EXPECT_EQ(at(130)[0], 0);
}

TEST(Voices, AnEvaluationIsNone) {
  const Program program = compiled(voices_patch("sum = Accumulator(1 + 0 * v.index)\nsee = sum"), {"see"});
  Session looked(program), plain(program);
  for (double t = 0; t < 1000; t += 50) {
    looked.evaluate(t + 7777);
    looked.evaluate(t);
    const Values evaluated = looked.probe()[0].data;
    looked.tick(t);
    plain.tick(t);
    EXPECT_EQ(looked.probe()[0].data, plain.probe()[0].data) << t;
    EXPECT_EQ(looked.probe()[0].data, evaluated) << t;
  }
}

Fate fate_of(const SwapReport& report, const std::string& state) {
  const auto found = std::ranges::find(report.states, state, &StateFate::name);
  EXPECT_NE(found, report.states.end()) << describe(report);
  return found == report.states.end() ? Fate::Reset : found->fate;
}

TEST(Voices, AnEditOfTheirReleaseMovesNoVoiceThatSounds) {
  const auto text = [](const std::string& release) {
    return voices_patch("sum = Accumulator(1 + 0 * v.index)\nsee = sum", "max: 4, release: " + release);
  };
  RunningVoices sum(text("350ms"));
  for (const double t : {100, 200, 300, 390}) sum.at(t);
  EXPECT_EQ(sum.at(399), (Values{5, 4, 3, 6}));
  const SwapReport report = sum.session.swap(Patch::parse(text("150ms")));
  EXPECT_EQ(fate_of(report, "v.Voices"), Fate::Kept);
  EXPECT_EQ(sum.at(400), (Values{1, 5, 4, 7})) << "lane 0 is free by the new release, and taken";
  const SwapReport renamed =
      sum.session.swap(Patch::parse("oscilla 1\nseed 3\ntime = TimeRoot()\nbeat = ClockPulse(period: 100ms)\n"
                                    "w = Voices(beat, max: 4, release: 150ms, was: v)\nsum = Accumulator(1 + 0 * "
                                    "w.index)\nsee = sum\ndraw = RenderInstances2D((see, 0.5))\n"));
  EXPECT_EQ(fate_of(renamed, "w.Voices"), Fate::Renamed);
  const SwapReport gone =
      sum.session.swap(Patch::parse("oscilla 1\ntime = TimeRoot()\nsee = 0\ndraw = RenderInstances2D((0, 0))\n"));
  EXPECT_EQ(fate_of(gone, "w.Voices"), Fate::Dropped);
}

TEST(Voices, OrderOfTheTextAndThreadsDoNotShow) {
  std::vector<std::string> lines{
      "input hit = Trigger()",
      "time = TimeRoot()",
      "beat = ClockPulse(period: 48ms)",
      "v = Voices(combine(any, beat, hit), max: 7, release: 300ms)",
      "sparks = Repeat(v, count: 900)",
      "own = StableIdHash(sparks)",
      "drift = Accumulator((own.rand - 0.5, 0.01) * v.velocity)",
      "near = Neighbour(UnitDelay(drift))",
      "late = Collect(v.start) | EventDelay(delay: 20ms)",
      "w = Voices(late, max: 3, release: 100ms)",
      "a = RenderInstances2D(drift + 0.1 * near, shape: sparks, opacity: v.active ? 1 : 0)",
      "b = RenderInstances2D((w.u, fract(w.age / 1s)), layer: 1)",
  };
  const auto played = [&](std::uint32_t threads) {
    std::string text = "oscilla 1\n";
    for (const std::string& line : lines) text += line + "\n";
    SessionOptions options;
    options.threads = threads;
    options.parallel_lanes = 0;
    options.block_lanes = threads == 2 ? 16 : 256;
    Session session(compiled(text), options);
    std::string all;
    for (int tick = 0; tick < 40; ++tick) {
      if (tick % 3 == 0) session.send(0, "o", tick);
      all += frame_digest(session.tick(tick * 16.0));
    }
    return all;
  };
  const std::string expected = played(1);
  std::uint32_t random = 1;
  for (int round = 0; round < 9; ++round) {
    for (std::size_t i = lines.size(); i-- > 1;) {
      random = random * 1664525 + 1013904223;
      std::swap(lines[i], lines[(random >> 8) % (i + 1)]);
    }
    EXPECT_EQ(played(1 + static_cast<std::uint32_t>(round % 3)), expected) << "round " << round;
  }
}

TEST(Collect, MakesAListInTheOrderOfLanes) {
  Session session(
      compiled("oscilla 1\ninput x = Value(0)\ntime = TimeRoot()\ndots = Array(count: 5)\n"
               "e = Collect(Threshold(dots.index, threshold: 4 - x))\nthree = e | EventFilter(key: \"3\")\n"
               "draw = RenderInstances2D((0, 0))\n",
               {"e", "three"}));
  const auto events = [&](std::size_t probe) {
    std::string text;
    const ProbeValue seen = session.probe()[probe];
    for (const ProbedEvent& event : seen.events)
      text += event.key + "=" + std::to_string(static_cast<int>(event.value)) + " ";
    return text;
  };
  session.tick(0);
  EXPECT_EQ(events(0), "") << "the first tick is a sample";
  const double three = 3;
  session.set(0, {&three, 1});
  session.tick(16);
  EXPECT_EQ(events(0), "2=2 3=3 4=4 ") << "in the same tick";
  EXPECT_EQ(events(1), "3=3 ");
  session.tick(32);
  EXPECT_EQ(events(0), "");
}

TEST(Collect, OfTheLiveLanesOfAPoolAndUpToItsRoom) {
  const auto count_of = [](const std::string& lanes, double t) {
    Session session(compiled("oscilla 1\ntime = TimeRoot()\ndots = Array(" + lanes +
                                 ")\ne = Collect(EdgeDetect(time.tMs > 0ms && dots.active))\nn = EventValue(e)\n"
                                 "draw = RenderInstances2D((0, 0), size: n.count)\n",
                             {"n.count"}));
    session.tick(0);
    session.tick(t);
    std::string text = std::to_string(static_cast<int>(session.probe()[0].data[0]));
    for (const RuntimeError& error : session.errors()) text += "; " + describe(error);
    return text;
  };
  EXPECT_EQ(count_of("count: 7", 16), "7");
  EXPECT_EQ(count_of("count: 3 + floor(time.phaseA), maxCount: 7", 16), "3");
  EXPECT_EQ(count_of("count: 4096", 16), "4096");
  EXPECT_EQ(count_of("count: 5000", 16), "4096; e: 5000 events came at once, the first 4096 were kept; in tick 1");
}

TEST(Voices, TooManyAtOnceAreSaid) {
  Session session(
      compiled("oscilla 1\ninput hit = Trigger()\ntime = TimeRoot()\nv = Voices(hit, max: 2)\n"
               "see = v.note\ndraw = RenderInstances2D((see, 0))\n",
               {"see"}));
  session.tick(0);
  for (int i = 0; i < 5; ++i) session.set(0, 1);
  session.tick(10);
  EXPECT_EQ(session.probe()[0].data, (Values{5, 4}));
  ASSERT_EQ(session.errors().size(), 1u);
  EXPECT_EQ(session.errors()[0].kind, RuntimeErrorKind::BufferOverflow);
  EXPECT_EQ(describe(session.errors()[0]), "v: 5 events took voices at once, the last 2 have one; in tick 1");
}

}  // namespace
}  // namespace oscilla::test
