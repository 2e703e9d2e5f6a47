// Measuring side by side: every contender runs once a round, in an order that turns, so that what disturbs the machine
// disturbs all. In: functions. Out: times by contender and round; ratios are taken within a round.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace oscilla::bench {

/// Nanoseconds by round.
using Times = std::vector<double>;

struct RaceOptions {
  double seconds = 0.5;  ///< in all, about
  double now_ns();
  /// Time that the calling thread had a processor, so that what others take away does not count; off where contenders
  /// have threads of their own.
  bool own_time = true;
  std::size_t least_rounds = 15;
  std::size_t most_rounds = 301;
};

/// A contender's turn is a run that is measured, after two that warm the caches and are not. A run that lasts less than
/// two milliseconds is repeated until it does, in either half.
std::vector<Times> race(const std::vector<std::function<void()>>& contenders, const RaceOptions& options);

double median(Times times);
double least(const Times& times);
/// The median of a round's own ratio.
double paired_ratio(const Times& numerator, const Times& denominator);

double now_ns();
/// Time that the calling thread had a processor.
double own_time_ns();

}  // namespace oscilla::bench
