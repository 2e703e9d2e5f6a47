// The trace: what a session keeps of its frames, whose values they are, also when another program runs by now.
#include <cmath>
#include <optional>

#include "live/compiled_patch.hpp"
#include "oscilla/session.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

const std::string kTracedHead =
    "oscilla 1\ninput hit = Trigger()\ntime = TimeRoot(periodA: 1s)\n"
    "wave = sin(time.phaseA)\ncount = Accumulator(1)\n"
    "later = EventDelay(hit, delay: 40ms)\n"
    "dots = Array(Ellipse(), count: 100)\nheld = Lag(dots.t, time: 1s)\n"
    "n = EventValue(later)\n";
const std::string kDraw =
    "draw = RenderInstances2D((dots.t + 0.1 * wave, 0.5 + 0.001 * held + 0 * n), shape: dots, size: 1 + 0.01 * "
    "count)\n";

const TraceRow* find(const TracedFrame& frame, TraceKind kind, std::string_view name) {
  for (const TraceRow& row : frame.rows)
    if (row.kind == kind && row.name == name) return &row;
  return nullptr;
}

double number(const TracedFrame& frame, TraceKind kind, std::string_view name, std::size_t part = 0) {
  const TraceRow* row = find(frame, kind, name);
  return row == nullptr ? std::nan("") : frame.numbers_of(*row)[part];
}

TEST(Trace, TellsWhereTwoRunsPart) {
  const std::string patch =
      "oscilla 1\ninput level = Value(0.5)\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 3)\ntwice = level * 2\n"
      "wide = dots.t + twice\nkept = Lag(wide, time: 1s)\ndraw = RenderInstances2D((kept, 0.5), shape: dots)\n";
  Session a(compiled(patch)), b(compiled(patch));
  ASSERT_TRUE(a.trace({.frames = 1}) && b.trace({.frames = 1}));
  const auto difference = [&](double t_ms) {
    a.tick(t_ms);
    b.tick(t_ms);
    return first_difference(a.traced().back(), b.traced().back());
  };
  EXPECT_EQ(difference(0), "");
  b.set(0, 0.25);
  const std::string told = difference(10);
  EXPECT_TRUE(told.starts_with("level, made by step 0 (scalars), in slot ") ||
              told.starts_with("level, which is there before the first step, in slot "))
      << told;
  EXPECT_TRUE(told.ends_with(": 0.5 and 0.25")) << told;
  b.set(0, 0.5);
  const std::string kept = difference(20);  // what was another number is still remembered
  EXPECT_TRUE(kept.find("kept") != std::string::npos && kept.find("made by step") != std::string::npos) << kept;
}

TEST(Trace, TellsItsNewestFrame) {
  Session session(compiled(kTracedHead + kDraw));
  EXPECT_FALSE(session.last_traced());
  ASSERT_TRUE(session.trace({.frames = 3}));
  EXPECT_FALSE(session.last_traced());
  for (int tick = 0; tick < 5; ++tick) {
    session.tick(tick * 10.0);
    ASSERT_TRUE(session.last_traced());
    EXPECT_EQ(session.last_traced()->tick, session.traced().back().tick);
    EXPECT_EQ(number(*session.last_traced(), TraceKind::State, "count.Accumulator"), tick + 1);
  }
  session.trace_off();
  EXPECT_FALSE(session.last_traced());
}

TEST(Trace, KeepsWhatWasComputed) {
  Session session(compiled(kTracedHead + kDraw, {"wave", "held"}));
  ASSERT_TRUE(session.trace({.frames = 10}));
  double wave = 0, drawn = 0;
  for (int tick = 0; tick < 25; ++tick) {
    if (tick == 20) session.send(0, "snare", 0.5);
    drawn = session.tick(tick * 10.0).passes[0].instances.core[99].x;
    wave = session.probe()[0].data[0];
  }
  const std::vector<TracedFrame> frames = session.traced();
  ASSERT_EQ(frames.size(), 10u);
  EXPECT_EQ(frames.front().tick, 15);
  const TracedFrame& last = frames.back();
  EXPECT_EQ(last.tick, 24);
  EXPECT_EQ(last.t_ms, 240);
  EXPECT_EQ(number(last, TraceKind::Signal, "wave"), wave);
  EXPECT_EQ(number(last, TraceKind::Signal, "time.phaseA"), 0.24);
  EXPECT_EQ(number(last, TraceKind::State, "count.Accumulator"), 25);
  EXPECT_EQ(number(last, TraceKind::Field, "frame.draw.x", 0), 100) << "lanes";
  EXPECT_EQ(number(last, TraceKind::Field, "frame.draw.x", 3), drawn) << "the largest";
  const std::vector<double> held = session.probe()[1].data;
  EXPECT_EQ(number(last, TraceKind::Field, "held", 1), held.front());
  EXPECT_EQ(number(last, TraceKind::Field, "held", 3), held.back());
  const TraceRow* delayed = find(last, TraceKind::Event, "later");
  ASSERT_NE(delayed, nullptr);
  const std::vector<TracedEvent> events = session.events_of(last, *delayed);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].key, "snare");
  EXPECT_EQ(events[0].value, 0.5);
  EXPECT_TRUE(session.events_of(frames[8], *delayed).empty());
}

