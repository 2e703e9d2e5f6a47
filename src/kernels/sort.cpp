#include <bit>
#include <cstddef>
#include <utility>

#include "kernels/frame_kernels.hpp"

namespace oscilla::kernels {
namespace {

/// While an order fits into a second-level cache, fewer passes win; beyond it, so many places are written at once that
/// each write misses (1,000,000 lanes of 24 bits: 7.6 ns a lane in two passes, 5.2 in three).
constexpr std::uint32_t kCachedLanes = 1u << 18;
constexpr unsigned kCachedDigitBits = 12;
constexpr unsigned kDigitBits = 10;
constexpr unsigned kMaximumPasses = 4;
constexpr std::uint32_t kMaximumDigits = 2 * ((1u << kCachedDigitBits) + 1);  // two passes have the most digits in all

/// How keys are cut into digits and carried from pass to pass: an entry is what is left of the key, above the lane.
struct Digits {
  std::uint32_t least;
  unsigned range_bits, bits, passes, lane_bits;

  std::uint32_t count() const { return 1u << bits; }
  std::uint32_t mask() const { return count() - 1; }
  /// Whether an entry fits into 32 bits after `passes_done`.
  bool is_narrow(unsigned passes_done) const {
    const unsigned done = passes_done * bits;
    return (range_bits > done ? range_bits - done : 0) + lane_bits <= 32;
  }
};

/// What sorting takes, in about half nanoseconds: a pass looks at every lane, and adds up the counts of its digits.
std::uint32_t cost_of(unsigned passes, unsigned range_bits, std::uint32_t lanes) {
  constexpr std::uint32_t kLane = 4;
  return passes * (kLane * lanes + (1u << (range_bits + passes - 1) / passes));
}

Digits digits_of(const KeyRange& range, std::uint32_t lanes) {
  const auto range_bits = static_cast<unsigned>(std::bit_width(range.greatest - range.least));
  const unsigned limit = lanes <= kCachedLanes ? kCachedDigitBits : kDigitBits;
  unsigned passes = range_bits == 0 ? 1 : (range_bits + limit - 1) / limit;
  // Of few lanes more passes win (256 lanes of 24 bits: 9 ns a lane in three passes, 21 in two).
  if (lanes < 2 * (1u << kCachedDigitBits))
    while (passes < kMaximumPasses && cost_of(passes + 1, range_bits, lanes) < cost_of(passes, range_bits, lanes))
      ++passes;
  const auto lane_bits = static_cast<unsigned>(std::bit_width(lanes - 1));
  return {range.least, range_bits, (range_bits + passes - 1) / passes, passes, lane_bits};
}

/// Where the lanes of each digit begin, for all passes in one sweep. Invisible lanes have a digit of their own, the
/// last; they are dropped by the first pass.
template <unsigned passes>
void count_digits(const std::uint32_t* keys, std::uint32_t lanes, const Digits& digits, std::uint32_t* starts) {
  const std::uint32_t mask = digits.mask(), stride = digits.count() + 1, least = digits.least;
  const unsigned bits = digits.bits;
  for (std::uint32_t i = 0; i < passes * stride; ++i) starts[i] = 0;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    std::uint32_t rest = keys[lane] - least;
    const bool hidden = keys[lane] == kInvisibleKey;
    for (unsigned pass = 0; pass < passes; ++pass) {
      ++starts[pass * stride + (hidden ? mask + 1 : rest & mask)];
      rest >>= bits;
    }
  }
  for (unsigned pass = 0; pass < passes; ++pass) {
    std::uint32_t position = 0;
    for (std::uint32_t d = 0; d < stride; ++d) position += std::exchange(starts[pass * stride + d], position);
  }
}

void count_digits(const std::uint32_t* keys, std::uint32_t lanes, const Digits& digits, std::uint32_t* starts) {
  switch (digits.passes) {
    case 1: return count_digits<1>(keys, lanes, digits, starts);
    case 2: return count_digits<2>(keys, lanes, digits, starts);
    case 3: return count_digits<3>(keys, lanes, digits, starts);
    default: return count_digits<kMaximumPasses>(keys, lanes, digits, starts);
  }
}

/// Puts entry_of(i) where the next lane of digit_of(i) goes, for all i in their order. Two at a time: both places are
/// read before one is written, so that a processor which lets a read wait for the writes before it waits half as often;
/// four at a time need more registers than there are (16,384 lanes of 24 bits: 5.5 ns a lane, four at a time 6.9).
template <class To, class Digit, class Entry>
void scatter(std::uint32_t count, std::uint32_t* starts, To* to, Digit digit_of, Entry entry_of) {
  std::uint32_t i = 0;
  for (; i + 2 <= count; i += 2) {
    const std::uint32_t first = digit_of(i), second = digit_of(i + 1);
    const std::uint32_t place = starts[first], next_place = starts[second] + (first == second);
    to[place] = entry_of(i);
    to[next_place] = entry_of(i + 1);
    starts[first] = place + 1;
    starts[second] = next_place + 1;
  }
  for (; i < count; ++i) to[starts[digit_of(i)]++] = entry_of(i);
}

/// Keys -> entries by their least digit; invisible lanes come last.
template <class Entry>
void distribute_keys(const std::uint32_t* keys, std::uint32_t lanes, const Digits& digits, std::uint32_t* starts,
                     Entry* to) {
  const std::uint32_t mask = digits.mask(), least = digits.least;
  const unsigned bits = digits.bits, lane_bits = digits.lane_bits;
  const auto digit_of = [=](std::uint32_t lane) {
    return keys[lane] == kInvisibleKey ? mask + 1 : (keys[lane] - least) & mask;
  };
  const auto entry_of = [=](std::uint32_t lane) {
    return static_cast<Entry>((keys[lane] - least) >> bits) << lane_bits | lane;
  };
  scatter(lanes, starts, to, digit_of, entry_of);
}

/// Entries by their least digit, which they lose.
template <class From, class To>
void distribute(const From* from, std::uint32_t count, const Digits& digits, std::uint32_t* starts, To* to) {
  const std::uint32_t mask = digits.mask(), lane_mask = (1u << digits.lane_bits) - 1;
  const unsigned bits = digits.bits, lane_bits = digits.lane_bits;
  const auto rest_of = [=](std::uint32_t i) { return static_cast<std::uint32_t>(from[i] >> lane_bits); };
  const auto digit_of = [=](std::uint32_t i) { return rest_of(i) & mask; };
  const auto entry_of = [=](std::uint32_t i) {
    return static_cast<To>(rest_of(i) >> bits) << lane_bits | (static_cast<std::uint32_t>(from[i]) & lane_mask);
  };
  scatter(count, starts, to, digit_of, entry_of);
}

/// The same between two places of memory, with entries as wide as they must be; the last pass leaves lanes only.
void distribute_entries(std::uint32_t count, const Digits& digits, unsigned pass, std::uint32_t* starts,
                        const std::byte* from, std::byte* to) {
  const auto* wide = reinterpret_cast<const std::uint64_t*>(from);
  const auto* narrow = reinterpret_cast<const std::uint32_t*>(from);
  if (digits.is_narrow(pass)) {
    distribute(narrow, count, digits, starts, reinterpret_cast<std::uint32_t*>(to));
  } else if (digits.is_narrow(pass + 1)) {
    distribute(wide, count, digits, starts, reinterpret_cast<std::uint32_t*>(to));
  } else {
    distribute(wide, count, digits, starts, reinterpret_cast<std::uint64_t*>(to));
  }
}

}  // namespace

