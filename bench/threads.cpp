#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "oscilla/session.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

constexpr int kRounds = 5;
constexpr double kLeastControl = 0.95;

/// A session that goes on by a frame at every call.
class Running {
 public:
  Running(const Scene& scene, const Options& options, std::uint32_t threads, std::uint32_t parallel_lanes)
      : program_(scene.program()),
        session_(
            scene.program(),
            {.isa = std::string(kernels::name_of(options.isa)), .threads = threads, .parallel_lanes = parallel_lanes}) {
  }
  void tick() { session_.tick(program_.frame_time_ms(frame_++)); }

 private:
  Program program_;
  Session session_;
  std::int64_t frame_ = 0;
};

/// Times of single ticks with the rest of a sixtieth of a second between them, as they are in a window.
Times paced(Running& running, std::size_t ticks) {
  Times times;
  for (std::size_t i = 0; i < ticks; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(4));
    const double begin = now_ns();
    running.tick();
    times.push_back(now_ns() - begin);
  }
  return times;
}

}  // namespace

/// A round counts if the one-thread control in it took hardly more time than it had a processor for: then nobody else
/// had the machine.
void measure_threads(const Options& options, Report& report) {
  report.heading("Two threads");
  report.paragraph(
      fmt::format("Whole frames, interleaved with one thread's; the best of {} rounds in which the one-thread control "
                  "reached {} of the "
                  "speed that it has when only its own processor time counts.",
                  kRounds, kLeastControl));
  report.columns({"scene", "lanes", "one thread, a lane", "two threads, a lane", "**ratio**", "rounds that count"});
  for (const Entry& entry : {kThirty, kThirtyDepth, kThreeHundred}) {
    for (const std::uint32_t lanes : {100'000u, 1'000'000u}) {
      if (lanes > options.most_lanes) continue;
      const Scene scene(path_of(entry), lanes);
      Running one(scene, options, 1, 0), two(scene, options, 2, 0);
      std::vector<std::vector<Times>> rounds;
      const double solo = median(race({[&] { one.tick(); }}, {.seconds = options.seconds / 4})[0]);
      for (int round = 0; round < kRounds; ++round) {
        rounds.push_back(
            race({[&] { one.tick(); }, [&] { two.tick(); }}, {.seconds = options.seconds / 2, .own_time = false}));
      }
      int valid = 0;
      const std::vector<Times>* best = nullptr;
      for (const std::vector<Times>& round : rounds) {
        if (solo / median(round[0]) < kLeastControl) continue;
        ++valid;
        if (best == nullptr || paired_ratio(round[1], round[0]) < paired_ratio((*best)[1], (*best)[0])) best = &round;
      }
      if (entry.file == kThirty.file && lanes == 1'000'000) report.attempt(kTwoThreads);
      if (best == nullptr) {
        report.row({std::string(entry.title), count(lanes), "", "", "not measurable", fmt::format("0 of {}", kRounds)});
        continue;
      }
      const double value = paired_ratio((*best)[1], (*best)[0]);
      report.row({std::string(entry.title), count(lanes), nanoseconds(median((*best)[0]) / lanes),
                  nanoseconds(median((*best)[1]) / lanes), ratio(value), fmt::format("{} of {}", valid, kRounds)});
      if (entry.file == kThirty.file && lanes == 1'000'000) report.promise(kTwoThreads, value, "whole frame, in order");
    }
  }
}

void measure_parallel_threshold(const Options& options, Report& report) {
  report.heading("When a second thread pays");
  report.paragraph(
      "Whole frames of 30 operations on two threads, whatever their size, to one thread: one frame after the other, "
      "and "
      "with a pause of 4 ms between frames, in which the second thread falls asleep.");
  report.columns({"lanes", "one thread", "ratio without pause", "ratio with pauses"});
  for (const std::uint32_t lanes : {4'096u, 8'192u, 16'384u, 32'768u, 65'536u, 131'072u}) {
    const Scene scene(path_of(kThirty), lanes);
    Running one(scene, options, 1, 0), two(scene, options, 2, 1);
    const std::vector<Times> times =
        race({[&] { one.tick(); }, [&] { two.tick(); }}, {.seconds = options.seconds / 2, .own_time = false});
    const Times one_paced = paced(one, 60), two_paced = paced(two, 60);
    report.row({count(lanes), nanoseconds(median(times[0])), ratio(paired_ratio(times[1], times[0])),
                ratio(median(two_paced) / median(one_paced))});
  }
}

}  // namespace oscilla::bench
