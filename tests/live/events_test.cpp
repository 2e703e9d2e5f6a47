// Events: what fires when, in which order, what is dropped where there is no room, and what a swap makes of it.
#include "patches.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;

/// A session that shows one value of a patch with the inputs x (a number), on (a condition), hit and other (events).
struct Playing {
  Playing(const std::string& lines, const std::string& probe) : session(compiled(text(lines), {probe})) {}

  static std::string text(const std::string& lines) {
    return "oscilla 1\ninput hit = Trigger()\ninput on = Value(false)\ninput other = Trigger()\ninput x = Value(0)\n"
           "time = TimeRoot()\ndraw = RenderInstances2D((0.5, 0.5))\n" +
           lines + "\n";
  }
  static std::uint32_t channel(const Program& program, std::string_view name) {
    const std::vector<ChannelInfo> channels = program.channels();
    const auto found = std::ranges::find(channels, name, &ChannelInfo::name);
    return static_cast<std::uint32_t>(found - channels.begin());
  }
  bool set(std::string_view input, double value) { return session.set(channel(session.program(), input), value); }
  bool send(std::string_view input, std::string_view key, double value) {
    return session.send(channel(session.program(), input), key, value);
  }

  ProbeValue tick(double ms = 16) {
    session.tick(now += ms);
    return session.probe().at(0);
  }
  double value(double ms = 16) { return tick(ms).data.at(0); }
  /// "a=1 b=2": the keys and values of this tick's events.
  std::string events(double ms = 16) {
    std::string text;
    for (const ProbedEvent& event : tick(ms).events)
      text += (text.empty() ? "" : " ") + event.key + "=" + std::to_string(static_cast<int>(event.value));
    return text;
  }
  SwapReport swap(const std::string& lines) { return session.swap(Patch::parse(text(lines))); }

  double now = -16;
  Session session;
};

/// Whether the event fires, tick by tick, for these values of x.
Values fired(const std::string& event, const Values& xs) {
  Playing playing("e = " + event, "e");
  Values result;
  for (const double x : xs) {
    playing.set("x", x);
    result.push_back(playing.value());
  }
  return result;
}

TEST(Events, PredicatesFireWhereTheyChange) {
  EXPECT_EQ(fired("RisingEdge(x)", {.4, .6, .8, .4, .7}), (Values{0, 1, 0, 0, 1}));
  EXPECT_EQ(fired("RisingEdge(x)", {.7, .7, .4, .7}), (Values{0, 0, 0, 1})) << "the first is only a sample";
  EXPECT_EQ(fired("EdgeDetect(x > 0, mode: fall)", {1, 0, 0, 1, -1}), (Values{0, 1, 0, 0, 1}));
  EXPECT_EQ(fired("EdgeDetect(x > 0, mode: both)", {1, 0, 0, 1, -1}), (Values{0, 1, 0, 1, 1}));
  EXPECT_EQ(fired("PhaseWrap(x)", {.8, .9, .1, .2, .15}), (Values{0, 0, 1, 0, 1}));
  EXPECT_EQ(fired("PhaseWrap(x, subdivisions: 4)", {.1, .2, .3, .52, .56}), (Values{0, 0, 1, 1, 0}));
}

TEST(Events, AThresholdIsCrossedAsAWholeBand) {
  const Values xs{.4, .55, .61, .55, .45, .39, .61};
  EXPECT_EQ(fired("Threshold(x, threshold: 0.5, hysteresis: 0.2)", xs), (Values{0, 0, 1, 0, 0, 0, 1}));
  EXPECT_EQ(fired("Threshold(x, threshold: 0.5, hysteresis: 0.2, mode: both)", xs), (Values{0, 0, 1, 0, 0, 1, 1}));
  EXPECT_EQ(fired("Threshold(x)", xs), (Values{0, 1, 0, 0, 0, 0, 1})) << "without a band";
}

TEST(Events, AClockCountsFromTheBeginningOfTime) {
  Playing playing("e = ClockPulse(period: 100ms)", "e");
  Values when;
  for (int tick = 0; tick < 40; ++tick)
    if (playing.value(tick == 0 ? 16 : 10) > 0) when.push_back(playing.now);
  EXPECT_EQ(when, (Values{100, 200, 300}));
  EXPECT_EQ(playing.value(1000), 1) << "once, however many periods have passed";
  EXPECT_EQ(playing.value(0), 0);
}

