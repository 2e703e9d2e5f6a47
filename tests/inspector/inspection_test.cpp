// The engine's side of the inspector with a session that runs, and what its lists are made of.
#include "oscilla/play/inspection.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "../allocations.hpp"
#include "oscilla/play/value_courses.hpp"
#include "oscilla/recording.hpp"

namespace oscilla::cli::play {
namespace {

constexpr std::string_view kPatch =
    "oscilla 1\ninput knob = Value(0.5)\ninput hit = Impulse()\ntime = TimeRoot(periodA: 1s)\n"
    "wave = sin(time.phaseA)\ndots = Array(Ellipse(rx: 0.01, ry: 0.01), count: 100)\n"
    "radius = 0.1 + 0.3 * dots.t * knob\nheld = Lag(wave + hit, time: 1s)\nmotes = Lag(dots.t + held, time: 300ms)\n"
    "pos = CircleLayout(dots, radius: radius)\n"
    "draw = RenderInstances2D(pos, shape: dots, size: 1 + 0.1 * motes)\n";

Program compiled(std::string_view text) {
  CompileResult result = compile_patch(Patch::parse(std::string(text)));
  EXPECT_TRUE(result.program.has_value());
  return *result.program;
}

const InspectedRow* find(const InspectorView& view, std::string_view name) {
  if (!view.table) return nullptr;
  for (const InspectedRow& row : view.table->rows)
    if (row.name == name) return &row;
  return nullptr;
}

/// A session with an inspector, ticked as a window does.
struct Played {
  explicit Played(Program program, std::uint32_t rewind = 0)
      : recorder([](std::string_view) { return std::string(); }, RecorderOptions{.rewind_ticks = rewind}),
        session(std::move(program)),
        inspection(16'000'000, {}, [](Session& of, std::int64_t tick) -> std::expected<void, std::string> {
          if (auto asked = of.restore(tick); !asked) return std::unexpected(asked.error());
          return {};
        }) {
    if (rewind > 0) session.record(recorder);
  }