TEST(Trace, RowsKnowTheirPlaceAlsoAfterASwap) {
  const Program program = compiled(kTracedHead + kDraw);
  Session session(program);
  ASSERT_TRUE(session.trace({.frames = 8, .kinds = {TraceKind::Signal, TraceKind::State}}));
  for (int tick = 0; tick < 4; ++tick) session.tick(tick * 10.0);
  std::string text = kTracedHead + "# a line more\nextra = cos(time.phaseA)\n" + kDraw;
  text.replace(text.find("0.1 * wave"), 10, "0.1 * wave * extra");
  ASSERT_EQ(session.swap(parsed(text)).outcome, SwapOutcome::Swapped);
  for (int tick = 4; tick < 8; ++tick) session.tick(tick * 10.0);
  const std::vector<TracedFrame> frames = session.traced();
  ASSERT_EQ(frames.size(), 8u);
  EXPECT_TRUE(frames[0].first_of_program);
  EXPECT_TRUE(frames[4].first_of_program);
  for (const TracedFrame& frame : frames) {
    EXPECT_EQ(find(frame, TraceKind::Signal, "extra") != nullptr, frame.tick >= 4);
    const std::string_view of = frame.program->patch().text();
    for (const TraceRow& row : frame.rows) {
      EXPECT_FALSE(row.name.empty());
      EXPECT_LT(row.expression, ~0u);
      if (row.name != "wave") continue;
      EXPECT_EQ(row.block, "wave");
      EXPECT_EQ(of.substr(row.span.begin, row.span.end - row.span.begin), "sin(time.phaseA)");
      EXPECT_EQ(row.operation, "sin_turns");
    }
  }
  for (int tick = 8; tick < 13; ++tick) session.tick(tick * 10.0);
  EXPECT_FALSE(session.traced().front().first_of_program) << "frames of the old program are gone";
  EXPECT_EQ(session.traced().size(), 8u);
}

TEST(Trace, IsSwitchedAndFilteredWhileItRuns) {
  Session session(compiled(kTracedHead + kDraw));
  session.tick(0);
  EXPECT_TRUE(session.traced().empty());
  EXPECT_FALSE(session.trace({.frames = 0}));
  EXPECT_FALSE(session.trace({.every = 0}));
  ASSERT_TRUE(session.trace({.frames = 100, .places = {"wave", "frame.draw"}}));
  for (int tick = 1; tick < 4; ++tick) session.tick(tick * 10.0);
  const std::vector<TracedFrame> filtered = session.traced();
  for (const TraceRow& row : filtered.back().rows) EXPECT_TRUE(row.block == "wave" || row.block == "draw") << row.name;
  ASSERT_TRUE(session.trace({.frames = 100, .every = 4, .kinds = {TraceKind::Field}, .lanes = {0, 99, 100}}));
  for (int tick = 4; tick < 13; ++tick) session.tick(tick * 10.0);
  const std::vector<TracedFrame> frames = session.traced();
  ASSERT_EQ(frames.size(), 6u) << "three as before, then every fourth";
  EXPECT_EQ(frames[3].tick, 4);
  EXPECT_EQ(frames[5].tick, 12);
  EXPECT_EQ(number(frames[5], TraceKind::Field, "frame.draw.size[99]"), static_cast<double>(1 + 0.01f * 13));
  EXPECT_TRUE(std::isnan(number(frames[5], TraceKind::Field, "frame.draw.size[100]"))) << "there is no such lane";
  EXPECT_GT(session.memory_bytes(), 0u);
  session.trace_off();
  session.tick(200);
  EXPECT_TRUE(session.traced().empty());
}

TEST(Trace, TellsCachesAndWhatContinuityAdds) {
  const std::string still =
      "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 64)\n"
      "rough = noise(dots.t * 9)\n"
      "draw = RenderInstances2D((dots.t, 0.5 + 0.1 * rough), shape: dots, size: 1)\n"
      "move = RenderInstances2D((0.5, 0.5 + 0.01 * time.phaseA), shape: Array(Ellipse(), count: 1))\n";
  Session session(compiled(still));
  ASSERT_TRUE(session.trace({.frames = 100}));
  for (int tick = 0; tick < 3; ++tick) session.tick(tick * 10.0);
  std::vector<TracedFrame> frames = session.traced();
  EXPECT_EQ(number(frames[0], TraceKind::Cache, "dots, stage 0"), 0) << "it ran";
  EXPECT_EQ(number(frames[1], TraceKind::Cache, "dots, stage 0"), 1) << "nothing had moved";
  EXPECT_EQ(number(frames[2], TraceKind::Glide, "frame.draw.size glide"), 0) << "no lane has an offset";
  std::string larger = still;
  larger.replace(larger.find("size: 1"), 7, "size: 2");
  ASSERT_EQ(session.swap(parsed(larger)).outcome, SwapOutcome::Swapped);
  session.tick(30);
  session.tick(40);
  frames = session.traced();
  EXPECT_EQ(number(frames.back(), TraceKind::Glide, "frame.draw.size glide", 0), 64);
  EXPECT_LT(number(frames.back(), TraceKind::Glide, "frame.draw.size glide", 1), -0.5);
}

