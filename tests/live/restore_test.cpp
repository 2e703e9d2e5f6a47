// A session that is recorded goes back to what it was, and on from there; the recording holds it, and a replay goes
// where it is told from snapshots.
#include <malloc.h>

#include <atomic>
#include <optional>

#include "live/session_door.hpp"
#include "oscilla/recording.hpp"
#include "oscilla/replay.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

constexpr std::string_view kRestored =
    "oscilla 1\ncanvas 64x64 fps 50\ninput level = Value(0.25)\ninput hit = Trigger()\n"
    "time = TimeRoot(periodA: 4s)\ndots = Array(Ellipse(rx: 0.01, ry: 0.01), count: 500)\n"
    "hits = Accumulator(1, trigger: EventDelay(hit, delay: 50ms))\nturn = Lag(hits, time: 80ms)\n"
    "walk = UnitDelay(walk + (0.001, 0.002) * dots.u, initial: RandomScatter(dots))\n"
    "pos = CircleLayout(dots, radius: 0.3 * level) + 0.1 * sin(time.phaseA + turn) + 0.1 * walk\n"
    "draw = RenderInstances2D(pos, color: hsv(dots.u, 0.8, 1), shape: dots, trail: 2)\n";

const std::string& moved() {
  static const std::string text = replaced(std::string(kRestored), "0.1 * sin", "0.2 * sin");
  return text;
}

/// A recorder that writes into memory and can go back.
struct Memory {
  explicit Memory(std::uint32_t rewind_ticks = 1000, std::uint32_t snapshot_every = 7)
      : recorder([this](std::string_view lines) { return text += lines, std::string(); },
                 {1, rewind_ticks, snapshot_every}) {}
  Recording recording() {
    recorder.finish();
    auto read = Recording::read(text);
    EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().message);
    return *read;
  }
  std::string text;
  Recorder recorder;
};

constexpr double kRestoredFrame = 20;

/// Makes its ticks, with inputs and edits by their number.
struct Performer {
  explicit Performer(Session& session) : session(session) {}

  std::string tick() {
    const int number = static_cast<int>(digests.size());
    if (number % 5 == 1) session.set(1, 0.1 * (number % 7 + 1));
    if (number % 4 == 2) session.send(0, "a", 1);
    if (number == 12 || number == 50) request(moved());  // rehearsed, takes over two ticks later
    if (number == 30) session.swap(Patch::parse(replaced(moved(), "count: 500", "count: 300")));
    if (number == 33) session.set_speed(1.5);
    const RenderFrame& frame = session.tick(number * kRestoredFrame);
    EXPECT_EQ(validate_frame(frame), "");
    frames.push_back(frame.tick);
    return digests.emplace_back(frame_digest(frame));
  }
  void until(std::size_t end) {
    while (digests.size() < end) tick();
  }
  void request(const std::string& text) {
    session.request_swap(Patch::parse(text));
    session.wait_for_requests();
  }
  void restore(std::int64_t to) {
    const auto asked = session.restore(to);
    ASSERT_TRUE(asked.has_value()) << asked.error();
    session.wait_for_requests();
  }

  Session& session;
  std::vector<std::string> digests;  // by tick of the session
  std::vector<std::int64_t> frames;
};

std::vector<std::string> replayed_from_snapshots(const Recording& recording, std::uint32_t snapshot_every = 0) {
  ReplayOptions options;
  options.snapshot_every = snapshot_every;
  options.session.isa = "scalar";
  auto replay = Replay::begin(recording, options);
  std::vector<std::string> digests;
  while (const RenderFrame* frame = replay->next()) digests.push_back(frame_digest(*frame));
  EXPECT_FALSE(replay->divergence()) << describe(*replay->divergence());
  EXPECT_FALSE(replay->problem()) << replay->problem()->message;
  return digests;
}

/// What comes next after tick `to` of a session that was never further, whose host's clock jumps to what it was.
std::vector<std::string> after(int to, int host, int count) {
  Session session(compiled(std::string(kRestored)));
  Performer performer(session);
  performer.until(static_cast<std::size_t>(to) + 1);
  live::SessionDoor::go_on_from(session, (host - 1) * kRestoredFrame);
  std::vector<std::string> digests;
  for (int i = 0; i < count; ++i) digests.push_back(frame_digest(session.tick((host + i) * kRestoredFrame)));
  return digests;
}

