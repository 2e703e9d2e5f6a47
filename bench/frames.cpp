#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "oscilla/session.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

/// Ways to write a frame by hand: everything in one loop, then evaluation in each of its ways before packing.
std::size_t frame_ways(const FusedCode& code) { return code.ways + 1; }

void expect_equal(const RenderFrame& frame, const HandWritten& hand, std::size_t way) {
  const Instances& instances = frame.passes[0].instances;
  const bool same =
      instances.visible == hand.visible() &&
      std::memcmp(instances.core.data(), hand.core().data(), instances.core.size_bytes()) == 0 &&
      std::equal(instances.order.begin(), instances.order.end(), hand.order().begin(), hand.order().end());
  if (!same) fail(fmt::format("the frame written by hand, way {}, is another", way));
}

/// libm and our kernels differ in the last places only.
void expect_near(const RenderFrame& frame, const Naive& naive) {
  const Instances& instances = frame.passes[0].instances;
  if (naive.order().size() != instances.visible) fail("the naive port draws other lanes");
  for (std::size_t i = 0; i < instances.core.size(); ++i) {
    const InstanceCore &ours = instances.core[i], &theirs = naive.core()[i];
    const float distance = std::abs(ours.x - theirs.x) + std::abs(ours.y - theirs.y) +
                           std::abs(ours.depth - theirs.depth) + std::abs(ours.size - theirs.size) +
                           std::abs(ours.r - theirs.r) + std::abs(ours.g - theirs.g) + std::abs(ours.b - theirs.b) +
                           std::abs(ours.a - theirs.a);
    if (!(distance < 1e-2f)) fail(fmt::format("the naive port has another lane {}, by {}", i, distance));
  }
}

/// Before anything is measured: do all contenders make the same frame?
void check_contenders(Stage& stage, const FusedCode& code) {
  const RenderFrame& frame = stage.tick();
  for (std::size_t way = 0; way < frame_ways(code); ++way) {
    HandWritten hand(stage, code);
    hand.frame(way, true);
    expect_equal(frame, hand, way);
  }
  Naive naive(stage);
  naive.frame(true);
  expect_near(frame, naive);
}

std::size_t best_of(const std::vector<Times>& times, std::size_t begin) {
  std::size_t best = begin;
  for (std::size_t i = begin; i < times.size(); ++i) {
    if (median(times[i]) < median(times[best])) best = i;
  }
  return best;
}

