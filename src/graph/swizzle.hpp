// Component names: `.x`, `.rg`, `.xyz`.
#pragma once

#include <string_view>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// Makes `node` the Swizzle that `letters` (one to four of xyzw or rgba) names; false if they are not that.
bool read_swizzle(std::string_view letters, Node& node);

/// The payload of so many components.
ir::Payload payload_of_components(std::uint8_t count);

}  // namespace oscilla::graph