TEST(Events, NonsenseHasAMeaning) {
  for (const char* period : {"0ms", "x * 1s", "(0 - 1) * 1s", "1s * (x / x)"}) {
    Playing playing(std::string("e = ClockPulse(period: ") + period + ")", "e");
    for (int tick = 0; tick < 100; ++tick) EXPECT_EQ(playing.value(), 0) << period;
  }
  const std::string nan = "sqrt(0 - 1 - abs(x))";
  const std::vector<std::string> nothing{
      "PhaseWrap(time.phaseA, subdivisions: floor(0 - 4 - x))", "PhaseWrap(time.phaseA, subdivisions: floor(x))",
      "Threshold(x, threshold: " + nan + ")", "RisingEdge(" + nan + ")", "EdgeDetect(x > " + nan + ", mode: both)"};
  for (const std::string& none : nothing) {
    Playing playing("e = " + none, "e");
    for (int tick = 0; tick < 300; ++tick) {
      playing.set("x", tick % 7 == 0 ? 0.75 : 0);
      EXPECT_EQ(playing.value(), 0) << none;
    }
  }
  for (const std::string& time : std::vector<std::string>{"0ms", "0 - 1s", nan + " * 1s"}) {
    Playing flash("e = EventToImpulse(hit, duration: " + time + ")", "e");
    Playing calm("e = EventDebounce(hit, window: " + time + ")", "e");
    for (int tick = 0; tick < 6; ++tick) {
      if (tick % 3 < 2) flash.set("hit", 1);
      calm.set("hit", 1);
      EXPECT_EQ(flash.value(), tick % 3 < 2 ? 1 : 0) << time << ": in its frame only";
      EXPECT_EQ(calm.value(), 1) << time << ": all pass";
    }
  }
  Playing late("e = hit | EventDelay(delay: 1s * sqrt(x - 1))", "e");
  late.set("hit", 7);
  EXPECT_EQ(late.events(), "hit=7") << "a delay that is no number is none";
  Playing infinite("e = EventValue(hit)", "e.sum");
  EXPECT_FALSE(infinite.send("hit", "a", 1e300 * 1e300)) << "only numbers come in";
  infinite.send("hit", "a", 1e308);
  infinite.send("hit", "a", 1e308);
  EXPECT_EQ(infinite.value(), 0) << "a sum that is no number is 0";
  Playing back("e = EventDelay(hit, delay: 100ms)", "e");
  back.set("hit", 1);
  back.tick();
  EXPECT_EQ(back.value(-1000), 0) << "the host's clock goes back: time stands still";
  EXPECT_EQ(back.events(1e9), "hit=1") << "a step of eleven days";
}

TEST(Events, ListsAreInTheOrderOfTheirWriters) {
  Playing playing("e = combine(any, other, hit, other | EventDelay(delay: 30ms))", "e");
  playing.send("hit", "b", 1);
  playing.send("other", "a", 2);
  playing.send("hit", "a", 3);
  EXPECT_EQ(playing.events(), "a=2 b=1 a=3");
  playing.send("hit", "c", 4);
  EXPECT_EQ(playing.events(), "c=4");
  playing.send("hit", "d", 5);
  EXPECT_EQ(playing.events(), "d=5 a=2") << "late by 30 ms, in the first frame whose time has come";
  EXPECT_EQ(playing.events(), "");
}

TEST(Events, AllWantsEveryOneOfThemInOneFrame) {
  Playing playing("e = combine(all, hit, other)", "e");
  playing.set("hit", 1);
  EXPECT_EQ(playing.events(), "");
  playing.set("other", 2);
  playing.set("hit", 3);
  EXPECT_EQ(playing.events(), "hit=3 other=2");
  Playing one("e = combine(all, hit)", "e");
  EXPECT_EQ(one.events(), "");
}