void keep_promises(const Entry& entry, std::uint32_t lanes, double hand, double naive, Report& report) {
  const std::string place = fmt::format("{}, {} lanes", entry.title, count(lanes));
  report.promise(lanes <= 100'000 ? kFrame100k : kFrame1M, hand, place);
  if (lanes != 100'000 || entry.file == kThreeHundred.file) return;
  report.promise(entry.file == kThirty.file ? kNaiveOrdered : kNaiveRandom, naive, place);
}

void measure_row(const Options& options, const Entry& entry, std::uint32_t lanes, Report& report) {
  const Scene scene(path_of(entry), lanes);
  Stage stage(scene, options.isa);
  const FusedCode& code = code_of(entry, options.isa);
  check_contenders(stage, code);
  Session session(scene.program(), {.isa = std::string(kernels::name_of(options.isa))});
  std::int64_t tick = 0;
  const auto ours = [&] { session.tick(scene.program().frame_time_ms(tick++)); };
  HandWritten hand(stage, code);
  std::vector<std::function<void()>> contenders{ours};
  for (std::size_t way = 0; way < frame_ways(code); ++way)
    contenders.push_back([&hand, way] { hand.frame(way, true); });
  const std::vector<Times> times = race(contenders, {.seconds = options.seconds});
  const std::size_t best = best_of(times, 1);
  Naive naive(stage);
  const std::vector<Times> against_naive =
      race({ours, [&] { naive.frame(true); }}, {.seconds = options.seconds, .least_rounds = 7});
  const double to_hand = paired_ratio(times[0], times[best]);
  const double to_naive = paired_ratio(against_naive[1], against_naive[0]);
  const auto per_lane = [&](const Times& list) { return nanoseconds(median(list) / lanes); };
  report.row({std::string(entry.title), count(lanes), nanoseconds(median(times[0])), per_lane(times[0]),
              per_lane(times[best]), best == 1 ? "all in one loop" : "packing apart", ratio(to_hand),
              per_lane(against_naive[1]), ratio(to_naive)});
  keep_promises(entry, lanes, to_hand, to_naive, report);
}

}  // namespace

void measure_frames(const Options& options, Report& report) {
  report.heading("Whole frames");
  report.paragraph(
      "A session's tick: evaluation, state, projection, packing, drawing order. By hand: the best of one loop for all "
      "and "
      "of packing apart, with our order step, two frames kept in turn as ours are; its frame is ours to the bit. "
      "Naive: a "
      "vector and a pass for every operation, libm, -O2, std::stable_sort.");
  report.columns({"scene", "lanes", "we, a frame", "a lane", "by hand, a lane", "", "**ratio**", "naive, a lane",
                  "**naive to us**"});
  for (const Entry& entry : {kThirty, kThirtyDepth, kThreeHundred}) {
    for (const std::uint32_t lanes : kLaneCounts) {
      if (lanes <= options.most_lanes) measure_row(options, entry, lanes, report);
    }
  }
}

void measure_shapes(const Options& options, Report& report) {
  report.heading("Two shapes in turn");
  report.paragraph(
      "Whole frames of 30 operations whose lanes are drawn with two shapes alternately, to the same with one.");
  report.columns({"lanes", "one shape, a lane", "two shapes, a lane", "**ratio**"});
  for (const std::uint32_t lanes : kLaneCounts) {
    if (lanes > options.most_lanes) continue;
    const Scene one_scene(path_of(kThirty), lanes), two_scene(path_of(kTwoShapesScene), lanes);
    const SessionOptions session_options{.isa = std::string(kernels::name_of(options.isa))};
    Session one(one_scene.program(), session_options), two(two_scene.program(), session_options);
    std::int64_t tick = 0;
    const auto next = [&](Session& session) { session.tick(one_scene.program().frame_time_ms(tick++)); };
    const std::vector<Times> times = race({[&] { next(one); }, [&] { next(two); }}, {.seconds = options.seconds});
    const double value = paired_ratio(times[1], times[0]);
    report.row(
        {count(lanes), nanoseconds(median(times[0]) / lanes), nanoseconds(median(times[1]) / lanes), ratio(value)});
    if (lanes == 100'000) report.promise(kTwoShapes, value, count(lanes) + " lanes");
  }
}

void measure_still(const Options& options, Report& report) {
  report.heading("Nothing moves");
  report.paragraph(
      "A frame whose fields do not move, to the same computed anew every time (`oscilla bench --recompute`).");
  report.columns({"lanes", "as it is", "computed anew", "**ratio**"});
  for (const std::uint32_t lanes : kLaneCounts) {
    if (lanes > options.most_lanes) continue;
    const Scene scene(path_of(kStill), lanes);
    const CompileResult anew_program =
        compile_patch(scene.program().patch(), {.seed = {}, .probes = {}, .caches = false});
    const std::string isa(kernels::name_of(options.isa));
    Session kept(scene.program(), {.isa = isa}), anew(*anew_program.program, {.isa = isa, .skip = false});
    std::int64_t tick = 0;
    const auto next = [&](Session& session) { session.tick(scene.program().frame_time_ms(tick++)); };
    const std::vector<Times> times = race({[&] { next(kept); }, [&] { next(anew); }}, {.seconds = options.seconds});
    const double value = paired_ratio(times[0], times[1]);
    report.row(
        {count(lanes), nanoseconds(median(times[0])), nanoseconds(median(times[1])), fmt::format("{:.4f}", value)});
    if (lanes == 100'000) report.promise(kStillFrame, value, count(lanes) + " lanes");
  }
}

void measure_memory(const Options& options, Report& report) {
  report.heading("Memory of a session");
  report.columns({"scene", "lanes", "memory", "a lane"});
  for (const std::uint32_t lanes : kLaneCounts) {
    if (lanes > options.most_lanes) continue;
    const Scene scene(path_of(kThirty), lanes);
    const Session session(scene.program());
    const auto bytes = static_cast<double>(session.memory_bytes());
    report.row({std::string(kThirty.title), count(lanes), fmt::format("{:.2f} MiB", bytes / (1 << 20)),
                fmt::format("{:.1f} bytes", bytes / lanes)});
  }
}

}  // namespace oscilla::bench
