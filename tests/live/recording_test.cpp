// Performances that are written down, read again and played again: the same frames, whatever was done to them.
#include <atomic>
#include <bit>
#include <limits>
#include <optional>

#include "assets/mesh_file.hpp"
#include "oscilla/recording.hpp"
#include "oscilla/replay.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

constexpr std::string_view kBefore =
    "oscilla 1\ncanvas 64x64 fps 50\ninput level = Value(0.25)\ninput hit = Trigger()\ninput wheel = Delta()\n"
    "time = TimeRoot(periodA: 4s)\ndots = Array(Ellipse(rx: 0.01, ry: 0.01), count: 5000)\n"
    "turn = Accumulator(wheel + 0.01)\nhits = Accumulator(1, trigger: hit)\n"
    "pos = CircleLayout(dots, radius: 0.3 * level) + 0.1 * sin(time.phaseA + turn + hits)\n"
    "draw = RenderInstances2D(pos, color: hsv(dots.u, 0.8, 1), shape: dots)\n";

/// A recording in memory.
class Tape {
 public:
  explicit Tape(std::uint32_t digest_every)
      : recorder_([this](std::string_view lines) { return text_ += lines, std::string(); }, {digest_every}) {}
  Recorder& recorder() { return recorder_; }
  std::string text() {
    recorder_.finish();
    return text_;
  }

 private:
  std::string text_;
  Recorder recorder_;
};

void request(Session& session, std::string text) {
  session.request_swap(Patch::parse(std::move(text)));
  session.wait_for_requests();
}

/// 40 ticks with inputs, a transport and edits of every kind; `digests` gets those of all frames.
std::string perform(std::uint32_t digest_every, std::vector<std::string>& digests) {
  const std::string before(kBefore);
  const std::string moved = replaced(before, "0.1 * sin", "0.2 * sin");
  const std::string fewer = replaced(moved, "count: 5000", "count: 4000");
  Tape tape(digest_every);
  {
    Session session(compiled(before));
    EXPECT_TRUE(session.record(tape.recorder()));
    double host_ms = 0;
    for (int tick = 0; tick < 40; ++tick, host_ms += 20) {
      if (tick == 3) session.set(1, 0.75);  // hit, level, wheel: by name
      if (tick % 5 == 1) session.set(2, 0.5), session.set(2, -0.125);
      if (tick == 4) session.send(0, "a \"key\" \xff", 2), session.send(0, "7", 1);
      if (tick == 6) request(session, moved);  // rehearsed, takes over in tick 8
      if (tick == 10) session.pause();
      if (tick == 11) session.step(8);
      if (tick == 12) session.play(), session.set_speed(1.5);
      if (tick == 14) session.seek(60000);
      if (tick == 15) session.set_period(Rail::PhaseA, 1000), session.set_period(Rail::PhaseB, 700);
      if (tick == 17) session.swap(Patch::parse(fewer));  // at once
      if (tick == 20) request(session, before);           // rehearsed once, cut short in tick 21
      if (tick == 21) session.set(1, 0.5), session.swap(Patch::parse(moved)), session.set(1, 0.625);
      if (tick == 24) request(session, before);  // cut short by an edit with errors
      if (tick == 25) session.swap(Patch::parse("oscilla 1\nnothing\n"));
      if (tick == 30) host_ms = 100;  // the host's clock goes back
      if (tick == 33) request(session, replaced(before, "draw =", "# a comment\ndraw ="));  // nothing to rehearse
      const double time = tick == 31 ? std::numeric_limits<double>::infinity() : host_ms;
      digests.push_back(frame_digest(session.tick(time)));
    }
  }
  return tape.text();
}

Recording read(const std::string& text) {
  auto recording = Recording::read(text);
  EXPECT_TRUE(recording.has_value()) << recording.error().line << ": " << recording.error().message;
  return *recording;
}

/// Digests of all frames; what diverged is a failure.
std::vector<std::string> replayed(const Recording& recording, const SessionOptions& session = {}) {
  ReplayOptions options;
  options.session = session;
  auto replay = Replay::begin(recording, options);
  std::vector<std::string> digests;
  if (!replay) {
    ADD_FAILURE() << replay.error().message;
    return digests;
  }
  while (const RenderFrame* frame = replay->next()) digests.push_back(frame_digest(*frame));
  EXPECT_FALSE(replay->divergence()) << describe(*replay->divergence());
  EXPECT_FALSE(replay->problem()) << replay->problem()->message;
  EXPECT_EQ(replay->compared(), recording.digests());
  return digests;
}