TEST(Events, KeysAreTextsAndNumbers) {
  Playing playing("e = EventFilter(hit, key: \"60\")", "e");
  playing.send("hit", "61", 1);
  playing.send("hit", "60", 2);
  EXPECT_EQ(playing.events(), "60=2");
  Playing key("e = EventValue(hit)", "e.key");
  key.send("hit", "64.5", 1);
  EXPECT_EQ(key.value(), 64.5);
  key.send("hit", "space", 1);
  const double space = key.value();
  EXPECT_TRUE(space > 0 && space < 16777216 && space == static_cast<float>(space));
  EXPECT_FALSE(key.send("x", "a", 1)) << "an input of numbers takes no events";
}

TEST(Events, AnyNumberOfKeysIsTakenAndSoManyAreKnownByTheirText) {
  Playing playing("e = hit", "e");
  playing.tick();
  const auto key_of = [&](const std::string& key) {
    EXPECT_TRUE(playing.send("hit", key, 1));
    const ProbeValue seen = playing.tick();
    EXPECT_EQ(seen.events.size(), 1u);
    return seen.events.at(0);
  };
  EXPECT_EQ(key_of(std::string(55, 'k')).key, std::string(55, 'k'));
  const ProbedEvent long_one = key_of(std::string(56, 'k'));
  EXPECT_EQ(long_one.key, "") << "too long to be remembered";
  EXPECT_GT(long_one.key_number, 0) << "but a key";
  std::size_t known = 1;
  for (int i = 0; i < 1500; ++i) known += key_of("key " + std::to_string(i)).key.empty() ? 0 : 1;
  EXPECT_EQ(known, 1024u);
  EXPECT_EQ(key_of("key 1").key, "key 1");
  EXPECT_EQ(key_of("440.5").key_number, 440.5);
}

TEST(Events, GateDebounceImpulseToggleAndHold) {
  Playing gate("e = hit | EventGate(enable: on)", "e");
  gate.set("hit", 1);
  EXPECT_EQ(gate.events(), "");
  gate.set("on", 1);
  gate.set("hit", 2);
  EXPECT_EQ(gate.events(), "hit=2");
  Playing calm("e = hit | EventDebounce(window: 48ms)", "e");
  Values passed;
  for (int tick = 0; tick < 8; ++tick) {
    calm.set("hit", 1);
    passed.push_back(calm.value());
  }
  EXPECT_EQ(passed, (Values{1, 0, 0, 1, 0, 0, 1, 0}));
  Playing impulse("e = EventToImpulse(hit, duration: 32ms)", "e");
  impulse.set("hit", 1);
  EXPECT_EQ((Values{impulse.value(), impulse.value(), impulse.value()}), (Values{1, 1, 0}));
  Playing toggle("e = Toggle(hit, set: other)", "e");
  Values on;
  for (int tick = 0; tick < 6; ++tick) {
    if (tick != 1) toggle.set("hit", 1);
    if (tick == 3) toggle.set("other", 1);
    on.push_back(toggle.value());
  }
  EXPECT_EQ(on, (Values{1, 1, 0, 1, 0, 1}));
  Playing hold("e = SampleAndHold(x, trigger: hit)", "e");
  Values held;
  for (const double x : {5, 6, 7, 8}) {
    hold.set("x", x);
    if (x == 6 || x == 8) hold.set("hit", 1);
    held.push_back(hold.value());
  }
  EXPECT_EQ(held, (Values{0, 6, 6, 8}));
  Playing sum("v = EventValue(hit)\ne = Accumulator(v.sum, trigger: hit, clear: other)", "e");
  sum.send("hit", "a", 2);
  sum.send("hit", "b", 3);
  EXPECT_EQ(sum.value(), 5);
  EXPECT_EQ(sum.value(), 5);
  sum.send("hit", "a", 1);
  sum.send("other", "a", 1);
  EXPECT_EQ(sum.value(), 1) << "cleared first, then added to";
}

TEST(Events, OneALane) {
  const std::string lines = "dots = Array(count: 4)\npassed = EdgeDetect(dots.index < x)\n";
  Playing edges(lines, "passed");
  edges.tick();
  edges.set("x", 2);
  EXPECT_EQ(edges.tick().data, (Values{1, 1, 1, 1, 0, 0, 0, 0})) << "mask and value, lane by lane";
  Playing counts(lines + "n = Accumulator(1, trigger: passed)\nlight = EventToImpulse(passed, duration: 20ms)", "n");
  counts.tick();
  for (const double x : {2, 0, 3}) {
    counts.set("x", x);
    counts.tick();
  }
  EXPECT_EQ(counts.tick().data, (Values{2, 2, 1, 0}));
  Playing held(lines + "h = SampleAndHold(10 * dots.index, trigger: combine(any, passed, EdgeDetect(dots.index > 2)))",
               "h");
  held.tick();
  held.set("x", 2);
  EXPECT_EQ(held.tick().data, (Values{0, 10, 0, 0}));
}

