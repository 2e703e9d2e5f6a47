// Every limit of the expanded patch (docs/language.md, section 6).
#pragma once

#include <cstddef>

namespace oscilla::graph {

inline constexpr std::size_t kMaximumBlocks = 262144;
inline constexpr std::size_t kMaximumWires = 1048576;
inline constexpr std::size_t kMaximumComposites = 5;  ///< of composites in each other

}  // namespace oscilla::graph
