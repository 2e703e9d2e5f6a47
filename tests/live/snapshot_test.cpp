// Snapshots: a session that is loaded goes on with the same frames, whatever it was doing when it was saved; what is no
// snapshot of its patch changes nothing.
#include <cstring>
#include <optional>
#include <regex>

#include "base/hash.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

using Bytes = std::vector<std::byte>;

Bytes saved(const Session& session) {
  auto bytes = session.save();
  EXPECT_TRUE(bytes.has_value()) << bytes.error();
  return bytes.value_or(Bytes{});
}

void load(Session& session, const Bytes& bytes) {
  const auto loaded = session.load(bytes);
  EXPECT_TRUE(loaded.has_value()) << loaded.error();
}

/// Inputs of any kind, of this frame.
void write_inputs(Session& session, int frame) {
  const std::vector<ChannelInfo> channels = session.program().channels();
  for (std::uint32_t c = 0; c < channels.size(); ++c) {
    if ((frame + static_cast<int>(c)) % 3 != 0) continue;
    session.set(c, 0.1 * ((frame * 7 + static_cast<int>(c) * 3) % 10));
    session.send(c, frame % 2 == 0 ? "60" : "a", frame % 4 == 0 ? 0 : 1);
  }
}

std::string frame_of(Session& session, int frame) {
  write_inputs(session, frame);
  const RenderFrame& picture = session.tick(session.program().frame_time_ms(frame));
  EXPECT_EQ(validate_frame(picture), "");
  return frame_digest(picture);
}

std::vector<std::string> frames_of(Session& session, int first, int end) {
  std::vector<std::string> digests;
  for (int frame = first; frame < end; ++frame) digests.push_back(frame_of(session, frame));
  return digests;
}

/// Options under which everything runs in another way than by default.
SessionOptions otherwise() {
  SessionOptions options;
  options.isa = "scalar";
  options.block_lanes = 16, options.skip = false, options.optimise = false;
  return options;
}

void swap_to(Session& session, const std::string& text) {
  session.request_swap(parsed(text));
  session.wait_for_requests();
}

