#include "oscilla/gather.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace oscilla {
namespace {

/// So far ahead a lane is asked for: what lies in random places would be waited for one by one.
constexpr std::uint32_t kAhead = 24;

}  // namespace

void gather_in_order(const Instances& lanes, std::span<InstanceCore> out) {
  if (lanes.order.empty()) {
    std::copy_n(lanes.core.begin(), lanes.visible, out.begin());
    return;
  }
  const std::uint32_t* order = lanes.order.data();
  for (std::uint32_t position = 0; position < lanes.visible; ++position) {
    const std::uint32_t later = std::min(position + kAhead, lanes.visible - 1);
    __builtin_prefetch(&lanes.core[order[later]]);
    out[position] = lanes.core[order[position]];
  }
}

}  // namespace oscilla