TEST(Recording, PlaysTheSameFramesHoweverItRuns) {
  std::vector<std::string> expected;
  const Recording recording = read(perform(60, expected));
  EXPECT_EQ(recording.ticks(), 40);
  EXPECT_EQ(recording.swaps(), 6u);
  EXPECT_TRUE(recording.complete());
  for (const std::string& isa : available_isas()) {
    SessionOptions options;
    options.isa = isa;
    EXPECT_EQ(replayed(recording, options), expected) << isa;
  }
  SessionOptions options;
  options.threads = 3, options.parallel_lanes = 0, options.chunk_lanes = 64, options.block_lanes = 16;
  options.skip = false, options.optimise = false;
  EXPECT_EQ(replayed(recording, options), expected);
}

TEST(Recording, IsTheSameTextWhoeverMakesIt) {
  std::vector<std::string> digests;
  const std::string text = perform(1, digests);
  EXPECT_EQ(perform(1, digests), text);
  EXPECT_EQ(read(text).digests(), 40u);
}

TEST(Recording, CanBeReadWhereverItIsCut) {
  std::vector<std::string> digests;
  const std::string text = perform(7, digests);
  const std::size_t first_line = text.find('\n') + 1;
  std::int64_t ticks = 0;
  for (std::size_t size = 0; size < text.size(); size += size < first_line ? 1 : 1 + size % 7) {
    const auto recording = Recording::read(std::string_view(text).substr(0, size));
    ASSERT_EQ(recording.has_value(), size >= first_line) << size;
    if (!recording) continue;
    ASSERT_GE(recording->ticks(), ticks);
    ASSERT_LE(recording->ticks(), ticks + 1);
    ASSERT_FALSE(recording->complete());
    ticks = recording->ticks();
  }
  EXPECT_EQ(ticks, 40);
  digests.resize(25);
  const std::size_t half = text.find("{\"tick\":25");
  EXPECT_EQ(replayed(read(text.substr(0, half + 30))), digests);
}

TEST(Recording, SaysWhereItDiverges) {
  std::vector<std::string> digests;
  const std::string text = perform(5, digests);
  // Another level from tick 3 on: frames 0 to 2 are equal, and 0 was the last that was compared.
  const Recording other = read(replaced(text, "\"to\":0.75", "\"to\":0.5"));
  auto replay = Replay::begin(other);
  ASSERT_TRUE(replay);
  while (replay->next() != nullptr) continue;
  ASSERT_TRUE(replay->divergence());
  EXPECT_EQ(replay->divergence()->tick, 5);
  EXPECT_EQ(replay->divergence()->expected, digests[5]);
  EXPECT_EQ(describe(*replay->divergence()), "frame 5 differs (frame 0 was equal): pass draw, lanes 0 to 4095");
  // One unit of lanes only.
  const std::size_t frame = text.find("{\"tick\":10");
  const std::size_t units =
      text.find("[[\"draw\"", frame) + std::string_view("[[\"draw\",\"01234567\",\"01234567\",\"01234567").size();
  std::string second = text;
  second[units] = second[units] == '0' ? '1' : '0';
  second[text.find("\"digest\":\"", frame) + 10] ^= 1;
  auto again = Replay::begin(read(second));
  ASSERT_TRUE(again);
  while (again->next() != nullptr) continue;
  ASSERT_TRUE(again->divergence());
  EXPECT_EQ(describe(*again->divergence()), "frame 10 differs (frame 8 was equal): pass draw, lanes 4096 to 8191");
}

/// The frame of a patch against that of another one.
std::string difference(std::string_view what, std::string_view with) {
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 5000)\n"
      "odd = dots.index == 4500 ? 0.25 : 0\n"
      "draw = RenderInstances2D((0.5, 0.25), shape: dots, size: 1 + 0 * odd, rotation: 0 * odd)\n";
  Session a(compiled(text)), b(compiled(replaced(text, what, with)));
  return first_difference(a.tick(0), b.tick(0));
}

TEST(Recording, SaysWhereTwoFramesDiffer) {
  EXPECT_EQ(difference("oscilla 1", "oscilla 1"), "");
  EXPECT_EQ(difference("(0.5, 0.25)", "(0.5, 0.25 + odd)"), "pass draw, lane 4500, y: 0.25 and 0.5");
  EXPECT_EQ(difference("1 + 0 * odd", "1 + odd"), "pass draw, lane 4500, size: 1 and 1.25");
  EXPECT_EQ(difference("rotation: 0 * odd", "rotation: odd"), "pass draw, lane 4500, rotation: 0 and 0.25");
  EXPECT_EQ(difference("count: 5000", "count: 4999"), "pass draw: 5000 and 4999 lanes");
  EXPECT_EQ(difference("oscilla 1\n", "oscilla 1\ncanvas 64x64 background #ff0000\n"),
            "its time, canvas, background, figures, styles or layers");
}

