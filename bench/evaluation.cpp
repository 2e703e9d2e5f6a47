#include <fmt/format.h>

#include "fused_scenes.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

std::size_t index_of_least(const std::vector<Times>& times, std::size_t begin, std::size_t end) {
  std::size_t best = begin;
  for (std::size_t i = begin; i < end; ++i) {
    if (median(times[i]) < median(times[best])) best = i;
  }
  return best;
}

std::string way_text(std::size_t way) {
  constexpr std::string_view kLoops[] = {"1 loop", "2 loops", "3 loops", "4 loops", "6 loops", "10 loops"};
  return std::string(kLoops[way]);
}

void measure_row(const Options& options, const Entry& entry, std::uint32_t lanes, Report& report) {
  const Scene scene(path_of(entry), lanes);
  Stage stage(scene, options.isa);
  stage.tick();
  const FusedCode& code = code_of(entry, options.isa);
  HandWritten hand(stage, code);
  std::vector<std::function<void()>> contenders{[&] { stage.evaluate(true); }, [&] { stage.evaluate(false); }};
  for (const bool guarded : {true, false}) {
    for (std::size_t way = 0; way < code.ways; ++way)
      contenders.push_back([&hand, way, guarded] { hand.evaluate(way, guarded); });
  }
  const std::vector<Times> times = race(contenders, {.seconds = options.seconds});
  const std::size_t best = index_of_least(times, 2, 2 + code.ways);
  const std::size_t best_bare = index_of_least(times, 2 + code.ways, 2 + 2 * code.ways);

  Naive naive(stage);
  const std::vector<Times> against_naive = race({[&] { stage.evaluate(true); }, [&] { naive.evaluate(true); }},
                                                {.seconds = options.seconds / 2, .least_rounds = 3});

  const double ours = paired_ratio(times[0], times[best]), ours_bare = paired_ratio(times[1], times[best_bare]);
  const auto per_lane = [&](const Times& list) { return nanoseconds(median(list) / lanes); };
  report.row({std::string(entry.title), count(lanes), per_lane(times[0]), per_lane(times[best]), way_text(best - 2),
              ratio(ours), ratio(ours_bare), ratio(paired_ratio(against_naive[1], against_naive[0]))});
  const bool long_one = entry.file == kThreeHundred.file;
  if (long_one || lanes <= 100'000)
    report.promise(long_one ? kEvaluation300 : kEvaluation30, ours, count(lanes) + " lanes");
}

}  // namespace

std::string path_of(const Entry& entry) { return fmt::format("{}/{}.oscilla", OSCILLA_SCENES, entry.file); }

const FusedScenes& fused_scenes(kernels::Isa isa) {
  switch (isa) {
    case kernels::Isa::Sse2: return kFusedSse2;
    case kernels::Isa::Avx2: return kFusedAvx2;
    case kernels::Isa::Avx512: return kFusedAvx512;
    default: fail("no loops were written for this instruction set");
  }
}

const FusedCode& code_of(const Entry& entry, kernels::Isa isa) { return fused_scenes(isa).*entry.code; }

void measure_evaluation(const Options& options, Report& report) {
  report.heading("Evaluation");
  report.paragraph(
      "All that the fields of a frame compute for every lane, left in small arrays. The fused loop is the best of one "
      "loop "
      "over all values and several splits of it; both sides look for zero divisors and for what is not finite "
      "(\"bare\": "
      "neither).");
  report.columns({"scene", "lanes", "we, a lane", "fused, a lane", "in", "**ratio**", "bare", "naive to us"});
  for (const Entry& entry : {kThirty, kThreeHundred}) {
    for (const std::uint32_t lanes : kLaneCounts) {
      if (lanes <= options.most_lanes) measure_row(options, entry, lanes, report);
    }
  }
}

void measure_detection(const Options& options, Report& report) {
  report.heading("Detection");
  report.paragraph(
      "The engine's evaluation as it is, to the same without looking for what is not finite and with a division that "
      "does "
      "not look at its divisor.");
  report.columns({"scene", "lanes", "with, a lane", "without, a lane", "**ratio**"});
  for (const Entry& entry : {kThirty, kThreeHundred}) {
    const std::uint32_t lanes = 16'384;
    const Scene scene(path_of(entry), lanes);
    Stage stage(scene, options.isa);
    stage.tick();
    const std::vector<Times> times =
        race({[&] { stage.evaluate(true); }, [&] { stage.evaluate(false); }}, {.seconds = options.seconds});
    const double value = paired_ratio(times[0], times[1]);
    report.row({std::string(entry.title), count(lanes), nanoseconds(median(times[0]) / lanes),
                nanoseconds(median(times[1]) / lanes), ratio(value)});
    report.promise(kDetection, value, std::string(entry.title));
  }
}

}  // namespace oscilla::bench
