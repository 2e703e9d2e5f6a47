// Ids. A dense Id indexes vectors of one object and never leaves it; a StableId is the hash of a name path and survives
// edits.
#pragma once

#include <compare>
#include <cstdint>

namespace oscilla {

/// A dense index with a type of its own. Invalid until set.
template <class Tag>
struct Id {
  std::uint32_t v = ~0u;
  bool valid() const { return v != ~0u; }
  auto operator<=>(const Id&) const = default;
};

/// The hash of a name path such as "draw.position.Lag"; keys state, continuity and attribution.
struct StableId {
  std::uint64_t v = 0;
  auto operator<=>(const StableId&) const = default;
};

/// The hash of a structure: equal iff the same computation.
struct Hash128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  auto operator<=>(const Hash128&) const = default;
};

}  // namespace oscilla
