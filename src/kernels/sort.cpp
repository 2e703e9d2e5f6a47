#include <bit>
#include <utility>

#include "kernels/frame_kernels.hpp"

namespace oscilla::kernels {
namespace {

constexpr unsigned kMaximumDigitBits = 12;

/// One pass: entries by the digit at `shift`, equal digits in their order. `starts` has room for every digit.
template <class Put>
void distribute(const SortEntry* in, std::uint32_t count, unsigned shift, unsigned bits, std::uint32_t* starts,
                Put put) {
  const std::uint32_t digits = 1u << bits, mask = digits - 1;
  for (std::uint32_t d = 0; d < digits; ++d) starts[d] = 0;
  for (std::uint32_t i = 0; i < count; ++i) ++starts[in[i].key >> shift & mask];
  std::uint32_t position = 0;
  for (std::uint32_t d = 0; d < digits; ++d) position += std::exchange(starts[d], position);
  for (std::uint32_t i = 0; i < count; ++i) put(starts[in[i].key >> shift & mask]++, in[i]);
}

}  // namespace

std::uint32_t sort_by_key(const std::uint32_t* keys, std::uint32_t lanes, std::uint32_t* order, SortEntry* scratch) {
  SortEntry* from = scratch;
  SortEntry* to = scratch + lanes;
  std::uint32_t count = 0, least = kInvisibleKey, greatest = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t key = keys[lane];
    from[count] = {key, lane};
    const bool visible = key != kInvisibleKey;
    count += visible;
    least = key < least ? key : least;
    greatest = visible && key > greatest ? key : greatest;
  }
  if (count == 0) return 0;
  const unsigned range_bits = static_cast<unsigned>(std::bit_width(greatest - least));
  const unsigned passes = (range_bits + kMaximumDigitBits - 1) / kMaximumDigitBits;
  if (passes == 0) {
    for (std::uint32_t i = 0; i < count; ++i) order[i] = from[i].lane;
    return count;
  }
  for (std::uint32_t i = 0; i < count; ++i) from[i].key -= least;
  const unsigned bits = (range_bits + passes - 1) / passes;
  std::uint32_t starts[1u << kMaximumDigitBits];
  for (unsigned pass = 0; pass + 1 < passes; ++pass) {
    distribute(from, count, pass * bits, bits, starts, [&](std::uint32_t at, SortEntry entry) { to[at] = entry; });
    std::swap(from, to);
  }
  distribute(from, count, (passes - 1) * bits, bits, starts,
             [&](std::uint32_t at, SortEntry entry) { order[at] = entry.lane; });
  return count;
}

}  // namespace oscilla::kernels