std::uint32_t sort_by_key(const OrderKernels& kernels, const std::uint32_t* keys, std::uint32_t lanes,
                          std::uint32_t* order, std::byte* scratch) {
  const KeyRange range = kernels.key_range(keys, lanes);
  if (range.visible == 0) return 0;
  const Digits digits = digits_of(range, lanes);
  std::uint32_t starts[kMaximumDigits];
  count_digits(keys, lanes, digits, starts);
  std::byte* from = scratch;
  std::byte* to = scratch + std::size_t{lanes} * sizeof(std::uint64_t);
  if (digits.passes == 1) {
    distribute_keys(keys, lanes, digits, starts, order);
  } else if (digits.is_narrow(1)) {
    distribute_keys(keys, lanes, digits, starts, reinterpret_cast<std::uint32_t*>(from));
  } else {
    distribute_keys(keys, lanes, digits, starts, reinterpret_cast<std::uint64_t*>(from));
  }
  for (unsigned pass = 1; pass < digits.passes; ++pass) {
    const bool last = pass + 1 == digits.passes;
    distribute_entries(range.visible, digits, pass, starts + pass * (digits.count() + 1), from,
                       last ? reinterpret_cast<std::byte*>(order) : to);
    std::swap(from, to);
  }
  return range.visible;
}

}  // namespace oscilla::kernels