TEST(Events, SequencerAndSignalsOfOneTickChain) {
  Playing playing(
      "s = StepSequencer(hit, values: [10, 20, 30], reset: other)\n"
      "e = hit | EventGate(enable: s.index == 2)",
      "e");
  std::string all;
  for (int tick = 0; tick < 6; ++tick) {
    playing.set("hit", tick);
    all += playing.events() + ";";
  }
  EXPECT_EQ(all, ";hit=1;;;hit=4;;") << "what the events of a tick have made is there in the same tick";
}

TEST(Events, WhatThereIsNoRoomForIsDroppedAndTold) {
  Playing list("e = hit", "e");
  for (int i = 0; i < 300; ++i) list.set("hit", i);
  const ProbeValue kept = list.tick();
  ASSERT_EQ(kept.events.size(), 256u);
  EXPECT_EQ(kept.events[255].value, 255) << "the first ones stay";
  ASSERT_EQ(list.session.errors().size(), 1u);
  EXPECT_EQ(describe(list.session.errors()[0]), "hit: 300 events came at once, the first 256 were kept; in tick 0");
  EXPECT_EQ(list.events(), "") << "and nothing of it is left over";

  Playing queue("e = hit | EventDelay(delay: 10s)", "e");
  for (int tick = 0; tick < 5; ++tick) {
    for (int i = 0; i < 250; ++i) queue.set("hit", 250 * tick + i);
    queue.tick();
  }
  const ProbeValue out = queue.tick(20000);
  ASSERT_EQ(out.events.size(), 1024u);
  EXPECT_EQ(out.events[1023].value, 1023);
  ASSERT_EQ(queue.session.errors().size(), 1u);
  EXPECT_EQ(queue.session.errors()[0].kind, RuntimeErrorKind::BufferOverflow);
  EXPECT_EQ(queue.session.errors()[0].block, "e.EventDelay");

  std::string writers;
  for (int i = 0; i < 20; ++i) writers += ", hit";
  Playing many("e = combine(any" + writers + ")", "e");
  for (int i = 0; i < 256; ++i) many.set("hit", i);
  EXPECT_EQ(many.tick().events.size(), 4096u);
  ASSERT_EQ(many.session.errors().size(), 1u);
  EXPECT_EQ(describe(many.session.errors()[0]), "e: 5120 events came at once, the first 4096 were kept; in tick 0");
}

TEST(Events, OrderOfTheTextAndThreadsDoNotShow) {
  std::vector<std::string> lines{
      "beat = ClockPulse(period: 48ms)",
      "late = EventDelay(other, delay: 20ms)",
      "wraps = PhaseWrap(time.phaseA, subdivisions: 64)",
      "e = combine(any, late, hit, beat, wraps)",
      "v = EventValue(e)",
      "dots = Array(count: 9000)",
      "sum = Accumulator(dots.t * v.sum, trigger: e)",
      "turns = EdgeDetect(fract(dots.t + time.phaseA) < 0.5)",
      "light = EventToImpulse(turns, duration: 40ms)",
      "see = RenderInstances2D((fract(sum), dots.t), size: light, opacity: Toggle(e) ? 1 : 0.5, layer: 1)",
  };
  const auto played = [&](std::uint32_t threads) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    SessionOptions options;
    options.threads = threads;
    options.parallel_lanes = 0;
    Session session(compiled(Playing::text(text), {"e"}), options);
    std::string all;
    for (int tick = 0; tick < 30; ++tick) {
      if (tick % 3 == 0) session.send(Playing::channel(session.program(), "other"), "o", tick);
      if (tick % 4 == 0) session.send(Playing::channel(session.program(), "hit"), "h", -tick);
      all += frame_digest(session.tick(tick * 16.0));
      const ProbeValue seen = session.probe().at(0);
      for (const ProbedEvent& event : seen.events) all += event.key + std::to_string(event.value);
    }
    return all;
  };
  const std::string expected = played(1);
  EXPECT_NE(expected.find("pulse"), std::string::npos);
  EXPECT_EQ(played(3), expected);
  std::uint32_t random = 1;
  for (int round = 0; round < 12; ++round) {
    for (std::size_t i = lines.size(); i-- > 1;) {
      random = random * 1664525 + 1013904223;
      std::swap(lines[i], lines[(random >> 8) % (i + 1)]);
    }
    EXPECT_EQ(played(1 + static_cast<std::uint32_t>(round % 3)), expected) << "round " << round;
  }
}

