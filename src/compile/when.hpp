// When something is computed: before the first tick or in every tick, and in which stage of that. What is stable has
// its own stages, so that it is no barrier in a tick.
#pragma once

#include <compare>
#include <cstdint>

#include "ir/expr.hpp"

namespace oscilla::compile {

struct When {
  bool in_tick = false;
  std::uint16_t stage = 0;
  auto operator<=>(const When&) const = default;
};

inline When when_of(const ir::Expr& expr) { return {!ir::is_stable(expr), expr.stage}; }

/// Of a reduction or scan: when the lanes that it joins are computed.
inline When before_join(const ir::Expr& join) {
  return {!ir::is_stable(join), static_cast<std::uint16_t>(join.stage - 1)};
}

}  // namespace oscilla::compile