/// Every frame of every patch of the gallery: back to it from some frames later, and the same again; in the session
/// itself, and in another one that begins there.
TEST(Snapshot, TheGalleryRollsBack) {
  constexpr int kFrames = 5, kAhead = 3;
  for (const auto& path : patch_files("patches")) {
    const Program program = compiled(read_file(path));
    if (program.lanes() > 60'000) continue;  // more of the same
    Session plain(program);
    const std::vector<std::string> expected = frames_of(plain, 0, kFrames + kAhead);
    const auto of = [&](int first, int end) {
      return std::vector<std::string>(expected.begin() + first, expected.begin() + end);
    };
    Session session(program);
    for (int frame = 0; frame < kFrames; ++frame) {
      const Bytes bytes = saved(session);
      ASSERT_EQ(frames_of(session, frame, frame + kAhead), of(frame, frame + kAhead)) << path << " " << frame;
      load(session, bytes);
      EXPECT_EQ(saved(session), bytes) << path << " " << frame;
      if (frame == 3) {
        Session other(program, otherwise());
        load(other, bytes);
        ASSERT_EQ(frames_of(other, frame, kFrames + kAhead), of(frame, kFrames + kAhead)) << path << " " << frame;
      }
      ASSERT_EQ(frame_of(session, frame), expected[static_cast<std::size_t>(frame)]) << path;
    }
  }
}

/// A performance of one edit, and one more; saved after each of its frames, loaded into a session that knows nothing of
/// it, and played to its end.
void expect_goes_on(const std::string& before, const std::string& after, bool rehearsed, int every = 1) {
  constexpr int kEdit = 4, kBack = 12, kEnd = 20;
  const Program old = compiled(before), next = compiled(after);
  const auto edit = [&](Session& session, int frame) {
    if (frame != kEdit && frame != kBack) return;
    const std::string& text = frame == kEdit ? after : before;
    if (rehearsed)
      swap_to(session, text);
    else
      session.swap(parsed(text));
  };
  std::vector<std::string> expected;
  std::vector<std::optional<Bytes>> snapshots;
  std::vector<Program> running;
  Session session(old);
  for (int frame = 0; frame < kEnd; ++frame) {
    edit(session, frame);
    expected.push_back(frame_of(session, frame));
    // While an edit is rehearsed the old program is what it always is; but whoever loads it must make the edit again.
    const bool on_its_way = rehearsed && (frame == kEdit || frame == kEdit + 1 || frame == kBack || frame == kBack + 1);
    snapshots.push_back(on_its_way ? std::nullopt : std::optional(saved(session)));
    running.push_back(session.program());
  }
  for (int frame = 0; frame < kEnd - 1; frame += every) {
    const auto at = static_cast<std::size_t>(frame);
    if (!snapshots[at]) continue;
    Session other(running[at], frame % 2 == 0 ? SessionOptions{} : otherwise());
    load(other, *snapshots[at]);
    for (int later = frame + 1; later < kEnd; ++later) {
      edit(other, later);
      ASSERT_EQ(frame_of(other, later), expected[static_cast<std::size_t>(later)])
          << "saved after frame " << frame << ", differs in " << later << "\n"
          << after;
    }
  }
}

/// Without the lines that begin so.
std::string without(std::string text, std::initializer_list<const char*> lines) {
  for (const char* line : lines) {
    const std::size_t at = text.find(line);
    text.erase(at, text.find('\n', at + 1) - at);
  }
  return text;
}

/// Numbers of every kind, ghosts with figures of their own, a pool, a trail, events that wait, voices.
constexpr std::string_view kEverything = R"(oscilla 1
canvas 128x96 fps 50
input level = Value(0.25)
input hit = Trigger()
time = TimeRoot(periodA: 4s)
dots = Array(Ellipse(rx: 0.01, ry: 0.02), count: 70)
pool = Array(Rect(width: 0.02), maxCount: 40, count: round(20 + 18 * sin(time.phaseA * 20)))
late = EventDelay(hit, delay: 70ms)
hits = Accumulator(1, trigger: late)
v = Voices(late, max: 4, release: 90ms)
turn = Lag(dots.u * hits, time: 50ms)
walk = UnitDelay(walk + (0.001, 0.002) * dots.u, initial: RandomScatter(dots))
pos = CircleLayout(dots, radius: 0.3 * level) + 0.1 * sin(time.phaseA + turn)
cam = Camera(distance: 2 + 0.1 * hits, tilt: 20)
sky = Background(#202020, fill: linear, stops: [hsv(time.phaseA, 0.5, 0.5), #000000])
sheet = Layer(1, opacity: 0.8)
a = RenderInstances2D(pos, color: hsv(dots.u, 0.8, 1), shape: dots, trail: 3, trailStep: 2)
b = RenderInstances2D(walk, shape: SvgPath("M0 0L10 0L5 8Q2 6 0 0Z", size: 0.1), size: 0.4, strokeWidth: 0.01, strokeColor: #ffcc00, fill: linear, stops: [#ff0000, hsv(time.phaseA, 1, 1)], dashes: [0.02, 0.01 + 0.01 * level], rotation: dots.u, scale: (1, 0.7), layer: 1, opacityGlide: 100ms)
c = RenderInstances2D(LineLayout(pool, from: (0.1, 0.5), to: (0.9, 0.5)), shape: pool, opacityGlide: 60ms)
d = RenderInstances2D((v.note / 10, v.age / 100ms), size: 0.2)
)";

TEST(Snapshot, GoesOnThroughEdits) {
  const std::string before(kEverything);
  const std::string moved = replaced(replaced(before, "0.1 * sin", "0.2 * sin"), "size: 0.4", "size: 0.5");
  const std::string plainer = replaced(before, "rotation: dots.u, scale: (1, 0.7), ", "");
  const std::string gone = without(before, {"\nb = ", "\nsky = ", "\nsheet = "});
  const std::string fewer = replaced(replaced(before, "count: 70", "count: 50"), "max: 4", "max: 3");
  for (const bool rehearsed : {true, false})
    for (const std::string& after : {moved, plainer, gone, fewer}) expect_goes_on(before, after, rehearsed);
}

TEST(Snapshot, GoesOnThroughEditsOfTheGallery) {
  const std::regex draws(R"(RenderInstances2D\(\s*(\w+)([,)]))");
  int edited = 0;
  for (const auto& path : patch_files("patches")) {
    const std::string before = read_file(path);
    const std::string after = std::regex_replace(before, draws, "RenderInstances2D($1 + 0.1 * sin($1.yx * 7)$2",
                                                 std::regex_constants::format_first_only);
    if (after == before || !compile_patch(parsed(after)).program || compiled(before).lanes() > 5'000) continue;
    ++edited;
    expect_goes_on(before, after, edited % 2 == 0, 7);
  }
  EXPECT_GT(edited, 10);
}

TEST(Snapshot, HoldsTheTransport) {
  const Program program = compiled(std::string(kEverything));
  Session session(program);
  frames_of(session, 0, 3);
  session.set_speed(1.5), session.seek(60'000), session.set_period(Rail::PhaseA, 700), session.pause(), session.step(8);
  const Bytes bytes = saved(session);
  const std::vector<std::string> expected = frames_of(session, 3, 6);
  Session other(program);
  load(other, bytes);
  EXPECT_EQ(frames_of(other, 3, 6), expected);
  EXPECT_FALSE(other.transport().playing);
  EXPECT_EQ(other.transport().position_ms, session.transport().position_ms);
}

std::string refusal(Session& session, const Bytes& bytes) {
  const auto loaded = session.load(bytes);
  return loaded ? "" : loaded.error();
}

TEST(Snapshot, OfSomethingElseIsRefused) {
  const std::string text = without(std::string(kEverything), {"\nc = "});  // what a pool lost is a pass of its own then
  Session session(compiled(text)), plain(compiled(text));
  frames_of(session, 0, 5), frames_of(plain, 0, 5);
  const Bytes bytes = saved(session);
  EXPECT_EQ(refusal(session, {}), "this is no snapshot");
  Bytes other = bytes;
  other[8] = std::byte{9};
  EXPECT_EQ(refusal(session, other), "it is a snapshot of version 9, and this engine reads version 1");
  other = bytes;
  other[12] = std::byte{9};
  EXPECT_EQ(refusal(session, other).substr(0, 38), "an engine of version 9 has made it, wh");
  Session stranger(compiled(replaced(text, "0.1 * sin", "0.2 * sin")));
  EXPECT_EQ(refusal(stranger, bytes), "it is of another patch than the one that runs");
  CompileOptions seeded;
  seeded.seed = 5;
  Session other_seed(*compile_patch(parsed(text), seeded).program);
  EXPECT_EQ(refusal(other_seed, bytes), "it is of another patch than the one that runs");
  Session edited(compiled(text));
  edited.swap(parsed(text + "# a comment\n"));
  EXPECT_EQ(edited.save().error(), "an edit has just taken over; it can be saved after the next tick");
  swap_to(session, text + "# a comment\n");
  EXPECT_EQ(refusal(session, bytes), "an edit is on its way; a snapshot can be loaded when that has taken over");
  EXPECT_EQ(frames_of(session, 5, 9), frames_of(plain, 5, 9)) << "nothing of it has changed anything";
}

TEST(Snapshot, DamagedIsRefusedWhole) {
  const std::string text(kEverything);
  Session session(compiled(text)), plain(compiled(text));
  frames_of(session, 0, 5), frames_of(plain, 0, 5);
  const Bytes bytes = saved(session);
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50)
    EXPECT_NE(refusal(session, Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))), "") << size;
  for (std::size_t at = 0; at < bytes.size(); at += 1 + at / 50) {
    Bytes flipped = bytes;
    flipped[at] ^= std::byte{16};
    EXPECT_NE(refusal(session, flipped), "") << at;
  }
  EXPECT_EQ(frames_of(session, 5, 9), frames_of(plain, 5, 9));
}

/// Bytes that somebody has made on purpose, with a checksum that fits: refused, or something that runs.
TEST(Snapshot, NoBytesMakeASessionThatCannotRun) {
  const Program old = compiled(std::string(kEverything));
  Session session(old);
  frames_of(session, 0, 5);
  swap_to(session, without(std::string(kEverything), {"\nb = "}));
  frames_of(session, 5, 9);
  const Bytes bytes = saved(session);
  Session other(session.program());
  std::size_t refused = 0, tried = 0;
  for (std::size_t at = 48; at + 16 < bytes.size(); at += 1 + at / 100) {
    for (const std::byte value : {std::byte{0xff}, std::byte{0}, bytes[at] ^ std::byte{1}}) {
      Bytes forged = bytes;
      forged[at] = value;
      const Hash128 hash = hash128(std::span(forged).first(forged.size() - 16));
      std::memcpy(forged.data() + forged.size() - 16, &hash, 16);
      ++tried;
      if (!refusal(other, forged).empty()) {
        ++refused;
        continue;
      }
      for (int frame = 9; frame < 11; ++frame) validate_frame(other.tick(frame * 20.0));
    }
  }
  EXPECT_GT(refused, tried / 20);
  EXPECT_LT(refused, tried);
}

}  // namespace
}  // namespace oscilla::test