TEST(Recording, RefusesWhatIsNone) {
  const auto problem = [](std::string_view text) {
    const auto recording = Recording::read(text);
    return recording ? std::string("it was read") : recording.error().message;
  };
  std::vector<std::string> digests;
  const std::string text = perform(60, digests);
  EXPECT_EQ(problem(""), "it is empty");
  EXPECT_EQ(problem("{\"time\": 3}\n"), "this is no recording: its first line has no \"oscilla\": \"recording\"");
  EXPECT_EQ(problem(replaced(text, "\"version\":1", "\"version\":9")),
            "this recording has version 9, and this engine reads version 1");
  EXPECT_EQ(problem(replaced(text, "{\"tick\":7", "{\"tick\":8")), "tick 7 must come here");
  EXPECT_EQ(problem(replaced(text, "count: 5000", "count: 5001")),
            "the text of patch.oscilla is not the one that was recorded: its hash is another one");
  EXPECT_EQ(problem(replaced(text, "{\"pause\":true}", "{\"paws\":true}")),
            "this is nothing that can be done: {\"paws\":true}");
  const auto other = Replay::begin(read(replaced(text, "\"frameVersion\":", "\"frameVersion\":9")));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ReplayProblem::Kind::FrameFormat);
}

TEST(Recording, SurvivesWhateverItReads) {
  std::vector<std::string> digests;
  const std::string text = perform(20, digests);
  std::uint32_t random = 7;
  const auto next = [&random] { return random = random * 1664525 + 1013904223, random >> 8; };
  constexpr std::string_view kBytes = "\"{}[],:0-9e+.ntf \n\xff";
  int played = 0;
  for (int round = 0; round < 300; ++round) {
    std::string broken = text;
    for (int change = 0; change < 1 + round % 3; ++change)
      broken[next() % broken.size()] = kBytes[next() % kBytes.size()];
    const auto recording = Recording::read(broken);
    if (!recording) continue;
    auto replay = Replay::begin(*recording);
    for (int tick = 0; replay && tick < 10; ++tick) replay->next();
    ++played;
  }
  EXPECT_GT(played, 10);
}

/// A patch that reads a library and a mesh.
Patch with_files(const ReadAsset& read_asset) {
  const auto read = [](std::string_view path, std::string_view) -> std::optional<SourceText> {
    if (path != "twice.oscilla") return std::nullopt;
    return SourceText{"lib/twice.oscilla", "oscilla 1\ndefine Twice(x: float) -> (out) {\n  out = 2 * x\n}\n"};
  };
  return Patch::parse(
      "oscilla 1\nuse \"twice.oscilla\"\ntime = TimeRoot(periodA: 4s)\n"
      "mesh = Mesh(\"knot.obj\", Ellipse(rx: 0.01, ry: 0.01))\n"
      "turn = Twice(0.25 * time.phaseA)\n"
      "draw = RenderInstances2D(mesh.position.xy * (0.3 + turn), shape: mesh)\n",
      "files.oscilla", read, read_asset);
}

AssetFile knot(std::string_view path, std::string_view) {
  auto made = assets::read_mesh_file(OSCILLA_SOURCE_DIR "/patches/meshes/knot.obj");
  if (!made) return {std::string(path), nullptr, made.error()};
  return {"meshes/" + std::string(path), std::make_shared<const Mesh>(std::move(*made)), {}};
}

/// More than 1 MB of numbers.
ReadAsset large_mesh(float first) {
  return [first](std::string_view path, std::string_view) -> AssetFile {
    Mesh mesh;
    mesh.vertices = 40000;
    for (std::vector<float>& stream : mesh.streams) stream.assign(mesh.vertices, 0.25f);
    mesh.streams[0][0] = first;
    mesh.content = {std::bit_cast<std::uint32_t>(first), 1};
    return {std::string(path), std::make_shared<const Mesh>(std::move(mesh)), {}};
  };
}

