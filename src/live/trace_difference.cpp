// Where two runs of one program part: the value of the earliest step that is another one.
#include <algorithm>
#include <bit>

#include <fmt/ranges.h>

#include "oscilla/trace.hpp"

namespace oscilla {
namespace {

/// ", made by step 3 (fields dots), in slot 17"; of something that has no name of its own the expression.
std::string maker_of(const TracedFrame& frame, const TraceRow& row) {
  std::string text = row.step && *row.step < frame.steps.size()
                         ? fmt::format(", made by step {} ({})", *row.step, frame.steps[*row.step])
                         : ", which is there before the first step";
  if (row.slot) text += fmt::format(", in slot {}", *row.slot);
  if (row.expression != ~0u) text += fmt::format(", %{}", row.expression);
  return text;
}

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return std::ranges::equal(
      a, b, [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
}

}  // namespace

std::string first_difference(const TracedFrame& a, const TracedFrame& b) {
  const TraceRow* first = nullptr;
  for (std::size_t r = 0; r < std::min(a.rows.size(), b.rows.size()); ++r) {
    const TraceRow& row = a.rows[r];
    if (same_bits(a.numbers_of(row), b.numbers_of(b.rows[r]))) continue;
    if (first == nullptr || row.step.value_or(0) < first->step.value_or(0)) first = &row;
  }
  if (first == nullptr) return {};
  const std::ptrdiff_t index = first - a.rows.data();
  const auto left = a.numbers_of(*first), right = b.numbers_of(b.rows[static_cast<std::size_t>(index)]);
  return fmt::format("{}{}: {} and {}", first->name, maker_of(a, *first), fmt::join(left, " "), fmt::join(right, " "));
}

}  // namespace oscilla