TEST(Restore, GoesBackToTheVeryStateAndIsRecorded) {
  // Into the old patch, before, while and after an edit is rehearsed, mid-glide, and behind an edit that cuts lanes.
  for (const int to : {0, 5, 12, 13, 14, 20, 32}) {
    Memory memory;
    Session session(compiled(std::string(kRestored)));
    ASSERT_TRUE(session.record(memory.recorder));
    Performer performer(session);
    performer.until(37);
    performer.restore(to);
    const std::vector<std::string> expected = after(to, 37, 2);
    // Nothing is written in ticks 37 to 39 but events, which wait for 50 ms.
    EXPECT_EQ(performer.tick(), expected[0]) << to;
    EXPECT_EQ(performer.frames.back(), to + 1);
    EXPECT_NE(performer.digests[37], performer.digests[36]);
    performer.until(45);
    session.wait_for_requests();
    const std::vector<SwapReport> reports = session.take_swap_reports();
    EXPECT_EQ(reports.back().outcome, SwapOutcome::Restored);
    EXPECT_EQ(reports.back().restored, to);
    EXPECT_EQ(reports.back().tick, to + 1);
    EXPECT_EQ(session.program().patch().text() == kRestored, to < 14);
    performer.restore(41);  // of the time that began there
    performer.until(60);    // with one more edit
    session.end_recording();
    EXPECT_EQ(replayed_from_snapshots(memory.recording()), performer.digests) << to;
  }
}

TEST(Restore, TheTransportIsThatOfThen) {
  Memory memory;
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  Performer performer(session);
  performer.until(40);
  session.pause();
  performer.restore(20);
  performer.tick();
  EXPECT_TRUE(session.transport().playing);
  EXPECT_EQ(session.transport().speed, 1);
  EXPECT_EQ(session.transport().t_ms, 21 * kRestoredFrame);
}

TEST(Restore, TellsWhatItCannotDo) {
  Session plain(compiled(std::string(kRestored)));
  plain.tick(0);
  EXPECT_FALSE(plain.restorable());
  EXPECT_EQ(plain.restore(0).error(), "nothing is kept to go back to: no recorder that rewinds is in use");
  Memory memory(20, 10);
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  for (int i = 0; i < 60; ++i) session.tick(i * kRestoredFrame);
  session.wait_for_requests();
  EXPECT_EQ(session.restorable(), (std::pair<std::int64_t, std::int64_t>(29, 59)));
  EXPECT_EQ(session.restore(60).error().substr(0, 40), "tick 60 is not among those that are kept");
  EXPECT_EQ(session.restore(20).error().substr(0, 40), "tick 20 is not among those that are kept");
  EXPECT_TRUE(session.restore(39).has_value());
  EXPECT_EQ(session.load({}).error(), "this session is recorded, and a recording cannot hold a snapshot");
}

/// A long performance that goes back as far as it can, again and again, and is edited on the way.
TEST(Restore, ForgetsWhatNobodyCanGoBackTo) {
  Memory memory(30, 7);
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  std::vector<std::string> digests;
  for (int tick = 0; tick < 600; ++tick) {
    session.set(1, 0.1 * (tick % 7 + 1));
    if (tick % 100 == 50) session.swap(Patch::parse(tick % 200 == 50 ? moved() : std::string(kRestored)));
    if (tick % 40 == 39) {
      session.wait_for_requests();
      const auto kept = session.restorable();
      ASSERT_TRUE(kept);
      EXPECT_GE(kept->first, tick - 80);
      const bool comes_when_it_comes = tick % 80 == 39;
      ASSERT_TRUE(session.restore(kept->first + (comes_when_it_comes ? 8 : 0)));
      if (!comes_when_it_comes) session.wait_for_requests();
    }
    digests.push_back(frame_digest(session.tick(tick * kRestoredFrame)));
  }
  session.end_recording();
  EXPECT_EQ(replayed(memory.recording()), digests);
  for (const SwapReport& report : session.take_swap_reports())
    EXPECT_NE(report.outcome, SwapOutcome::Refused) << report.why;
}

TEST(Restore, TakesNoMemoryForWhatIsForgotten) {
  Recorder recorder([](std::string_view) { return std::string(); }, {60, 50, 10});
  Session session(compiled(std::string(kRestored)));
  session.record(recorder);
  int tick = 0;
  const auto held_after = [&](int ticks) {
    for (; tick < ticks; ++tick) {
      for (int i = 0; i < 50; ++i) session.set(1, 0.001 * i);
      session.tick(tick * kRestoredFrame);
      if (tick % 100 == 99) session.wait_for_requests();
    }
    const auto memory = mallinfo2();
    return memory.uordblks + memory.hblkhd;
  };
  const std::size_t before = held_after(500);
  EXPECT_LT(held_after(2500), before + 1'000'000);  // 100,000 writes
}

