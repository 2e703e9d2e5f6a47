// Looking at sort keys: are the visible ones in order, what do they span, which lanes are they (OrderKernels). In:
// keys, kInvisibleKey where a lane is not drawn.
#pragma once

#include "kernels/frame_kernels.hpp"
#include "kernels/lanes.hpp"

namespace oscilla::kernels {

/// Writes the lanes of `values` that `mask` has, one after the other; returns how many. May overwrite a whole vector.
template <Isa isa>
std::uint32_t store_selected(Mask<isa> mask, Bits<isa> values, std::uint32_t* to) {
#if defined(__x86_64__)
  if constexpr (isa == Isa::Avx512) {
    const __mmask16 lanes = _mm512_movepi32_mask(__m512i(mask.v));
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(lanes, __m512i(values.v)));
    return static_cast<std::uint32_t>(__builtin_popcount(lanes));
  }
#endif
  alignas(64) std::uint32_t value[kWidth<isa>], counts[kWidth<isa>];
  values.store(value);
  select(mask, Bits<isa>(1u), Bits<isa>(0u)).store(counts);
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < kWidth<isa>; ++i) {
    to[count] = value[i];
    count += counts[i];
  }
  return count;
}

/// What has been looked at so far of keys that are in order.
struct OrderScan {
  std::uint32_t last = 0;  ///< the key of the last visible lane
  std::uint32_t visible = 0;
};

inline constexpr std::uint32_t kOrderVectors = 4;

/// A group of vectors whose lanes are all visible: compared with itself one lane earlier. False if the group is not
/// such, or not in order.
template <Isa isa>
bool scan_visible_group(const std::uint32_t* keys, OrderScan& scan) {
  constexpr std::uint32_t kGroup = kOrderVectors * kWidth<isa>;
  Mask<isa> disturbed = Bits<isa>(keys[0]) < Bits<isa>(scan.last);
  for (std::uint32_t i = 0; i < kGroup; i += kWidth<isa>) {
    const Bits<isa> here = Bits<isa>::load(keys + i), before = Bits<isa>::load_unaligned(keys + i - 1);
    disturbed = disturbed | (here == Bits<isa>(kInvisibleKey)) | (here < before);
  }
  if (any(disturbed)) return false;
  scan = {keys[kGroup - 1], scan.visible + kGroup};
  return true;
}

/// Any group: its visible keys are brought together first. False if they are not in order.
template <Isa isa>
bool scan_mixed_group(const std::uint32_t* keys, OrderScan& scan) {
  constexpr std::uint32_t kGroup = kOrderVectors * kWidth<isa>;
  alignas(64) std::uint32_t together[1 + kGroup + kWidth<isa>];
  together[0] = scan.last;
  std::uint32_t count = 0;
  for (std::uint32_t i = 0; i < kGroup; i += kWidth<isa>) {
    const Bits<isa> here = Bits<isa>::load(keys + i);
    count += store_selected(!(here == Bits<isa>(kInvisibleKey)), here, together + 1 + count);
  }
  std::uint32_t descents = 0;
  for (std::uint32_t i = 0; i < count; ++i) descents |= together[i + 1] < together[i];
  scan = {together[count], scan.visible + count};
  return descents == 0;
}

/// Lane by lane.
inline bool scan_lanes(const std::uint32_t* keys, std::uint32_t lanes, OrderScan& scan) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    if (keys[lane] == kInvisibleKey) continue;
    if (keys[lane] < scan.last) return false;
    scan = {keys[lane], scan.visible + 1};
  }
  return true;
}

template <Isa isa>
bool is_ordered(const std::uint32_t* keys, std::uint32_t lanes, std::uint32_t* visible) {
  constexpr std::uint32_t kGroup = kOrderVectors * kWidth<isa>;
  OrderScan scan;
  std::uint32_t lane = lanes < kGroup ? lanes : kGroup;
  bool ordered = scan_lanes(keys, lane, scan);
  for (; ordered && lane + kGroup <= lanes; lane += kGroup) {
    ordered = scan_visible_group<isa>(keys + lane, scan) || scan_mixed_group<isa>(keys + lane, scan);
  }
  if (ordered) ordered = scan_lanes(keys + lane, lanes - lane, scan);
  *visible = scan.visible;
  return ordered;
}

template <Isa isa>
KeyRange key_range(const std::uint32_t* keys, std::uint32_t lanes) {
  const Bits<isa> invisible = kInvisibleKey;
  Bits<isa> least = kInvisibleKey, greatest = 0u, hidden = 0u;
  std::uint32_t lane = 0;
  for (; lane + kWidth<isa> <= lanes; lane += kWidth<isa>) {
    const Bits<isa> key = Bits<isa>::load(keys + lane);
    const Mask<isa> is_hidden = key == invisible;
    const Bits<isa> visible_key = select(is_hidden, Bits<isa>(0u), key);
    least = select(key < least, key, least);
    greatest = select(greatest < visible_key, visible_key, greatest);
    hidden = hidden + select(is_hidden, Bits<isa>(1u), Bits<isa>(0u));
  }
  alignas(64) std::uint32_t low[kWidth<isa>], high[kWidth<isa>], unseen[kWidth<isa>];
  least.store(low);
  greatest.store(high);
  hidden.store(unseen);
  KeyRange range{.visible = lanes};
  const auto include = [&range](std::uint32_t smallest, std::uint32_t largest) {
    range.least = smallest < range.least ? smallest : range.least;
    range.greatest = largest > range.greatest ? largest : range.greatest;
  };
  for (std::uint32_t i = 0; i < kWidth<isa>; ++i) {
    include(low[i], high[i]);
    range.visible -= unseen[i];
  }
  for (; lane < lanes; ++lane) {
    if (keys[lane] == kInvisibleKey) {
      --range.visible;
    } else {
      include(keys[lane], keys[lane]);
    }
  }
  return range;
}

template <Isa isa>
void list_visible(const std::uint32_t* keys, std::uint32_t lanes, std::uint32_t* order) {
  for (std::uint32_t lane = 0; lane < lanes; lane += kWidth<isa>) {
    const Bits<isa> numbers = Bits<isa>::lane_numbers() + lane;
    const Mask<isa> counts = numbers < Bits<isa>(lanes);
    order += store_selected(counts & !(Bits<isa>::load(keys + lane) == Bits<isa>(kInvisibleKey)), numbers, order);
  }
}

}  // namespace oscilla::kernels