/// Ten frames of it.
std::string recorded_with_files(const Patch& patch, std::vector<std::string>& digests) {
  CompileResult result = compile_patch(patch);
  EXPECT_TRUE(result.program) << rendered(result.diagnostics, patch);
  Tape tape(1);
  Session session(*result.program);
  session.record(tape.recorder());
  for (int tick = 0; tick < 10; ++tick) {
    if (tick == 5) session.swap(patch.with_text(replaced(std::string(patch.text()), "0.3 +", "0.2 +")));
    digests.push_back(frame_digest(session.tick(tick * 100.0)));
  }
  session.end_recording();
  return tape.text();
}

TEST(Recording, HasTheFilesOfAPatch) {
  std::vector<std::string> digests;
  const std::string text = recorded_with_files(with_files(knot), digests);
  EXPECT_EQ(replayed(read(text)), digests);
  // What a file says stands there once, whoever reads it again.
  const std::size_t first = text.find("define Twice");
  EXPECT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("define Twice", first + 1), std::string::npos);
  EXPECT_EQ(text.find("\"mesh\":{"), text.rfind("\"mesh\":{"));
}

TEST(Recording, NamesFilesThatAreTooLarge) {
  std::vector<std::string> digests;
  const Recording recording = read(recorded_with_files(with_files(large_mesh(0.5)), digests));
  const auto play = [&](ReadAsset here) {
    ReplayOptions options;
    options.read_asset = std::move(here);
    return Replay::begin(recording, options);
  };
  const auto missing = play({}), changed = play(large_mesh(0.75));
  ASSERT_FALSE(missing.has_value());
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(missing.error().kind, ReplayProblem::Kind::MissingFile);
  EXPECT_EQ(missing.error().message, "knot.obj is not in the recording, because it is too large, and it is not here");
  EXPECT_EQ(changed.error().kind, ReplayProblem::Kind::ChangedFile);
  EXPECT_EQ(changed.error().message, "knot.obj is not what it was when this was recorded");
  auto same = play(large_mesh(0.5));
  ASSERT_TRUE(same.has_value());
  while (same->next() != nullptr) continue;
  EXPECT_EQ(same->compared(), 10u);
  EXPECT_FALSE(same->divergence());
  EXPECT_FALSE(same->problem());
}

TEST(Recording, EndsWhenItCannotBeWritten) {
  Session session(compiled(std::string(kBefore)));
  int calls = 0;
  Recorder recorder([&](std::string_view) { return ++calls < 3 ? std::string() : std::string("the disk is full"); });
  ASSERT_TRUE(session.record(recorder));
  for (int tick = 0; tick < 50; ++tick) {
    session.tick(tick * 20.0);
    recorder.finish();
  }
  session.end_recording();
  recorder.finish();
  EXPECT_EQ(recorder.health().trouble, "the disk is full");
  EXPECT_EQ(calls, 3);
}

TEST(Recording, NeverDelaysAFrame) {
  Session session(compiled(std::string(kBefore)));
  std::atomic<bool> stuck{true};
  std::string text;
  {
    Recorder recorder([&](std::string_view lines) {
      text += lines;
      stuck.wait(true);
      return std::string();
    });
    ASSERT_TRUE(session.record(recorder));
    // 40 MB of events, while nothing is written: the ring is full long before the end.
    const std::string key(4000, 'k');
    for (int tick = 0; tick < 100; ++tick) {
      for (int i = 0; i < 100; ++i) session.send(0, key, i);
      session.tick(tick * 20.0);
    }
    session.end_recording();
    stuck.store(false);
    stuck.notify_all();
    recorder.finish();
    EXPECT_EQ(recorder.health().trouble, "the recording could not be written as fast as it was made");
  }
  const Recording recording = read(text);
  EXPECT_FALSE(recording.complete());
  EXPECT_EQ(recording.trouble(), "the recording could not be written as fast as it was made");
  EXPECT_GT(recording.ticks(), 5);
  EXPECT_LT(recording.ticks(), 50);  // the ring, once or twice, as the writer came to it
  replayed(recording);
}

TEST(Recording, BeginsWithTheFirstTickOrNotAtAll) {
  Session session(compiled(std::string(kBefore)));
  Tape first(60), second(60);
  EXPECT_TRUE(session.record(first.recorder()));
  EXPECT_FALSE(session.record(second.recorder()));
  session.tick(0);
  session.end_recording();
  EXPECT_FALSE(session.record(second.recorder()));
  Session other(compiled(std::string(kBefore)));
  EXPECT_FALSE(other.record(first.recorder())) << "it has a recording already";
  EXPECT_EQ(read(first.text()).ticks(), 1);
}

}  // namespace
}  // namespace oscilla::test