TEST(Restore, IsRefusedIfTheRecordingEndedBefore) {
  std::atomic<bool> stuck{true}, asked{false};
  Recorder recorder(
      [&](std::string_view) {
        asked.store(true);
        asked.notify_all();
        stuck.wait(true);
        return std::string("the disk is full");
      },
      {1, 1000, 7});
  Session session(compiled(std::string(kRestored)));
  ASSERT_TRUE(session.record(recorder));
  asked.wait(false);  // none of these ticks is ever read
  for (int i = 0; i < 10; ++i) session.tick(i * kRestoredFrame);
  const auto request = session.restore(5);
  ASSERT_TRUE(request.has_value());
  stuck.store(false);
  stuck.notify_all();
  session.wait_for_requests();
  const std::vector<SwapReport> reports = session.take_swap_reports();
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].generation, *request);
  EXPECT_EQ(reports[0].outcome, SwapOutcome::Refused);
  EXPECT_EQ(reports[0].why, "the recording ended before that tick was in it");
  EXPECT_EQ(session.tick(10 * kRestoredFrame).tick, 10);
}

/// The numbers of the frames that a trace has; with a mark where another program, or another time, began.
std::string traced(const Session& session) {
  std::string text;
  for (const TracedFrame& frame : session.traced())
    text += (frame.first_of_program ? "| " : "") + std::to_string(frame.tick) + " ";
  return text;
}

TEST(Restore, ATraceForgetsTheTimeThatNeverWas) {
  Memory memory;
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  ASSERT_TRUE(session.trace({.frames = 100}));
  int host = 0;
  const auto play = [&](int ticks) {
    for (int i = 0; i < ticks; ++i) session.tick(host++ * kRestoredFrame);
  };
  const auto back = [&](std::int64_t to) {
    ASSERT_TRUE(session.restore(to).has_value());
    session.wait_for_requests();
  };
  play(4);
  session.swap(Patch::parse(moved()));
  play(4);
  EXPECT_EQ(traced(session), "| 0 1 2 3 | 4 5 6 7 ");
  back(5);
  play(2);
  EXPECT_EQ(traced(session), "| 0 1 2 3 | 4 5 | 6 7 ");
  back(1);  // into the first program: nothing is left of the second
  play(3);
  EXPECT_EQ(traced(session), "| 0 1 | 2 3 4 ");
  session.end_recording();
  const auto snapshot = session.save();
  play(3);
  EXPECT_EQ(traced(session), "| 0 1 | 2 3 4 5 6 7 ");
  ASSERT_TRUE(session.load(*snapshot).has_value());
  play(1);
  EXPECT_EQ(traced(session), "| 0 1 | 2 3 4 | 5 ");
}

/// Everything that a replay must go through: edits, and back.
Recording performance(std::vector<std::string>& digests) {
  Memory memory;
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  Performer performer(session);
  performer.until(37);
  performer.restore(20);
  performer.until(45);
  performer.restore(5);
  performer.until(60);
  session.end_recording();
  digests = performer.digests;
  return memory.recording();
}

TEST(Restore, AReplayGoesToAnyFrame) {
  std::vector<std::string> digests;
  const Recording recording = performance(digests);
  ASSERT_EQ(digests.size(), 60u);
  ReplayOptions options;
  options.snapshot_every = 8;
  auto replay = Replay::begin(recording, options);
  ASSERT_TRUE(replay);
  for (const std::size_t tick : {50u, 3u, 44u, 45u, 13u, 0u, 38u, 59u}) {
    ASSERT_TRUE(replay->go_to(static_cast<std::int64_t>(tick)));
    for (std::size_t i = tick; i < std::min<std::size_t>(tick + 3, 60); ++i)
      ASSERT_EQ(frame_digest(*replay->next()), digests[i]) << tick << " " << i;
  }
  EXPECT_FALSE(replay->divergence());
}

TEST(Restore, SnapshotsOfARecordingAreAFile) {
  std::vector<std::string> digests;
  const Recording recording = performance(digests);
  ReplayOptions options;
  options.snapshot_every = 16;
  auto first = Replay::begin(recording, options);
  while (first->next() != nullptr) continue;
  const std::vector<std::byte> file = first->snapshots();
  auto other = Replay::begin(recording);
  const auto used = other->use_snapshots(file);
  ASSERT_TRUE(used.has_value()) << used.error();
  EXPECT_EQ(*used, 5u);  // 16, 32, 48, and two that it goes back to
  for (const std::size_t tick : {47u, 58u}) {
    ASSERT_TRUE(other->go_to(static_cast<std::int64_t>(tick)));
    EXPECT_EQ(frame_digest(*other->next()), digests[tick]);
  }
  for (std::size_t size = 0; size < file.size(); size += 1 + size / 20)
    EXPECT_FALSE(Replay::begin(recording)->use_snapshots(std::span(file).first(size))) << size;
  Memory memory;
  Session session(compiled(std::string(kRestored)));
  session.record(memory.recorder);
  for (int i = 0; i < 60; ++i) session.tick(i * kRestoredFrame);
  session.end_recording();
  EXPECT_EQ(Replay::begin(memory.recording())->use_snapshots(file).error(), "these are snapshots of another recording");
}

}  // namespace
}  // namespace oscilla::test