TEST(Events, ASwapCarriesWhatWaitsAndFiresNothing) {
  Playing playing("echo = hit | EventDelay(delay: 40ms)\ne = combine(any, echo)", "e");
  playing.set("hit", 7);
  playing.tick();
  playing.set("x", 1);
  const SwapReport report = playing.swap(
      "late = hit | EventDelay(delay: 40ms, was: echo)\ne = combine(any, late, RisingEdge(x), "
      "EdgeDetect(x > 0.5), Threshold(x), PhaseWrap(time.phaseA), ClockPulse(period: 1ms))");
  const auto fate = std::ranges::find(report.states, std::string("late.EventDelay"), &StateFate::name);
  ASSERT_NE(fate, report.states.end());
  EXPECT_EQ(fate->fate, Fate::Renamed);
  EXPECT_EQ(playing.events(), "") << "born: they sample and do not fire";
  EXPECT_EQ(playing.events(), "pulse=1");
  EXPECT_EQ(playing.events(), "hit=7 pulse=1");
  const SwapReport again = playing.swap("e = RisingEdge(x)");
  EXPECT_EQ(std::ranges::find(again.states, std::string("late.EventDelay"), &StateFate::name)->fate, Fate::Dropped);
  playing.swap("e = EdgeDetect(x > 0)");
  playing.tick();
  playing.set("x", 0);
  playing.tick();
  playing.swap("unrelated = 1\ne = EdgeDetect(x > 0)");
  playing.set("x", 1);
  EXPECT_EQ(playing.value(), 1) << "a predicate that goes on knows what it was";
}

TEST(Events, EvaluatingLeavesNoTrace) {
  Playing playing("e = hit | EventDelay(delay: 20ms)", "e");
  playing.set("hit", 1);
  playing.session.evaluate(0);
  playing.tick();
  playing.session.evaluate(1000);
  EXPECT_EQ(playing.session.probe().at(0).events.size(), 1u) << "it would come out there";
  EXPECT_EQ(playing.events(), "");
  EXPECT_EQ(playing.events(), "hit=1");
}

TEST(State, FeedbackRunsForALongTimeWithoutDriftOrCreep) {
  Playing fades("f = x + 0.5 * UnitDelay(f)\nturn = fract(UnitDelay(turn) + 0.125)\nsee = (f, turn)", "see");
  fades.set("x", 1);
  fades.tick();
  fades.set("x", 0);
  for (int tick = 1; tick < 200; ++tick) fades.tick();
  EXPECT_EQ(fades.tick().data[0], 0) << "what fades is gone, and does not creep through the subnormals";
  for (int tick = 201; tick < 40000; ++tick) fades.session.tick(fades.now += 16);
  EXPECT_EQ(fades.tick().data[1], 0.125 * (40001 % 8)) << "eighths of a turn are exact for ever";
}

TEST(State, ConditionsCanBeDelayedAndSpringsComeToRest) {
  Playing delayed("d = UnitDelay(on)", "d");
  delayed.set("on", 1);
  EXPECT_EQ(delayed.value(), 0);
  EXPECT_EQ(delayed.value(), 1);
  Playing spring("s = Spring(x, frequency: 2, damping: 0.2)", "s");
  spring.set("x", 1);
  double highest = 0;
  for (int tick = 0; tick < 600; ++tick) highest = std::max(highest, spring.value());
  EXPECT_GT(highest, 1.2);
  EXPECT_NEAR(spring.value(), 1, 1e-6);
  spring.set("x", 2);
  EXPECT_NEAR(spring.value(1e9), 2, 1e-6) << "no step of time is too long";
}

}  // namespace
}  // namespace oscilla::test