TEST(Trace, TapsFieldsOfAProgramThatRuns) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot(periodA: 1s)\ndots = Array(Ellipse(), count: 300)\n"
      "wave = sin(dots.t * 7 + time.phaseA)\nslow = Lag(wave * wave, time: 1s)\n"
      "draw = RenderInstances2D((dots.t, 0.5 + 0.1 * slow), shape: dots)\n";
  Session probed(compiled(text, {"wave"})), session(compiled(text));
  const auto tick = [&](int number) {
    const RenderFrame& expected = probed.tick(number * 10.0);
    EXPECT_EQ(frame_digest(session.tick(number * 10.0)), frame_digest(expected)) << number;
  };
  tick(0);
  ASSERT_TRUE(session.trace({.frames = 8, .places = {"wave"}, .lanes = {0, 123}}));
  for (int i = 1; i < 4; ++i) tick(i);
  const auto same = [&] {
    const std::vector<double> wave = probed.probe()[0].data;
    const std::vector<TracedFrame> frames = session.traced();
    EXPECT_EQ(number(frames.back(), TraceKind::Field, "wave[0]"), wave[0]);
    EXPECT_EQ(number(frames.back(), TraceKind::Field, "wave[123]"), wave[123]);
  };
  same();
  std::string other = text;
  other.replace(other.find("* 7"), 3, "* 8");
  for (Session* each : {&probed, &session}) {  // rehearsed, and taken over
    each->request_swap(parsed(other));
    each->wait_for_requests();
  }
  for (int i = 4; i < 9; ++i) tick(i);
  same();
  session.trace_off();
  for (int i = 9; i < 12; ++i) tick(i);
  for (Session* each : {&probed, &session}) ASSERT_EQ(each->swap(parsed(text)).outcome, SwapOutcome::Swapped);
  ASSERT_TRUE(session.trace({.frames = 8, .places = {"wave"}, .lanes = {0, 123}}));
  for (int i = 12; i < 15; ++i) tick(i);
  same();
}

TEST(Trace, GoesOnAfterASnapshotIsLoaded) {
  Session session(compiled(kTracedHead + kDraw));
  ASSERT_TRUE(session.trace({.frames = 100, .places = {"dots.t", "count"}}));
  for (int tick = 0; tick < 4; ++tick) session.tick(tick * 10.0);
  const auto saved = session.save();
  ASSERT_TRUE(saved.has_value());
  for (int tick = 4; tick < 8; ++tick) session.tick(tick * 10.0);
  ASSERT_TRUE(session.load(*saved).has_value());
  session.tick(40);
  const std::vector<TracedFrame> frames = session.traced();
  ASSERT_EQ(frames.size(), 5u) << "ticks 4 to 7 of before never were";
  EXPECT_EQ(frames.back().tick, 4);
  EXPECT_TRUE(frames.back().first_of_program);
  EXPECT_EQ(number(frames.back(), TraceKind::State, "count.Accumulator"), 5);
  EXPECT_EQ(number(frames.back(), TraceKind::Field, "dots.t", 3), 1);
}

TEST(Trace, ChangesNoFrame) {
  for (const std::filesystem::path& path : patch_files("patches")) {
    const Program program = compiled(read_file(path.string()));
    Session plain(program), traced(program);
    traced.trace({.frames = 4});
    TraceOptions everything{.frames = 4};
    for (const ir::PortBinding& port : program.compiled().program->ports) everything.places.push_back(port.name);
    for (int tick = 0; tick < 4; ++tick) {
      if (tick == 1) traced.trace(everything);
      if (tick == 3) traced.trace_off();
      EXPECT_EQ(frame_digest(plain.tick(program.frame_time_ms(tick))),
                frame_digest(traced.tick(program.frame_time_ms(tick))))
          << path;
    }
    traced.trace(everything);
    traced.tick(program.frame_time_ms(4));
    for (const TracedFrame& frame : traced.traced())
      for (const TraceRow& row : frame.rows) EXPECT_FALSE(row.name.empty()) << path << " " << row.expression;
  }
}

}  // namespace
}  // namespace oscilla::test