  std::string tick() {
    const double host_ms = 1000.0 * made / 60;
    inspection.before_tick(session, host_ms);
    const RenderFrame& frame = session.tick(host_ms);
    now += InspectorView::kTicks * 100'000;  // every second tick is published
    inspection.after_tick(session, {frame.tick, frame.t_ms}, {1'000'000, 500'000, 0}, now);
    ++made;
    inspection.take();
    tick_number = frame.tick;
    return frame_digest(frame);
  }
  void ticks(int count) {
    for (int i = 0; i < count; ++i) tick();
  }
  std::optional<Answer> answer() {
    for (int patience = 0; patience < 2000; ++patience) {
      if (auto given = inspection.take_answer()) return given;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return std::nullopt;
  }

  Recorder recorder;
  Session session;
  Inspection inspection;
  std::uint64_t now = 0;
  int made = 0;
  std::int64_t tick_number = -1;
};

TEST(Inspection, ChangesNoFrame) {
  Session alone(compiled(kPatch));
  Played played(compiled(kPatch));
  InspectorWishes wishes;
  for (int tick = 0; tick < 90; ++tick) {
    if (tick == 10) wishes.open = true;
    if (tick == 30) wishes.lane = 17;
    if (tick % 20 == 5 && tick > 30)
      wishes = {.open = true,
                .lane = 3,
                .question = Question{"draw.position", 17},
                .question_number = wishes.question_number + 1};
    if (tick == 70) wishes.trace = false;
    if (tick == 80) wishes.open = false;
    played.inspection.wish(wishes);
    if (tick == 40) {
      played.session.set(1, 0.25);
      alone.set(1, 0.25);
    }
    ASSERT_EQ(played.tick(), frame_digest(alone.tick(1000.0 * tick / 60))) << tick;
  }
}

TEST(Inspection, PublishesValuesAndWhatTheyWereBetween) {
  Played played(compiled(kPatch));
  played.ticks(3);
  EXPECT_EQ(played.inspection.view().table, nullptr) << "it is closed";
  played.inspection.wish({.open = true});
  played.ticks(10);
  const InspectorView& view = played.inspection.view();
  for (const char* name : {"wave", "knob", "hit", "held.Lag", "motes.Lag", "pos.x", "radius", "frame.draw.x"})
    EXPECT_NE(find(view, name), nullptr) << name;
  EXPECT_EQ(point_of(view, *find(view, "knob")).value, 0.5);
  const CoursePoint radius = point_of(view, *find(view, "radius"));
  EXPECT_NEAR(radius.low, 0.1, 1e-6);
  EXPECT_NEAR(radius.high, 0.25, 1e-6);
  EXPECT_NEAR(radius.value, 0.175, 1e-6);
  EXPECT_NEAR(view.ticks[(view.ticks_made - 1) % InspectorView::kTicks].tick_us, 1000, 0.01);
  EXPECT_FALSE(view.table->steps.empty());
  // What is there for one tick is not missed, whenever a view is made.
  for (int shift = 0; shift < 2; ++shift) {
    played.session.set(0, 1);
    const InspectedRow* hit = find(played.inspection.view(), "hit");
    double most = 0;
    for (int tick = 0; tick < 4 + shift; ++tick) {
      played.tick();
      most = std::max(most, point_of(played.inspection.view(), *hit).high);
    }
    EXPECT_EQ(most, 1) << shift;
  }
  // Of one lane.
  played.inspection.wish({.open = true, .lane = 99});
  played.ticks(4);
  ASSERT_NE(find(played.inspection.view(), "radius[99]"), nullptr);
  EXPECT_NEAR(point_of(played.inspection.view(), *find(played.inspection.view(), "radius[99]")).value, 0.25, 1e-6);
  // Without a trace there are none.
  played.inspection.wish({.open = true, .trace = false});
  played.ticks(4);
  EXPECT_EQ(played.inspection.view().table, nullptr);
  EXPECT_FALSE(played.session.last_traced());
}

TEST(Inspection, AllocatesNothingInSteadyState) {
  Played played(compiled(kPatch));
  played.inspection.wish({.open = true});
  played.ticks(20);
  played.tick();
  const long before = test::own_allocations;
  for (int tick = 0; tick < 2; ++tick) {  // before health is due again
    const double host_ms = 1000.0 * played.made++ / 60;
    played.inspection.before_tick(played.session, host_ms);
    const RenderFrame& frame = played.session.tick(host_ms);
    played.now += 26'000'000;
    played.inspection.after_tick(played.session, {frame.tick, frame.t_ms}, {1'000'000, 500'000, 0}, played.now);
    EXPECT_EQ(played.inspection.take(), tick == 1);
  }
  EXPECT_EQ(test::own_allocations, before);
}

/// The answer is about the very tick that was asked about, in the middle of an edit's glides too.
TEST(Inspection, AnswersWhyWithoutTouchingTheSession) {
  Played played(compiled(kPatch));
  played.inspection.wish({.open = true});
  played.ticks(30);
  played.session.request_swap(Patch::parse(std::string(kPatch) + "more = 2 * wave\n"));
  played.session.wait_for_requests();
  played.ticks(5);
  played.session.set(1, 0.75);
  played.inspection.wish({.open = true, .question = Question{"draw.position", 17}, .question_number = 1});
  const std::string digest = played.tick();
  const auto answer = played.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->problem, "");
  EXPECT_EQ(answer->digest, digest);
  EXPECT_EQ(answer->tick, played.tick_number);
  EXPECT_EQ(answer->type, "vec2 field");
  std::string text;
  for (const WhyLine& line : answer->lines) text += std::string(2 * line.depth, ' ') + line.text + "\n";
  EXPECT_TRUE(text.starts_with("draw.position[17].x = ")) << text;
  EXPECT_NE(text.find("knob = 0.75  input knob  patch.oscilla:2:14"), std::string::npos) << text;
  EXPECT_EQ(text.find("start value"), std::string::npos) << "nobody looked back";

  const auto problem = [&](Question question, std::uint64_t number) {
    played.inspection.wish({.open = true, .question = question, .question_number = number});
    played.tick();
    const auto told = played.answer();
    return told ? told->problem : "none";
  };
  EXPECT_EQ(problem({"nowhere", 0}, 2), "the patch has no value called nowhere");
  EXPECT_EQ(problem({"pos", 100}, 3), "pos has no lane 100");
  EXPECT_EQ(problem({"pos", 99}, 4), "");
}

TEST(Inspection, HoldsTimeGoesBackAndGoesOn) {
  Played played(compiled(kPatch), 600);
  InspectorWishes wishes{.open = true};
  std::vector<double> times;
  played.inspection.wish(wishes);
  for (int tick = 0; tick < 120; ++tick) {
    played.tick();
    times.push_back(played.session.transport().t_ms);
  }
  wishes.held = true;
  played.inspection.wish(wishes);
  played.ticks(3);
  EXPECT_FALSE(played.session.transport().playing);
  for (const std::int64_t tick : {60, 20, 100}) {
    wishes.back_to = tick;
    ++wishes.back_number;
    played.inspection.wish(wishes);
    played.tick();
    played.session.wait_for_requests();
    played.ticks(3);
    EXPECT_FALSE(played.session.transport().playing) << "it stays where it was gone back to";
    EXPECT_NEAR(played.session.transport().t_ms, times[static_cast<std::size_t>(tick) + 1], 20) << tick;
  }
  wishes.back_to = 100'000;
  ++wishes.back_number;
  played.inspection.wish(wishes);
  played.ticks(2);
  EXPECT_TRUE(played.inspection.view().trouble.starts_with("tick 100000 is not among those that are kept"))
      << played.inspection.view().trouble;
  wishes.held = false;
  played.inspection.wish(wishes);
  const double before = played.session.transport().t_ms;
  played.ticks(12);
  EXPECT_TRUE(played.session.transport().playing);
  EXPECT_GT(played.session.transport().t_ms, before + 100);
}

TEST(Inspection, TellsErrorsUntilTheyAreAcknowledged) {
  Played played(
      compiled("oscilla 1\ntime = TimeRoot()\nzero = 1 / sin(0 * time.phaseA)\ndots = Array(Ellipse(), count: 3)\n"
               "draw = RenderInstances2D((0.5 + zero, 0.5), shape: dots)\n"));
  InspectorWishes wishes{.open = true};
  played.inspection.wish(wishes);
  played.ticks(20);
  ASSERT_EQ(played.inspection.view().errors.size(), 1u);
  EXPECT_EQ(played.inspection.view().errors[0].place, "patch.oscilla:3:8");
  EXPECT_GT(played.inspection.view().errors[0].count, 0u);
  wishes.acknowledged = 1;
  wishes.held = true;
  played.inspection.wish(wishes);
  played.tick();
  EXPECT_LE(played.session.unacknowledged_errors().size(), 1u);
}

TEST(ValueCourses, GoOnWhenAnotherProgramTakesOver) {
  Played played(compiled(kPatch));
  ValueCourses courses;
  played.inspection.wish({.open = true});
  const auto run = [&](int ticks) {
    for (int i = 0; i < ticks; ++i) {
      played.tick();
      courses.add(played.inspection.view());
    }
  };
  run(30);
  const InspectedRow wave = *find(played.inspection.view(), "wave");
  const std::size_t before = courses.of(wave)->size();
  EXPECT_FALSE(courses.of(wave)->is_still());
  EXPECT_TRUE(courses.of(*find(played.inspection.view(), "knob"))->is_still());
  played.session.swap(Patch::parse(std::string(kPatch) + "extra = 3 * wave\n"));
  run(30);
  EXPECT_GT(courses.of(wave)->size(), before);
  EXPECT_NE(find(played.inspection.view(), "wave"), nullptr);
  InspectedRow none = wave;
  none.name = "nothing";
  EXPECT_EQ(courses.of(none), nullptr);
  Course full;
  for (int i = 0; i < 1000; ++i) full.add({double(i), 0, 0});
  EXPECT_EQ(full.size(), Course::kPoints);
  EXPECT_EQ(full[Course::kPoints - 1].value, 999);
  EXPECT_EQ(full[0].value, 1000 - double{Course::kPoints});
}

TEST(ValueCourses, ListsAreSearched) {
  Played played(compiled(kPatch));
  played.inspection.wish({.open = true});
  played.ticks(4);
  const InspectedTable& table = *played.inspection.view().table;
  const auto names = [&](std::string_view search, const std::vector<std::string>& pinned = {}, bool inner = false) {
    std::vector<std::string> found;
    for (const std::size_t i : rows_to_show(table, search, pinned, inner)) found.push_back(table.rows[i].name);
    return found;
  };
  EXPECT_GT(names("").size(), 10u);
  EXPECT_GT(names("", {}, true).size(), names("").size());
  for (const std::string& name : names("POS")) EXPECT_NE(name.find("pos"), std::string::npos) << name;
  EXPECT_FALSE(names("circlelayout pos").empty());
  EXPECT_TRUE(names("circlelayout wave").empty());
  EXPECT_EQ(names("circlelayout wave", {"knob"}), std::vector<std::string>{"knob"});
  EXPECT_EQ(names("", {"pos.x"}).front(), "pos.x");
}

}  // namespace
}  // namespace oscilla::cli::play
