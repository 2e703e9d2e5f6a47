// What is computed once, what is not computed again, and that neither shows.
#include <algorithm>
#include <cmath>

#include "assets/obj.hpp"
#include "compile/plan_fields.hpp"
#include "exec/events.hpp"
#include "exec/voices.hpp"
#include "live/compiled_patch.hpp"
#include "live/prepare.hpp"
#include "patches.hpp"
#include "runtime/session.hpp"

namespace oscilla::test {
namespace {

/// A patch with caches: a wave along the lanes, chance, a sum up to every lane, and two of a mesh; colour moves.
struct CachedEdit {
  std::string wave = "sin";
  int count = 1000;
  int seed = 1;
  std::string factor = "37";
  std::string name = "dots";
  std::string color = "time.phaseA";
  std::string corner = "v 4 2 0";  // of the file
};

Patch cached_patch(const CachedEdit& edit) {
  const std::string text =
      "oscilla 1\nseed " + std::to_string(edit.seed) + "\ntime = TimeRoot()\n" + edit.name +
      " = Array(Ellipse(), count: " + std::to_string(edit.count) + ")\nwave = " + edit.wave + "(" + edit.name +
      ".t * " + edit.factor + ")\nchance = StableIdHash(" + edit.name + ")\ntotal = Scan(" + edit.name +
      ".t)\ndraw = RenderInstances2D((wave * 0.3 + time.phaseA, chance + 0.1 * time.phaseB), size: total, "
      "color: hsv(" +
      edit.color + " + " + edit.name +
      ".t, 1, 1))\nbox = Mesh(\"box.obj\", fit: keep)\nbend = sin(9 * box.position.x) * cos(box.position.y * 7)\n"
      "corners = RenderInstances2D((bend + time.phaseA, 0.5))\n";
  const std::string file = "v 0 0 0\nv 4 0 0\n" + edit.corner + "\n";
  return Patch::parse(text, "a.oscilla", {}, [&file](std::string_view path, std::string_view) -> AssetFile {
    auto mesh = assets::read_obj(file, path);
    EXPECT_TRUE(mesh.has_value());
    return {std::string(path), std::make_shared<const Mesh>(std::move(*mesh)), {}};
  });
}

Program program_of(const CachedEdit& edit) {
  const CompileResult result = compile_patch(cached_patch(edit));
  EXPECT_TRUE(result.program.has_value()) << rendered(result.diagnostics, cached_patch(edit));
  return *result.program;
}

/// How many caches an edit of the first program has to compute while the first one still runs.
std::uint32_t computed_after(const CachedEdit& edit) {
  const auto store = std::make_shared<runtime::CacheStore>();
  const runtime::Session first(program_of({}).compiled().program, {}, store);
  return runtime::Session(program_of(edit).compiled().program, {}, store).caches_computed();
}

std::uint32_t all_of(const CachedEdit& edit) {
  return runtime::Session(program_of(edit).compiled().program, {}).caches_computed();
}

/// The planes of the file `box.obj` that the patch reads, and what is made of them.
constexpr std::uint32_t kOfTheFile = 3;

TEST(Caches, EveryPartOfTheKeyMissesAndNothingElse) {
  const std::uint32_t all = all_of({});
  ASSERT_GE(all, 3 + kOfTheFile);
  EXPECT_EQ(computed_after({}), 0u) << "nothing was edited";
  EXPECT_EQ(computed_after({.color = "time.phaseB"}), 0u) << "what moves is in no cache";
  EXPECT_EQ(computed_after({.wave = "cos"}), 1u) << "an op";
  EXPECT_EQ(computed_after({.factor = "38"}), 1u) << "a constant";
  EXPECT_EQ(computed_after({.seed = 2}), 1u) << "the seed is in what is random, and in nothing else";
  EXPECT_EQ(computed_after({.count = 1001}), all_of({.count = 1001}) - kOfTheFile) << "the lanes of the instance";
  EXPECT_EQ(computed_after({.name = "spots"}), all_of({.name = "spots"}) - kOfTheFile) << "the instance";
  EXPECT_EQ(computed_after({.corner = "v 4 3 0"}), kOfTheFile) << "the file";
  EXPECT_EQ(computed_after({.corner = "# the same\nv 4.0 2 0"}), 0u) << "the numbers of the file are what counts";
}

TEST(Caches, AnotherEngineNeverFindsThem) {  // its kernels may compute other bits of the same expression
  const auto compiled = program_of({}).compiled().program;
  std::size_t cached = 0;
  for (const ir::Plane& plane : compiled->planes) {
    if (!plane.stable) continue;
    ++cached;
    const Hash128 value = compiled->exprs[plane.origin].hash;
    EXPECT_EQ(plane.key, compile::cache_key(ir::kEngineVersion, value, *compiled, plane.instance));
    EXPECT_NE(plane.key, compile::cache_key(ir::kEngineVersion + 1, value, *compiled, plane.instance));
  }
  EXPECT_GE(cached, 3u);
}

TEST(Caches, APoolsFixedCountIsPartOfTheKey) {
  const auto text = [](const char* count) {
    return "oscilla 1\ntime = TimeRoot()\npool = Array(Ellipse(), maxCount: 100, count: " + std::string(count) +
           ")\ndraw = RenderInstances2D((pool.index * 0.01, 0.5), color: hsv(hash(pool.index), 1, 1), shape: pool)\n";
  };
  Session session(compiled(text("40")));
  session.tick(0);
  session.swap(parsed(text("70")));
  Session fresh(compiled(text("70")));
  const RenderFrame &edited = session.tick(1000), &expected = fresh.tick(1000);
  ASSERT_EQ(edited.passes[0].instances.count, 70u);
  for (std::size_t lane = 0; lane < 70; ++lane)
    EXPECT_EQ(edited.passes[0].instances.core[lane].r, expected.passes[0].instances.core[lane].r) << lane;
}

using Planes = std::vector<std::shared_ptr<const runtime::CachedPlane>>;

/// A running program that others take over from, each prepared beside it as a session prepares them.
class Edited {
 public:
  explicit Edited(const CachedEdit& edit)
      : program_(program_of(edit)),
        session_(program_.compiled().program, {}, store_),
        planes_(live::build(program_, cached_patch(edit), {}, *store_)->state.caches) {}

