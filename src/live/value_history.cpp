#include "live/value_history.hpp"

#include <algorithm>

namespace oscilla::live {

void ValueHistory::add(double value) {
  if (frames > 0) steps += value > last ? value - last : last - value;
  if (value < minimum) at_minimum = 0;
  if (value > maximum) at_maximum = 0;
  minimum = std::min(minimum, value);
  maximum = std::max(maximum, value);
  at_minimum += value == minimum ? 1 : 0;
  at_maximum += value == maximum ? 1 : 0;
  last = value;
  if (kept.size() < kKept)
    kept.push_back(value);
  else
    kept[static_cast<std::size_t>(frames) % kKept] = value;
  ++frames;
}

NearEnd ValueHistory::near_end(double margin) const {
  const double width = margin * range();
  std::int64_t counts[2] = {}, times[2] = {};
  bool was[2] = {};
  const std::size_t oldest = kept.size() < kKept ? 0 : static_cast<std::size_t>(frames) % kKept;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const double value = kept[(oldest + i) % kept.size()];
    const bool is[2] = {value - minimum <= width, maximum - value <= width};
    for (int end = 0; end < 2; ++end) {
      counts[end] += is[end] ? 1 : 0;
      times[end] += is[end] && !was[end] ? 1 : 0;
      was[end] = is[end];
    }
  }
  const int end = counts[1] >= counts[0] ? 1 : 0;
  const auto all = static_cast<std::int64_t>(kept.size());
  if (counts[0] + counts[1] >= all) return {};
  return {end == 1, static_cast<double>(counts[end]) / static_cast<double>(all), times[end]};
}

}  // namespace oscilla::live
