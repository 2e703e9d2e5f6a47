#include "race.hpp"

#include <algorithm>
#include <ctime>

namespace oscilla::bench {
namespace {

constexpr double kShortestNs = 2'000'000;

struct Contender {
  const std::function<void()>* run;
  std::size_t repeats = 1;
};

double read_clock(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// The first half of a turn, of both buffers, finds the others' data in the caches and does not count: in life a frame
/// follows its own.
double time_of(const Contender& contender, clockid_t clock) {
  for (std::size_t r = 0; r <= contender.repeats; ++r) (*contender.run)();
  const double begin = read_clock(clock);
  for (std::size_t r = 0; r < contender.repeats; ++r) (*contender.run)();
  return (read_clock(clock) - begin) / static_cast<double>(contender.repeats);
}

}  // namespace

double now_ns() { return read_clock(CLOCK_MONOTONIC); }
double own_time_ns() { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

std::vector<Times> race(const std::vector<std::function<void()>>& contenders, const RaceOptions& options) {
  const clockid_t clock = options.own_time ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
  std::vector<Contender> list;
  double round_ns = 0;
  for (const std::function<void()>& run : contenders) {
    Contender contender{&run};
    const double once = std::max(time_of(contender, clock), 1.0);
    contender.repeats = static_cast<std::size_t>(std::max(1.0, kShortestNs / once));
    round_ns += once * static_cast<double>(2 * contender.repeats + 1);
    list.push_back(contender);
  }
  const auto wanted = static_cast<std::size_t>(options.seconds * 1e9 / round_ns);
  const std::size_t rounds = std::clamp(wanted, options.least_rounds, options.most_rounds);
  std::vector<Times> times(list.size());
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::size_t who = (round + i) % list.size();
      times[who].push_back(time_of(list[who], clock));
    }
  }
  return times;
}

double median(Times times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

double least(const Times& times) { return *std::min_element(times.begin(), times.end()); }

double paired_ratio(const Times& numerator, const Times& denominator) {
  Times ratios;
  for (std::size_t i = 0; i < numerator.size(); ++i) ratios.push_back(numerator[i] / denominator[i]);
  return median(std::move(ratios));
}

}  // namespace oscilla::bench