  /// How many caches of the edited program are new; from then on it is the one that runs.
  std::uint32_t computed_by(const CachedEdit& edit) {
    const std::unique_ptr<live::PreparedSwap> prepared = live::build(program_, cached_patch(edit), {}, *store_);
    EXPECT_TRUE(prepared->program.has_value());
    live::plan_against(program_, {}, *prepared);
    const Planes planes = prepared->state.caches;
    const auto computed = std::ranges::count_if(planes, [&](const auto& plane) {
      return plane != nullptr && std::ranges::find(planes_, plane) == planes_.end();
    });
    session_.tick(t_ms_ += 16);
    session_.swap(prepared->incoming());
    session_.tick(t_ms_ += 16);
    program_ = *prepared->program;
    planes_ = planes;
    return static_cast<std::uint32_t>(computed);
  }

  const Planes& planes() const { return planes_; }

 private:
  std::shared_ptr<runtime::CacheStore> store_ = std::make_shared<runtime::CacheStore>();
  Program program_;
  runtime::Session session_;
  Planes planes_;  // of the program that runs
  double t_ms_ = 0;
};

/// The caches of an edit are the same numbers whoever computed them.
void expect_planes_of(const Planes& planes, const CachedEdit& edit) {
  const Edited fresh(edit);
  ASSERT_EQ(planes.size(), fresh.planes().size());
  for (std::size_t p = 0; p < planes.size(); ++p) {
    ASSERT_EQ(planes[p] == nullptr, fresh.planes()[p] == nullptr);
    if (planes[p] == nullptr) continue;
    EXPECT_TRUE(std::ranges::equal(planes[p]->lanes.span(), fresh.planes()[p]->lanes.span())) << "plane " << p;
  }
}

TEST(Caches, AfterASwapWhatWasEditedMissesAndTheRestHits) {
  CachedEdit now;
  Edited running(now);
  EXPECT_EQ(running.computed_by(now), 0u) << "nothing was edited";
  const auto expect = [&](std::uint32_t computed, const char* what) {
    EXPECT_EQ(running.computed_by(now), computed) << what;
    now.color = now.color == "time.phaseA" ? "time.phaseB" : "time.phaseA";
    EXPECT_EQ(running.computed_by(now), 0u) << "what has nothing to do with it, after " << what;
    expect_planes_of(running.planes(), now);
  };
  now.wave = "cos";
  expect(1, "sin became cos");
  now.count = 1001;
  expect(all_of(now) - kOfTheFile, "a count");
  now.seed = 2;
  expect(1, "the seed");
  now.corner = "v 4 3 0";
  expect(kOfTheFile, "the file");
}

TEST(Caches, LiveAsLongAsAProgramUsesThem) {
  const auto store = std::make_shared<runtime::CacheStore>();
  const std::uint32_t all = runtime::Session(program_of({}).compiled().program, {}, store).caches_computed();
  EXPECT_EQ(runtime::Session(program_of({}).compiled().program, {}, store).caches_computed(), all);
}

TEST(Caches, FoundOnesGiveTheSameFrames) {
  const auto store = std::make_shared<runtime::CacheStore>();
  runtime::Session first(program_of({}).compiled().program, {}, store);
  runtime::Session second(program_of({}).compiled().program, {}, store);
  for (int tick = 0; tick < 4; ++tick)
    EXPECT_EQ(frame_digest(first.tick(tick * 100.0)), frame_digest(second.tick(tick * 100.0)));
}

/// Patches that have a bit of everything that is stored: caches, spills, scans, gathers, states with two buffers.
std::vector<std::string> stored_patches() {
  std::vector<std::string> texts;
  for (const auto& path : patch_files("patches")) texts.push_back(read_file(path.string()));
  const std::string head = "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 10007)\n";
  texts.push_back(head +
                  "wave = sin(dots.t * 40 + time.tMs / 700ms) * cos(dots.t * 3 + time.tMs / 300ms)\n"
                  "middle = Reduce(wave, mode: average)\ntop = Reduce(abs(wave - middle), mode: max)\n"
                  "draw = RenderInstances2D((dots.t, 0.5 + 0.4 * (wave - middle) / top), size: noise(dots.t * 9))\n");
  texts.push_back(head +
                  "sums = Scan(hash(dots.index) * time.phaseA)\nhigh = Scan(sin(dots.t * 99), mode: max)\n"
                  "far = Neighbour(sums, offset: floor(10 * time.phaseB), edge: clamp)\n"
                  "draw = RenderInstances2D((dots.t, far / 10007), size: high)\n");
  texts.push_back(head +
                  "cell = UnitDelay(fract(0.3 * Neighbour(cell, offset: -1) + 0.71 * Neighbour(cell) + 0.1 * dots.t))\n"
                  "held = UnitDelay(dots.t * 0.5 + floor(time.tMs / 2s))\n"
                  "draw = RenderInstances2D((dots.t, cell), size: held)\n");
  texts.push_back(head +
                  "few = Array(Rect(), count: 70)\nplace = sin(few.t * 20 + time.tMs / 1s)\n"
                  "each = Pick(place, index: dots.index % 70)\none = Pick(place * 2, index: 12)\n"
                  "draw = RenderInstances2D((dots.t, each), size: one)\nlow = RenderInstances2D((few.t, place))\n");
  texts.push_back(
      "oscilla 1\ntime = TimeRoot()\nn = floor(3000 + 2000 * sin(time.tMs / 50ms))\n"
      "pool = Array(Ellipse(), count: n, maxCount: 6000)\nsums = Scan(hash(pool.index))\n"
      "cell = UnitDelay(0.5 * Neighbour(cell) + pool.t)\nall = Reduce(noise(pool.index * 0.1), mode: max)\n"
      "draw = RenderInstances2D((pool.t, sums / 6000), size: cell + noise(pool.index * 0.1) / all)\n");
  return texts;
}

TEST(Storage, NeverShows) {
  for (const std::string& text : stored_patches()) {
    const Patch patch = parsed(text);
    const auto digests_with = [&](bool caches, bool spills, bool skip, std::uint32_t threads) {
      CompileOptions compile;
      compile.caches = caches;
      compile.spills = spills;
      const CompileResult result = compile_patch(patch, compile);
      EXPECT_TRUE(result.program.has_value()) << text << rendered(result.diagnostics, patch);
      if (!result.program) return std::vector<std::string>{};
      SessionOptions options;
      options.skip = skip;
      options.threads = threads;
      options.parallel_lanes = 1;
      if (threads > 1) options.block_lanes = 64, options.isa = "scalar";
      return digests(*result.program, 8, options);
    };
    const std::vector<std::string> expected = digests_with(false, false, false, 1);
    EXPECT_EQ(digests_with(true, true, true, 1), expected) << text;
    EXPECT_EQ(digests_with(true, false, true, 2), expected) << text;
    EXPECT_EQ(digests_with(false, true, true, 3), expected) << text;
    EXPECT_EQ(digests_with(true, true, false, 2), expected) << text;
  }
}

std::uint32_t fields_run(runtime::Session& session, double t_ms) {
  session.tick(t_ms);
  return session.counts().fields_run;
}

runtime::Session session_of(const std::string& lines) {
  return {compiled("oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 500)\n" + lines).compiled().program,
          {}};
}

TEST(Skips, WhatDoesNotMoveIsNotComputedAgain) {
  auto still = session_of("draw = RenderInstances2D((dots.t, noise(dots.t * 5)))\n");
  EXPECT_EQ(fields_run(still, 0), 1u);
  EXPECT_EQ(fields_run(still, 16), 0u);
  auto steps = session_of("draw = RenderInstances2D((dots.t, floor(time.tMs / 100ms) / 10))\n");
  EXPECT_EQ(fields_run(steps, 0), 1u);
  EXPECT_EQ(fields_run(steps, 50), 0u) << "a uniform that is what it was";
  EXPECT_EQ(fields_run(steps, 150), 1u);
  EXPECT_EQ(fields_run(steps, 160), 0u);
}

TEST(Skips, AStateThatHasComeToRestIsOne) {
  auto held = session_of("held = UnitDelay(dots.t + floor(time.tMs / 1s))\ndraw = RenderInstances2D((dots.t, held))\n");
  EXPECT_EQ(fields_run(held, 0), 1u);
  EXPECT_EQ(fields_run(held, 16), 1u) << "the state is another one than in the first tick";
  EXPECT_EQ(fields_run(held, 32), 0u);
  EXPECT_EQ(fields_run(held, 1016), 1u);
  EXPECT_EQ(fields_run(held, 1032), 1u);
  EXPECT_EQ(fields_run(held, 1048), 0u);
}

TEST(Skips, AFrameLivesUntilTheSecondNextTick) {
  auto steps = session_of("draw = RenderInstances2D((dots.t, floor(time.tMs / 100ms) / 10))\n");
  for (int tick = 0; tick < 30; ++tick) {
    const RenderFrame& frame = steps.tick(tick * 40.0);
    const std::string digest = frame_digest(frame);
    const float y = frame.passes[0].instances.core[0].y;
    EXPECT_EQ(y, static_cast<float>(std::floor(tick * 40.0 / 100) / 10));
    steps.tick(++tick * 40.0);
    EXPECT_EQ(frame_digest(frame), digest) << tick;
  }
}

TEST(Evaluate, LeavesNoTraceAndFindsWhatTheNextTickFinds) {
  for (const std::string& text : stored_patches()) {
    const std::vector<std::string> expected = digests(compiled(text), 6);
    const std::string sink = compiled(text).compiled().program->sinks[0].name;
    const Program program = compiled(text, {sink + ".position"});
    Session session(program);
    for (int frame = 0; frame < 6; ++frame) {
      session.evaluate(program.frame_time_ms(frame + 100));
      session.evaluate(program.frame_time_ms(frame));
      const std::vector<double> found = session.probe()[0].data;
      EXPECT_EQ(frame_digest(session.tick(program.frame_time_ms(frame))), expected[static_cast<std::size_t>(frame)]);
      EXPECT_EQ(session.probe()[0].data, found) << text;
    }
  }
}

/// Bytes of a part.
std::uint64_t part(const Session& session, std::string_view name) {
  for (const MemoryPart& part : session.memory())
    if (part.name == name) return part.bytes;
  return 0;
}

/// What a sink's frames take: two buffers and one for every tick that its trail looks back, and the keys.
std::uint64_t bytes_of_outputs(const ir::Sink& sink, std::uint32_t lanes) {
  const bool more = sink.has_scale || sink.has_stroke || sink.shapes > 1;
  const std::uint64_t past = std::uint64_t{sink.trail} * sink.trail_step;
  std::uint64_t a_lane = sizeof(InstanceCore) + sizeof(std::uint32_t);
  if (sink.has_rotation) a_lane += sizeof(float);
  if (sink.has_scale) a_lane += 2 * sizeof(float);
  if (sink.has_stroke) a_lane += kStrokeFloats * sizeof(float);
  if (sink.shapes > 1) a_lane += sizeof(std::uint32_t) + sizeof(Batch);
  const std::uint64_t planes = more ? (sink.has_stroke ? runtime::kMorePlanes : 3) * sizeof(float) : 0;
  return exec::padded_lanes(lanes) * (a_lane * (2 + past) + planes + sizeof(std::uint32_t)) +
         (2 + past) * sizeof(Batch) + past * sizeof(Pass);
}

TEST(Memory, IsStateOutputsAndLittleElse) {
  for (const std::string& text : stored_patches()) {
    SessionOptions options;
    options.threads = 2;
    const Program program = compiled(text);
    const Session session(program, options);
    std::uint64_t most_lanes = 0;
    for (const ir::Instance& instance : program.compiled().program->instances)
      most_lanes = std::max<std::uint64_t>(most_lanes, exec::padded_lanes(instance.lanes));
    EXPECT_LE(part(session, "sort"), 16 * most_lanes);
    EXPECT_LE(part(session, "threads"), 2 * 65536u) << text;
    std::uint64_t states = 0;
    for (const ir::State& state : program.compiled().program->states)
      if (state.instance.valid())
        states += (state.double_buffered ? 2 : 1) * std::uint64_t{state.components} * 4 *
                  exec::padded_lanes(program.compiled().program->instances[state.instance.v].lanes);
    for (const ir::Queue& queue : program.compiled().program->queues)
      states += exec::EventQueue(queue.capacity).bytes();
    for (const ir::Voices& voices : program.compiled().program->voices)
      states += exec::VoiceMemory(program.compiled().program->instances[voices.instance.v].lanes).bytes();
    EXPECT_EQ(part(session, "state"), states);
    // Before the first edit only pools can change what is there: lanes on their way in and out.
    std::uint64_t fading = 0;
    for (const ir::Sink& sink : program.compiled().program->sinks) {
      const ir::Instance& instance = program.compiled().program->instances[sink.instance.v];
      const bool pool = instance.count.valid() && instance.count.v >= program.compiled().program->constant_slots;
      if (pool) fading += exec::padded_lanes(instance.lanes) * (4 + 3 * (sizeof(InstanceCore) + 4 * 9));
    }
    EXPECT_LE(part(session, "continuity"), fading) << text;
    std::uint64_t outputs = 0, caches = 0, spills = 0;
    for (const ir::Sink& sink : program.compiled().program->sinks)
      outputs += bytes_of_outputs(sink, program.compiled().program->instances[sink.instance.v].lanes);
    EXPECT_LE(part(session, "outputs"), outputs) << text;
    for (const ir::Plane& plane : program.compiled().program->planes)
      (plane.stable ? caches : spills) +=
          sizeof(float) * exec::padded_lanes(program.compiled().program->instances[plane.instance.v].lanes);
    EXPECT_LE(part(session, "caches"), caches) << text;
    const std::uint64_t partials = (sizeof(kernels::ReducePartial) + sizeof(double)) * exec::units_of(most_lanes);
    EXPECT_LE(part(session, "spills"), spills + partials * (program.compiled().program->reduces.size() + 1)) << text;
    EXPECT_LE(part(session, "code"), 1u << 19) << text;
    std::uint64_t sum = 0;
    for (const MemoryPart& part : session.memory()) sum += part.bytes;
    EXPECT_EQ(session.memory_bytes(), sum);
  }
}

TEST(Memory, OfAThreadIsBoundedHoweverMuchIsComputed) {
  std::string text = "oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 3000)\n";
  std::string sum = "0";
  for (int i = 0; i < 200; ++i) {
    const std::string name = "w" + std::to_string(i);
    text += name + " = sin(dots.t * " + std::to_string(i + 2) + " + time.tMs / 1s)\n";
    sum = name + (i % 2 == 0 ? " * (" : " - (") + sum + ")";
    if (i % 50 != 49) continue;
    text += "s" + std::to_string(i) + " = " + sum + "\n";
    sum = "s" + std::to_string(i);
  }
  text += "draw = RenderInstances2D((dots.t, " + sum + "))\n";
  const Program program = compiled(text);
  const Session session(program);
  EXPECT_LE(part(session, "threads"), 65536u);
  SessionOptions other;
  other.block_lanes = 16;
  other.optimise = false;
  EXPECT_EQ(digests(program, 2), digests(program, 2, other));
}

}  // namespace
}  // namespace oscilla::test
