// Which old lane a new one goes on from where elements have nothing in common: the nearest one that nobody has taken,
// in the order of the new lanes. In: places in the world of both. Out: an old lane, or none, for every new one. The
// work is bounded; nothing is allocated but in make_position_match().
#pragma once

#include <cstdint>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::runtime {

/// What is as far away as this, or farther, is another thing.
inline constexpr float kMatchRadius = 0.1f;

struct PositionMatch {
  static constexpr std::uint32_t kNone = ~0u;
  ir::SinkIx sink;                    ///< of the new program
  std::vector<std::uint32_t> old_of;  ///< by new lane
  std::uint32_t matched = 0;
  // Old lanes by the cell of the plane that they are in, as lists.
  std::vector<std::uint32_t> first, next;
};

PositionMatch make_position_match(ir::SinkIx sink, std::uint32_t old_lanes, std::uint32_t new_lanes);

struct Places {
  const float* x;
  const float* y;
  std::uint32_t lanes;
};
void match_positions(PositionMatch& match, const Places& old, const Places& now);

}  // namespace oscilla::runtime
